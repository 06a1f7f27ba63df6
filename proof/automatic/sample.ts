import { createHash } from 'node:crypto';
import type { AutomaticMutant } from './automatic-mutant.ts';

/**
 * Draws so many mutants: of each room its share, within a room those that the seed comes to first. A smaller sample of the
 * same seed is the beginning of a larger one, but for rounding.
 */
export function sampleMutants(
  mutants: readonly AutomaticMutant[],
  size: number,
  seed: string,
): readonly AutomaticMutant[] {
  const rooms = [...Map.groupBy(mutants, ({ room }) => room).values()].map((all) => {
    const exact = (Math.min(size, mutants.length) * all.length) / mutants.length;
    return { all: shuffled(all, seed), take: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  let left = Math.min(size, mutants.length) - rooms.reduce((sum, { take }) => sum + take, 0);
  for (const room of rooms.toSorted((one, other) => other.rest - one.rest)) {
    if (left === 0) break;
    room.take += 1;
    left -= 1;
  }
  // mixed again, so that a run that is ended early has seen something of each room
  return shuffled(
    rooms.flatMap(({ all, take }) => all.slice(0, take)),
    seed,
  );
}

function shuffled(mutants: readonly AutomaticMutant[], seed: string): readonly AutomaticMutant[] {
  const place = ({ id }: AutomaticMutant) => createHash('sha256').update(`${seed}\n${id}`).digest('hex');
  return mutants
    .map((mutant) => ({ mutant, at: place(mutant) }))
    .toSorted((one, other) => (one.at < other.at ? -1 : 1))
    .map(({ mutant }) => mutant);
}
