const written =
  /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[t ]+(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?)?\s*(z|[+-]\d{2}:?\d{2})?$/i;

/**
 * The moment, in milliseconds, that a search means: a date with or without a time, seconds or milliseconds since
 * 1970, or whatever else the language reads as a date. Without an offset, it is meant in the zone; an empty zone is
 * the local one. Undefined if it is no date.
 */
export function readMoment(text: string, timeZone: string): number | undefined {
  if (/^\d{10}$/.test(text)) return Number(text) * 1000;
  if (/^\d{13}$/.test(text)) return Number(text);
  const found = written.exec(text);
  if (found === null) {
    const moment = Date.parse(text);
    return Number.isNaN(moment) ? undefined : moment;
  }
  const [, year, month, day = '1', hours = '0', minutes = '0', seconds = '0', offset] = found;
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hours), Number(minutes));
  const asUtc = wall + Math.round(Number(seconds) * 1000);
  return asUtc - (offset === undefined ? zoneOffset(asUtc, timeZone) : readOffset(offset));
}

function readOffset(offset: string): number {
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(offset);
  if (found === null) return 0;
  const ms = (Number(found[2]) * 60 + Number(found[3])) * 60_000;
  return found[1] === '-' ? -ms : ms;
}

/** How far the zone's clocks are ahead of UTC, in milliseconds, near a moment; 0 for a zone that nobody knows. */
function zoneOffset(moment: number, timeZone: string): number {
  try {
    const zone = timeZone === '' ? {} : { timeZone };
    const format = new Intl.DateTimeFormat('en', { ...zone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(moment).find((part) => part.type === 'timeZoneName')?.value ?? '';
    return readOffset(name.replace(/^GMT/, ''));
  } catch {
    return 0;
  }
}
