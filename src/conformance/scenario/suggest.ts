/** So many of the words that exist are listed before the rest is only counted. */
const LISTED = 12;

/** The words that exist, as a list, the nearest to what was written first. */
export function nearestFirst(word: string, known: readonly string[]): string {
  const sorted = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((left, right) => left.distance - right.distance)
    .map(({ candidate }) => candidate);
  const rest = sorted.length - LISTED;
  return rest > 1 ? `${sorted.slice(0, LISTED).join(', ')} and ${rest} more` : sorted.join(', ');
}

/** ` Did you mean "x"?`, or nothing where no known word is near. */
export function suggest(word: string, known: readonly string[]): string {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const near = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((left, right) => left.distance - right.distance)[0];
  return near === undefined ? '' : ` Did you mean "${near.candidate}"?`;
}

/** How many letters must be put in, taken out, changed or swapped to make one word the other. */
export function editDistance(left: string, right: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length] ?? 0;
}
