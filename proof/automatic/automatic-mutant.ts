import { createHash } from 'node:crypto';

/** The rooms whose code is changed: what a gateway says, decides, stores and delivers. */
export const mutatedRooms = [
  'smtp',
  'sandbox/policy',
  'sandbox/gateway',
  'sandbox/store',
  'sandbox/relay',
  'sandbox/domains',
  'sandbox/operations',
] as const;

/** A room whose code is changed. */
export type MutatedRoom = (typeof mutatedRooms)[number];

/** One change of the sources that nobody chose. */
export interface AutomaticMutant {
  /** Says what is changed, not where: it stays the same while lines above it come and go. */
  readonly id: string;
  /** The number that switches it on in the instrumented tree it belongs to. */
  readonly number: string;
  readonly room: MutatedRoom;
  /** Below `src/`, with slashes. */
  readonly file: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** The operator of the tool. */
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
}

/** What a change is, without its id. */
export type Change = Omit<AutomaticMutant, 'id'> & {
  /** The whole first line, so that equal operators on different lines are told apart. */
  readonly context: string;
};

/** Gives changes their ids. Changes that read the same are numbered in the order in which they stand. */
export function nameMutants(changes: readonly Change[]): readonly AutomaticMutant[] {
  const seen = new Map<string, number>();
  return changes.map(({ context, ...change }) => {
    const { file, mutator, original, replacement } = change;
    const said = [file, mutator, context.trim(), flatten(original), flatten(replacement)].join('\n');
    const count = seen.get(said) ?? 0;
    seen.set(said, count + 1);
    const id = createHash('sha256').update(`${said}\n${count}`).digest('hex').slice(0, 12);
    return { id, ...change };
  });
}

/** Code in one line; only its blanks change. */
export function flatten(code: string): string {
  return code.replaceAll(/\s+/g, ' ').trim();
}
