import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import type { Contract } from '../../contract/contract.ts';
import { TargetError } from './target.ts';

const text = z.string().min(1);
const count = z.int().min(1);
const address = z
  .string()
  .regex(/^(?:\[[^\]]+\]|[^:\s]+):\d{1,5}$/, 'an address of a listener is written host:port')
  .transform((written) => {
    const colon = written.lastIndexOf(':');
    return { host: written.slice(0, colon).replaceAll(/[[\]]/g, ''), port: Number(written.slice(colon + 1)) };
  });

const credentials = z.strictObject({ login: text, password: text });

/**
 * What a gateway without a control API is and has, written down by whoever set it up. Whatever is left out it has not,
 * and a case that needs it is not arranged.
 */
const createDescriptionSchema = ({ modes, words }: Contract) =>
  z.strictObject({
    name: text,
    /** Whose promise it is held to. */
    provider: text.optional(),
    version: text.default('unknown'),
    /** Where each mode is served. */
    modes: z.partialRecord(z.enum(modes.map(({ mode }) => mode)), address),
    /** The name on the certificate; the host's own unless said. */
    servername: text.optional(),
    /** A file of PEM roots, beside the description; the system's own unless said. */
    'certificate-authority': text.optional(),
    /** `none`: mail is taken without a login. */
    login: z.union([z.literal('none'), credentials], { error: 'none, or { login: …, password: … }' }),
    /** Logins of connections in another state, and second ones. */
    logins: z
      .strictObject({
        blocked: credentials,
        'not activated': credentials,
        'second of the same account': credentials,
        'second of another account': credentials,
      })
      .partial()
      .default({}),
    /** An address on a verified domain of the login's account, and addresses on others. */
    sender: text,
    senders: z
      .strictObject({
        unverified: text,
        unregistered: text,
        "another account's": text,
        'without SMTP access': text,
      })
      .partial()
      .default({}),
    /** Addresses by role. A star stands for a word that is new in each case, so one address with a star is enough. */
    recipients: z
      .partialRecord(z.enum(words.roles.map(({ name }) => name)), z.array(text).min(1))
      .default({}),
    /** Limits that it is known to have. */
    limits: z
      .strictObject({
        'send-limit': count,
        rate: z.strictObject({ limit: count, 'per-ms': count }),
        'session-limit': count,
        'size-limit': count,
        'recipient-limit': count,
      })
      .partial()
      .default({}),
    /** The http address of a Mailpit that has a mail as soon as its 250 is said. */
    mailbox: z.url({ protocol: /^https?$/ }).optional(),
    /** How long a `T:` line may really wait, in milliseconds of all its lines together. */
    'patience-ms': z.int().min(0).default(15_000),
  });

export type TargetDescription = z.infer<ReturnType<typeof createDescriptionSchema>>;

/**
 * Reads a target's description (YAML, so JSON too); `${NAME}` in a value is that variable of the environment, so that no
 * password need stand in a file. Throws {@link TargetError} with every mistake in it.
 */
export function readTargetDescription(
  written: string,
  file: string,
  contract: Contract,
  environment: Readonly<Record<string, string | undefined>> = {},
): TargetDescription {
  const named = (value: unknown): unknown => fillIn(value, file, environment);
  const read = createDescriptionSchema(contract).safeParse(named(parseYaml(written, file)));
  if (read.success) return read.data;
  const mistakes = read.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  throw new TargetError('target-undescribed', `${file} describes no target: ${mistakes.join('; ')}.`);
}

/** The provider that a target's description names; throws {@link TargetError} where the file is no YAML. */
export function readTargetProvider(written: string, file: string): string | undefined {
  const value = parseYaml(written, file);
  const named = z.object({ provider: text }).safeParse(value);
  return named.success ? named.data.provider : undefined;
}

function fillIn(
  value: unknown,
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
      const found = environment[name];
      if (found !== undefined) return found;
      throw new TargetError(
        'target-undescribed',
        `${file} names \${${name}}, which the environment has not.`,
      );
    });
  }
  if (Array.isArray(value)) return value.map((one) => fillIn(one, file, environment));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillIn(one, file, environment)]));
}

function parseYaml(written: string, file: string): unknown {
  try {
    const value: unknown = parse(written);
    return value;
  } catch (fault) {
    if (!(fault instanceof YAMLParseError)) throw fault;
    const { line, col } = fault.linePos?.[0] ?? { line: 1, col: 1 };
    throw new TargetError('target-undescribed', `${file}:${line}:${col}: ${fault.message.split('\n')[0]}`, {
      cause: fault,
    });
  }
}
