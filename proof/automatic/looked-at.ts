import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { AutomaticMutant } from './automatic-mutant.ts';

/**
 * What somebody found who looked at a survivor: nobody can see the change; it does not show on the wire or in the control
 * API, but to a test; or the suite has a hole.
 */
const lookedAtSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('equivalent'), where: z.string(), change: z.string(), why: z.string() }),
  z.strictObject({
    kind: z.literal('invisible'),
    where: z.string(),
    change: z.string(),
    why: z.string(),
    /** The test that sees it. */
    seenBy: z.string(),
  }),
  z.strictObject({ kind: z.literal('hole'), where: z.string(), change: z.string(), why: z.string() }),
]);

/** One look at a survivor. */
export type LookedAt = z.infer<typeof lookedAtSchema>;

/** Looks, by the id of the mutant. */
export type LookBook = ReadonlyMap<string, LookedAt>;

/** Reads the looks of a file; throws where it cannot be read. */
export async function readLookBook(file: URL): Promise<LookBook> {
  const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
  return new Map(Object.entries(z.record(z.string(), lookedAtSchema).parse(parsed)));
}

/**
 * A look at all of a file that no case reaches: what is there is for a situation in which the suite's gateway never is, or
 * for the prover, which shares the file.
 */
const unreachedSchema = z.strictObject({ file: z.string(), why: z.string(), seenBy: z.string() });

/** Looks at what no case reaches, by the file. */
export type UnreachedPlaces = ReadonlyMap<string, LookedAt>;

/** Reads the files of which no case reaches a part, each with its reason; throws where they cannot be read. */
export async function readUnreachedPlaces(file: URL): Promise<UnreachedPlaces> {
  const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
  return new Map(
    z
      .array(unreachedSchema)
      .parse(parsed)
      .map((place) => [
        place.file,
        {
          kind: 'invisible',
          where: `src/${place.file}`,
          change: 'in a part that no case reaches',
          why: place.why,
          seenBy: place.seenBy,
        },
      ]),
  );
}

/** A look at all mutants of a file whose original reads so, reached or not. */
const kindSchema = z
  .strictObject({
    file: z.string(),
    /** The operator of the tool; any where it is left out. */
    mutator: z.string().optional(),
    /** A regular expression for the whole of what is changed. */
    original: z.string(),
    change: z.string(),
    why: z.string(),
    /** The test that sees it; without one nobody can. */
    seenBy: z.string().optional(),
  })
  .transform(({ file, mutator, original, seenBy, ...said }) => {
    const look = { where: `src/${file}`, ...said };
    return {
      file,
      mutator,
      original: new RegExp(`^(?:${original})$`, 's'),
      look: (seenBy === undefined
        ? { kind: 'equivalent', ...look }
        : { kind: 'invisible', ...look, seenBy }) satisfies LookedAt,
    };
  });

/** A look that is said once for all mutants of its kind. */
export type LookKind = z.output<typeof kindSchema>;

/** Reads the looks that are said once; throws where the file cannot be read. */
export async function readLookKinds(file: URL): Promise<readonly LookKind[]> {
  const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
  return z.array(kindSchema).parse(parsed);
}

/** The look of the first kind that a mutant is of. */
export function lookOfKind(
  kinds: readonly LookKind[],
  { file, mutator, original }: Pick<AutomaticMutant, 'file' | 'mutator' | 'original'>,
): LookedAt | undefined {
  return kinds.find(
    (kind) =>
      kind.file === file &&
      (kind.mutator === undefined || kind.mutator === mutator) &&
      kind.original.test(original),
  )?.look;
}
