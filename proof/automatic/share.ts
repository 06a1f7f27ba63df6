/** A share with its 95 % confidence interval, all between 0 and 1. */
export interface Share {
  readonly hits: number;
  readonly of: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The quantile of the normal distribution that leaves 2.5 % on either side. */
const Z = 1.959_964;

/** A share of a random sample, with Wilson's score interval: it holds for few and for extreme counts, too. */
export function shareOf(hits: number, of: number): Share {
  if (of === 0) return { hits, of, value: 0, low: 0, high: 1 };
  const value = hits / of;
  const scale = 1 + Z ** 2 / of;
  const middle = (value + Z ** 2 / (2 * of)) / scale;
  const half = (Z / scale) * Math.sqrt((value * (1 - value)) / of + Z ** 2 / (4 * of ** 2));
  return { hits, of, value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** As text: `45 of 60 (75.0 %, 62.8–84.2)`. */
export function showShare({ hits, of, value, low, high }: Share): string {
  const percent = (part: number) => (part * 100).toFixed(1);
  return `${hits} of ${of} (${percent(value)} %, ${percent(low)}–${percent(high)})`;
}
