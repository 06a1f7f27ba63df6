/** How many emails of each status, where there were any. */
export type Counts = Readonly<Partial<Record<string, number | undefined>>>;

/** A day as `2026-01-15`, with what became of its emails. */
export interface Day {
  readonly day: string;
  readonly counts: Counts;
}

/** One bar of a chart: the days from the first to the last, both included. */
export interface Bar {
  readonly first: string;
  readonly last: string;
  readonly counts: Counts;
}

const dayMs = 24 * 60 * 60_000;
const numberOf = (day: string): number => Date.parse(day) / dayMs;
const nameOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** How many days one bar stands for, so that a chart of these days has at most so many bars. */
export function daysPerBar(days: readonly Day[], most: number): number {
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return 1;
  return Math.ceil((numberOf(last.day) - numberOf(first.day) + 1) / most);
}

/**
 * The bars of days in their order, at most so many however long the period is. A day without an email has its place as
 * well, so that equal distances are equal times.
 */
export function barsOf(days: readonly Day[], most: number): readonly Bar[] {
  const [first] = days;
  if (first === undefined) return [];
  const width = daysPerBar(days, most);
  const begin = numberOf(first.day);
  const end = numberOf(days.at(-1)?.day ?? first.day);
  const sums = Array.from({ length: Math.floor((end - begin) / width) + 1 }, () => new Map<string, number>());
  for (const { day, counts } of days) {
    const sum = sums[Math.floor((numberOf(day) - begin) / width)];
    for (const [status, count = 0] of Object.entries(counts))
      sum?.set(status, (sum.get(status) ?? 0) + count);
  }
  return sums.map((sum, at) => ({
    first: nameOf(begin + at * width),
    last: nameOf(Math.min(begin + (at + 1) * width - 1, end)),
    counts: Object.fromEntries(sum),
  }));
}
