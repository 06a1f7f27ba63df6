import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { suggest } from '../conformance/scenario/suggest.ts';
import { authMechanisms } from '../contract/vocabulary.ts';
import { choiceMeanings, type Choices } from '../sandbox/policy/choices.ts';
import { UsageError } from './usage-error.ts';

const count = z.int().min(1).max(1_000_000_000);
const milliseconds = z
  .int()
  .min(1)
  .max(366 * 24 * 60 * 60_000);

const isUnique = (list: readonly string[]) => new Set(list).size === list.length;

/** What each choice may be; a name that is not here is a mistake. */
export const choicesSchema = z.strictObject({
  authUnderTlsOnly: z.boolean(),
  authMechanisms: z.array(z.enum(authMechanisms)).min(1).refine(isUnique, 'each mechanism once'),
  loginAttempts: count,
  loginWindowMs: milliseconds,
  rateLimit: count,
  rateWindowMs: milliseconds,
  sessionLimit: count.nullable(),
  sizeLimit: count,
  recipientLimit: count,
  badMailboxLimit: count,
  badMailboxWindowMs: milliseconds,
  addressAttempts: count.nullable(),
  giveUpMs: milliseconds,
  messageGiveUpMs: milliseconds,
  verifyWithoutSupport: z.boolean(),
  idleMs: milliseconds,
  messageMs: milliseconds,
  sendQuota: count.nullable(),
  sendRate: count.nullable(),
  sendBurstMs: milliseconds,
  access: z.string().min(1),
} satisfies Record<keyof Choices, z.ZodType>);

/**
 * Reads the choices that somebody makes differently: a JSON file, and over it flags `name=value` with the value in
 * JSON, `none` for no limit, or a list as in `PLAIN,LOGIN`. Throws {@link UsageError} that names the choice, and where it stood.
 */
export async function readChoices(
  file: string | undefined,
  flags: readonly string[],
): Promise<Partial<Choices>> {
  const fromFile = file === undefined ? {} : check(await readJson(file), file);
  const fromFlags = flags.map((flag) => check(readFlag(flag), `--choice ${flag}`));
  return Object.assign({}, fromFile, ...fromFlags);
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((fault: unknown) => {
    throw new UsageError(`${file} cannot be read: ${String(fault)}.`);
  });
  try {
    const value: unknown = JSON.parse(text);
    // for the editor, and no choice
    if (typeof value === 'object' && value !== null && '$schema' in value) delete value.$schema;
    return value;
  } catch (fault) {
    throw new UsageError(`${file} is not JSON: ${String(fault)}.`);
  }
}

function readFlag(flag: string): Readonly<Record<string, unknown>> {
  const [name = '', ...rest] = flag.split('=');
  const text = rest.join('=');
  if (rest.length === 0)
    throw new UsageError(`--choice ${flag}: write it as name=value, as in --choice rateLimit=5.`);
  if (text === 'none') return { [name]: null };
  if (name === 'authMechanisms' && !text.startsWith('[')) return { [name]: text.toUpperCase().split(',') };
  try {
    return { [name]: JSON.parse(text) };
  } catch {
    const words = ['true', 'false', 'none'];
    throw new UsageError(
      `--choice ${flag}: ${text} is no number, true, false or none.${suggest(text, words)}`,
    );
  }
}

function suggestValue(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_value' || typeof issue.input !== 'string') return '';
  return suggest(
    issue.input,
    issue.values.filter((one) => typeof one === 'string'),
  );
}

function check(value: unknown, where: string): object {
  const parsed = choicesSchema.partial().safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `${where}: there is no choice ${issue.keys.join(', ')}.${suggest(issue.keys[0] ?? '', Object.keys(choiceMeanings))}`
      : `${where}: ${issue.path.map(String).join('.') || 'the choices'}: ${issue.message}.${suggestValue(issue)}`,
  );
  throw new UsageError(`${lines.join('\n')}\ngauntlet choices lists them all.`);
}
