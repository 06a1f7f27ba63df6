import { suggest } from './suggest.ts';

/** What a filter of a template (`${to|upper}`) does, for the reference page and for messages. */
export interface TemplateFilter {
  readonly name: string;
  readonly meaning: string;
  readonly apply: (value: string) => string;
}

/** Every filter without a number; `xN` and `fillN` have one. */
export const templateFilters: readonly TemplateFilter[] = [
  { name: 'upper', meaning: 'in capitals', apply: (value) => value.toUpperCase() },
  { name: 'lower', meaning: 'in small letters', apply: (value) => value.toLowerCase() },
  {
    name: 'base64',
    meaning: 'its UTF-8 octets as base64, as AUTH carries them',
    apply: (value) => Buffer.from(value, 'utf8').toString('base64'),
  },
  { name: 'local', meaning: 'the local part of an address', apply: (value) => splitAddress(value)[0] },
  { name: 'domain', meaning: 'the domain of an address', apply: (value) => splitAddress(value)[1] },
];

/** The longest text that filters may make, in characters. */
export const longestValue = 16 * 1024 * 1024;

/** Applies a filter that was checked before; an unknown one changes nothing. */
export function applyFilter(value: string, filter: string): string {
  const times = timesOf(filter);
  if (times !== undefined)
    return value.repeat(Math.min(times, Math.floor(longestValue / Math.max(1, value.length))));
  const whole = wholeOf(filter);
  if (whole !== undefined)
    return 'x'.repeat(Math.max(0, Math.min(whole, longestValue) - Buffer.byteLength(value)));
  return templateFilters.find(({ name }) => name === filter)?.apply(value) ?? value;
}

/** What is wrong with the name of a filter, as a sentence; `undefined` where nothing is. */
export function wrongFilter(filter: string): string | undefined {
  const times = timesOf(filter);
  if (times !== undefined) return times < 1 ? `"${filter}" repeats nothing: write x1 or more.` : undefined;
  if (wholeOf(filter) !== undefined) return undefined;
  const known = templateFilters.map(({ name }) => name);
  if (known.includes(filter)) return undefined;
  return `There is no filter "${filter}".${suggest(filter, known)} Filters are ${known.join(', ')}, xN (x1000 repeats a thousand times) and fillN (fill1000 fills up to 1,000 octets).`;
}

function timesOf(filter: string): number | undefined {
  const digits = /^x(\d{1,7})$/.exec(filter)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function wholeOf(filter: string): number | undefined {
  const digits = /^fill(\d{1,7})$/.exec(filter)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function splitAddress(address: string): readonly [string, string] {
  const at = address.lastIndexOf('@');
  return at === -1 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)];
}
