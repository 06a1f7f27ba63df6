import { z } from 'zod';
import { ruleIds } from '../../contract/contract.ts';
import { modes } from '../../contract/modes.ts';
import {
  connectionStatuses,
  emailStatuses,
  roles,
  tlsFaults,
  triggerStages,
} from '../../contract/vocabulary.ts';
import { loginAccounts } from '../situation/given.ts';
import { largestGroup } from './recipient-groups.ts';
import { readDuration, readInstant } from './read-time.ts';

const count = z.int().min(0).max(1_000_000_000);
const text = z.string().min(1);
const rule = z.enum(ruleIds).meta({ description: 'The id of a rule of the contract' });
const name = z.string().regex(/^[a-z][a-z0-9_-]*$/, 'a name is lower case: letters, digits, "-" and "_"');

const duration = z
  .string()
  .refine(
    (value) => readDuration(value) !== undefined,
    'a length of time is written 4999ms, 10s, 5m, 24h or 28d',
  );

const instant = z
  .string()
  .refine((value) => readInstant(value) !== undefined, 'an instant is written 2026-01-31T10:00:00Z, in UTC');

const plan = z.union([z.strictObject({ monthly: count }), z.strictObject({ prepaid: count })], {
  error: 'a plan is { monthly: N } or { prepaid: N }',
});

const trigger = z.strictObject({
  stage: z.enum(triggerStages),
  match: z.strictObject({ login: text, sender: text, recipient: text, header: text }).partial().optional(),
  times: z.int().min(1).optional(),
  after: z.int().min(0).optional(),
  reply: text.optional(),
  delay: duration.optional(),
  drop: z.enum(['before reply', 'after reply']).optional(),
  tls: z.enum(tlsFaults).optional(),
});

const chosenKeys = { login: true, password: true } as const;
const chosen = { login: text.max(200), password: text.max(200) };

const furtherLogin = z.union(
  [z.enum(loginAccounts), z.strictObject({ of: z.enum(loginAccounts), ...chosen }).partial(chosenKeys)],
  { error: `a further login is of ${loginAccounts.map((of) => `"${of}"`).join(' or ')}` },
);

/** `accepts x250`. */
const groupPattern = new RegExp(`^(${roles.join('|')}) x([1-9][0-9]{0,2}|[1-4][0-9]{3}|${largestGroup})$`);

/** What must be true before the dialogue; what is left out has the default of the format. */
const givenSchema = z
  .strictObject({
    balance: count,
    plans: z.array(plan),
    'send-limit': count,
    domain: z.enum(['verified', 'unverified', 'unregistered', "another account's"]),
    connection: z.enum(['active', 'blocked', 'not activated']),
    logins: z
      .strictObject({ first: z.strictObject(chosen).partial(), second: furtherLogin, third: furtherLogin })
      .partial(),
    rate: z.strictObject({ limit: z.int().min(1), per: duration }),
    'session-limit': count,
    'size-limit': z.int().min(1),
    'recipient-limit': z.int().min(1),
    recipients: z.record(
      name,
      z.union([z.enum(roles), z.string().regex(groupPattern)], {
        error: `a role is one of ${roles.join(', ')}; a group is a role and a number, accepts x250 (${largestGroup} at most)`,
      }),
    ),
    clock: instant,
    listeners: z.literal('own'),
    triggers: z.array(trigger),
  })
  .partial();

const status = z.enum(emailStatuses);
const contents = z.union([text, z.array(text)], {
  error: '"as sent", the name of a message, or a list of names',
});
const counts = z.partialRecord(status, count);

/** The columns of a history row that `then` can name beside its status. */
export const historyColumns = ['time', 'connection', 'sender', 'subject', 'message-id', 'size'] as const;
export type HistoryColumn = (typeof historyColumns)[number];

const row = z
  .strictObject({
    status,
    time: text,
    connection: text,
    sender: z.string(),
    subject: z.string(),
    'message-id': text,
    size: z.union([count, z.literal('as sent')]),
  })
  .partial();
const rowOrStatus = z.union([status, row]);
const rows = z.union([status, row, z.array(rowOrStatus)], {
  error: `a row is a status (${emailStatuses.join(', ')}) or a map of status, ${historyColumns.join(', ')}; several are a list, in order`,
});

/** What must be true afterwards. A key that is present is exhaustive. `history(status=…, from=…, to=…)` is a key too. */
const ofAccount = {
  charged: count,
  balance: count,
  history: z.record(name, rows),
  statistics: z.union([counts, z.record(z.iso.date(), counts)], {
    error: 'statistics are { status: count }, or the same under each day (2026-01-15)',
  }),
  status: z.enum(connectionStatuses),
  suppressed: z.array(name),
};
const accountThenSchema = z.strictObject(ofAccount).partial();
const thenSchema = z
  .strictObject({
    ...ofAccount,
    delivered: z.record(name, contents),
    second: accountThenSchema,
    third: accountThenSchema,
  })
  .partial();

/** The value of a `history(…)` key. */
export const filteredHistorySchema = z.record(name, rows);

const modeList = z
  .array(z.union([z.enum(modes), z.literal(587), z.literal(25)], { error: `modes are ${modes.join(', ')}` }))
  .min(1)
  .meta({ description: 'In which of the five modes the scenario runs; all of them unless said' });

const ofCase = {
  about: rule.optional(),
  modes: modeList.optional(),
  dialogue: text.meta({ description: 'C: what the client says, S: what must come' }),
  // oxlint-disable-next-line unicorn/no-thenable -- the format's word; nobody awaits a file
  then: thenSchema.optional(),
};

/** A scenario file as YAML gives it, `history(…)` keys and tags taken out beforehand. */
export const fileSchema = z.strictObject({
  title: text.max(120),
  about: rule,
  modes: modeList.optional(),
  given: givenSchema.optional(),
  vars: z.record(name, z.string().max(100_000)).optional(),
  messages: z.record(name, z.string()).optional(),
  dialogue: ofCase.dialogue.optional(),
  cases: z
    .array(z.strictObject({ title: text.max(120), ...ofCase }))
    .min(1)
    .optional(),
  // oxlint-disable-next-line unicorn/no-thenable -- the format's word; nobody awaits a file
  then: thenSchema.optional(),
  withdrawn: z.strictObject({ why: text, since: text }).optional(),
  found: z
    .strictObject({ property: text, seed: z.union([z.int(), text]), path: text, date: text })
    .optional(),
});

export type ScenarioFile = z.infer<typeof fileSchema>;
export type GivenFile = z.infer<typeof givenSchema>;
export type ThenFile = z.infer<typeof thenSchema>;
/** What a further login's account or connection must show. */
export type AccountThenFile = z.infer<typeof accountThenSchema>;
/** The rows of one recipient, as the file has them. */
export type RowsFile = z.infer<typeof rows>;

/** The JSON Schema of a scenario file, for editors; it knows the keys, not the dialogue. */
export function scenarioJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(fileSchema, {
    override: ({ zodSchema, jsonSchema }) => {
      // `history(status=…)` is a family of keys, which a strict object cannot say
      if (zodSchema === thenSchema || zodSchema === accountThenSchema)
        jsonSchema.patternProperties = { '^history\\(.+\\)$': { type: 'object' } };
    },
  });
}
