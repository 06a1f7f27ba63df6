/**
 * The date of a message in the form of RFC 3339, with the offset that its sender wrote; the moment of arrival where
 * the field is absent or unreadable.
 */
export function writeMessageDate(field: string, arrivedAt: Date): string {
  const moment = Date.parse(field);
  if (field === '' || Number.isNaN(moment)) return arrivedAt.toISOString();
  const found = /([+-])(\d{2})(\d{2})\b/.exec(field);
  if (found === null) return withoutFraction(moment);
  const [, sign = '+', hours = '00', minutes = '00'] = found;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  if (offset === 0) return withoutFraction(moment);
  return withoutFraction(moment + offset * 60_000).replace('Z', `${sign}${hours}:${minutes}`);
}

function withoutFraction(moment: number): string {
  return new Date(moment).toISOString().replace('.000Z', 'Z');
}
