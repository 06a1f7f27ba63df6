/** A value of a dimension. */
export interface Cell {
  readonly dimension: string;
  readonly value: string;
}

/** One value of each dimension, by its name. */
export type Row = Readonly<Record<string, string>>;

/** Dimensions with their values, and which two values cannot stand in one row. */
export interface Dimensions {
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly forbids: (one: Cell, other: Cell) => boolean;
}

/** The name of a pair, the same whichever of the two stands first. */
export function pairName(one: Cell, other: Cell): string {
  return [one, other]
    .map(({ dimension, value }) => `${dimension}: ${value}`)
    .toSorted()
    .join(' + ');
}

/** Every pair of values of two dimensions that may stand in one row, by name. */
export function allowedPairs({ values, forbids }: Dimensions): ReadonlyMap<string, readonly [Cell, Cell]> {
  const cells = Object.entries(values).map(([dimension, all]) => all.map((value) => ({ dimension, value })));
  const pairs = cells.flatMap((ones, at) =>
    cells
      .slice(at + 1)
      .flatMap((others) => ones.flatMap((one) => others.map((other) => [one, other] as const))),
  );
  return new Map(
    pairs
      .filter(([one, other]) => !isForbidden(forbids, one, other))
      .map((pair) => [pairName(...pair), pair]),
  );
}

/** The pairs that a row covers, by name. */
export function pairsOf(row: Row): readonly string[] {
  const cells = Object.entries(row).map(([dimension, value]) => ({ dimension, value }));
  return cells.flatMap((one, at) => cells.slice(at + 1).map((other) => pairName(one, other)));
}

/**
 * Rows in which each allowed pair stands at least once: a greedy covering array. Each row begins with a pair that no row
 * has yet; each further dimension takes the value that adds most. `random` gives numbers from 0 to below 1; the same
 * numbers give the same rows. A pair that cannot be completed to a row is left out.
 */
export function coveringArray(dimensions: Dimensions, random: () => number): readonly Row[] {
  const uncovered = new Map(allowedPairs(dimensions));
  const rows: Row[] = [];
  for (;;) {
    const left = [...uncovered];
    const first = left[Math.floor(random() * left.length)];
    if (first === undefined) return rows;
    const [name, pair] = first;
    const row = complete(dimensions, pair, uncovered, random);
    uncovered.delete(name);
    if (row === undefined) continue;
    for (const covered of pairsOf(row)) uncovered.delete(covered);
    rows.push(row);
  }
}

function complete(
  { values, forbids }: Dimensions,
  pair: readonly [Cell, Cell],
  uncovered: ReadonlyMap<string, unknown>,
  random: () => number,
): Row | undefined {
  const chosen: Cell[] = [...pair];
  const others = Object.keys(values).filter((name) => chosen.every(({ dimension }) => dimension !== name));
  for (const dimension of shuffle(others, random)) {
    const best = shuffle(values[dimension] ?? [], random)
      .map((value): Cell => ({ dimension, value }))
      .filter((cell) => chosen.every((other) => !isForbidden(forbids, cell, other)))
      .map((cell) => ({
        cell,
        gain: chosen.filter((other) => uncovered.has(pairName(cell, other))).length,
      }))
      .reduce<{ cell: Cell; gain: number } | undefined>(
        (most, one) => (most === undefined || one.gain > most.gain ? one : most),
        undefined,
      );
    if (best === undefined) return undefined;
    chosen.push(best.cell);
  }
  // in the order of the dimensions, so that rows can be compared
  return Object.fromEntries(
    Object.keys(values).map((name) => [
      name,
      chosen.find(({ dimension }) => dimension === name)?.value ?? '',
    ]),
  );
}

function isForbidden(forbids: Dimensions['forbids'], one: Cell, other: Cell): boolean {
  return forbids(one, other) || forbids(other, one);
}

function shuffle<Value>(values: readonly Value[], random: () => number): readonly Value[] {
  return values
    .map((value) => ({ value, key: random() }))
    .toSorted((one, other) => one.key - other.key)
    .map(({ value }) => value);
}
