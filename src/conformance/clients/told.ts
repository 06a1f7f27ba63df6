/** What a client told whoever called it: an exit code, one JSON line, or a value. Pure. */
import { redactText } from '../../smtp/redact.ts';
import { createSecretBook } from '../../smtp/secret-book.ts';
import { z } from 'zod';
import { keyOf } from './address-in.ts';

/** The JSON line: addresses by what became of them, as far as the client says. */
const resultSchema = z.object({
  accepted: z.array(z.string()).default([]),
  rejected: z.array(z.string()).default([]),
  deferred: z.array(z.string()).default([]),
  /** Where a cut left it open. */
  unknown: z.array(z.string()).default([]),
  /** Where it failed, and the client does not say whether for now or for good. */
  failed: z.array(z.string()).default([]),
});

const lineSchema = z.union([z.object({ unsupported: z.literal(true) }), resultSchema]);

/** What became of each recipient, as the client says. */
export type Result = z.output<typeof resultSchema>;

/** What a client told its caller. */
export type Told =
  | { readonly kind: 'result'; readonly result: Result; readonly output: string }
  | { readonly kind: 'exit'; readonly exitCode: number | undefined; readonly output: string }
  | { readonly kind: 'unsupported' }
  /** Still at it when patience ended. */
  | { readonly kind: 'running'; readonly output: string }
  /** Nobody called it: an application that sends by itself. */
  | { readonly kind: 'nothing' };

/** What the client claims of one recipient; `failed` is a failure of no said kind, `taken` is a queue's word. */
export type Claim = 'accepted' | 'rejected' | 'deferred' | 'unknown' | 'failed' | 'taken' | 'unnamed';

/** What sysexits.h calls a failure that another try may mend (EX_TEMPFAIL). */
const TRY_AGAIN = 75;

/** Reads how a program ended: its last JSON line where there is one, else its exit code. */
export function readTold(exitCode: number | undefined, stdout: string, stderr: string): Told {
  const output = [stdout, stderr].filter((text) => text !== '').join('\n');
  for (const line of stdout.split('\n').toReversed()) {
    const answer = readLine(line.trim());
    if (answer === undefined) continue;
    return 'unsupported' in answer ? { kind: 'unsupported' } : { kind: 'result', result: answer, output };
  }
  return { kind: 'exit', exitCode, output };
}

function readLine(line: string): z.output<typeof lineSchema> | undefined {
  if (!line.startsWith('{')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return readAnswer(value);
}

/** Reads a value that is meant as an answer; `undefined` where it is none. */
export function readAnswer(value: unknown): z.output<typeof lineSchema> | undefined {
  const known = ['unsupported', ...Object.keys(resultSchema.shape)];
  if (typeof value !== 'object' || value === null) return undefined;
  if (!known.some((key) => Object.hasOwn(value, key))) return undefined;
  const answer = lineSchema.safeParse(value);
  return answer.success ? answer.data : undefined;
}

/** What the client claims of a recipient; `undefined` where it claims nothing. */
export function claimOf(told: Told, recipient: string, profile: 'call' | 'queue'): Claim | undefined {
  switch (told.kind) {
    case 'unsupported':
    case 'running':
    case 'nothing':
      return undefined;
    case 'result': {
      const named = (list: readonly string[]) => list.some((address) => keyOf(address) === keyOf(recipient));
      const { result } = told;
      if (named(result.deferred)) return 'deferred';
      if (named(result.rejected)) return 'rejected';
      if (named(result.unknown)) return 'unknown';
      if (named(result.failed)) return 'failed';
      return named(result.accepted) ? 'accepted' : 'unnamed';
    }
    case 'exit':
      if (told.exitCode === 0) return profile === 'queue' ? 'taken' : 'accepted';
      return told.exitCode === TRY_AGAIN ? 'deferred' : 'failed';
  }
}

/** No report shows a password or a token, though a client may print one (rule `sandbox.secrets`). */
export function blankTold(told: Told, secrets: readonly string[]): Told {
  if (!('output' in told)) return told;
  const book = createSecretBook();
  for (const secret of secrets) book.add(secret);
  return { ...told, output: redactText(told.output, book) };
}

/** The client's word as evidence shows it. */
export function showTold(told: Told): string {
  switch (told.kind) {
    case 'result': {
      const lists = Object.entries(told.result).filter(([, list]) => list.length > 0);
      return `said ${lists.length === 0 ? 'nothing of any recipient' : lists.map(([name, list]) => `${name}: ${list.join(', ')}`).join('; ')}`;
    }
    case 'exit':
      return told.exitCode === undefined ? 'was ended by a signal' : `exit code ${told.exitCode}`;
    case 'unsupported':
      return 'said that it cannot do this';
    case 'running':
      return 'was still running when patience ended';
    case 'nothing':
      return 'nobody was told';
  }
}
