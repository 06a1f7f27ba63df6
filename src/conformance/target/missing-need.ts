import type { Needs } from './needs.ts';

interface Unsupported {
  readonly need: string;
  readonly asked: (needs: Needs) => boolean;
}

/** What the control API cannot arrange yet. What it learns is taken off this list. */
const UNSUPPORTED: readonly Unsupported[] = [
  { need: 'triggers', asked: ({ triggers }) => triggers.length > 0 },
];

/** The first need that a target under the control API cannot meet. */
export function missingNeed(needs: Needs): string | undefined {
  return UNSUPPORTED.find(({ asked }) => asked(needs))?.need;
}
