import type { TimePassing } from './dialogue.ts';

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** A length of time (`4999ms`, `10s`, `5m`, `24h`, `28d`) in milliseconds; `undefined` where it is none. */
export function readDuration(text: string): number | undefined {
  const match = /^(\d+)(ms|s|m|h|d)$/.exec(text);
  const unit = UNITS.get(match?.[2] ?? '');
  return match?.[1] === undefined || unit === undefined ? undefined : Number(match[1]) * unit;
}

/** An instant in UTC (`2026-02-28T10:00:00.000Z`, milliseconds optional) in its full form. */
export function readInstant(text: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/.test(text)) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  const instant = new Date(at).toISOString();
  // Date takes the 31st of February for the 3rd of March; nobody who writes it means that
  return instant.startsWith(text.slice(0, 19)) ? instant : undefined;
}

/** What a `T:` line says; `undefined` where it says nothing that time can do. */
export function readTime(text: string): TimePassing | undefined {
  const instant = readInstant(/^to (.+)$/.exec(text)?.[1] ?? '');
  if (instant !== undefined) return { kind: 'until', instant };
  const ms = readDuration(text);
  return ms === undefined ? undefined : { kind: 'for', ms };
}
