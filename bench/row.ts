/** A bar to be met: a ratio to a peer that must be reached or kept under, or a figure that must be stayed under. */
export type Bar =
  | { readonly kind: 'ratio at least'; readonly value: number }
  | { readonly kind: 'ratio at most'; readonly value: number }
  | { readonly kind: 'ours below'; readonly value: number };

/** One line of the report: ours beside one peer at one piece of work. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  /** What ours reached, in the unit. */
  readonly ours: number;
  readonly peerName: string | undefined;
  readonly peer: number | undefined;
  /** Median of the paired rounds' ratios, ours to peer. */
  readonly ratio: number | undefined;
  readonly bar: Bar | undefined;
  /** Milliseconds. */
  readonly latency: { readonly ours: Percentiles; readonly peer: Percentiles } | undefined;
  /** Microseconds of processor time that each took for a message: other work on the machine hardly changes it. */
  readonly processor: { readonly ours: number; readonly peer: number } | undefined;
  readonly notes: readonly string[];
}

/** Milliseconds below which half, and 99 in a hundred, of the messages stayed. */
export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

/** A piece of work that could not be done here. */
export interface NotRun {
  readonly name: string;
  readonly peerName: string;
  readonly reason: string;
}

/** What a piece of work brings. */
export interface Finding {
  readonly rows: readonly Row[];
  readonly notRun: readonly NotRun[];
}

/** Whether the row meets its bar; nothing where it has none. */
export function isMet({ bar, ours, ratio }: Row): boolean | undefined {
  if (bar === undefined) return undefined;
  switch (bar.kind) {
    case 'ratio at least':
      return ratio !== undefined && ratio >= bar.value;
    case 'ratio at most':
      return ratio !== undefined && ratio <= bar.value;
    case 'ours below':
      return ours < bar.value;
  }
}

/** The middle one; of an even count the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? Number.NaN)) / 2 : upper;
}
