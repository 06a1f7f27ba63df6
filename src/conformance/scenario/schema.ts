import { z } from 'zod';
import { ruleIdsOf, type Contract } from '../../contract/contract.ts';
import { ownRequirementPattern, type OwnRequirement } from '../../contract/requirement.ts';
import {
  authMechanisms,
  domainStates,
  tlsFaults,
  triggerCuts,
  triggerStages,
} from '../../contract/vocabulary.ts';
import type { ProviderWords } from '../../contract/words.ts';
import { loginAccounts, senderDomains } from '../situation/given.ts';
import { largestGroup } from './recipient-groups.ts';
import { describeKey } from './language.ts';
import { readDuration, readInstant } from './read-time.ts';
import { thenSchemasOf } from './then-schema.ts';

const count = z.int().min(0).max(1_000_000_000);
const text = z.string().min(1);
// the pattern lets through what the type allows, and less
const ownRequirement = z.string().regex(ownRequirementPattern) as unknown as z.ZodType<OwnRequirement>;
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

const plan = z.union(
  [
    z.strictObject({ monthly: count.meta(describeKey('given.plans.monthly')) }),
    z.strictObject({ prepaid: count.meta(describeKey('given.plans.prepaid')) }),
  ],
  { error: 'a plan is { monthly: N } or { prepaid: N }' },
);

const match = z
  .strictObject({
    login: text.meta(describeKey('given.triggers.match.login')),
    sender: text.meta(describeKey('given.triggers.match.sender')),
    recipient: text.meta(describeKey('given.triggers.match.recipient')),
    header: text.meta(describeKey('given.triggers.match.header')),
    tls: z.boolean().meta(describeKey('given.triggers.match.tls')),
  })
  .partial();

const trigger = z.strictObject({
  stage: z.enum(triggerStages).meta(describeKey('given.triggers.stage')),
  match: match.optional().meta(describeKey('given.triggers.match')),
  times: z.int().min(1).optional().meta(describeKey('given.triggers.times')),
  after: z.int().min(0).optional().meta(describeKey('given.triggers.after')),
  reply: text.optional().meta(describeKey('given.triggers.reply')),
  'carried-out': z.boolean().optional().meta(describeKey('given.triggers.carried-out')),
  split: z.boolean().optional().meta(describeKey('given.triggers.split')),
  delay: duration.optional().meta(describeKey('given.triggers.delay')),
  drop: z.enum(triggerCuts).optional().meta(describeKey('given.triggers.drop')),
  tls: z.enum(tlsFaults).optional().meta(describeKey('given.triggers.tls')),
});

const chosenKeys = { login: true, password: true } as const;
const chosen = {
  login: text.max(200).meta(describeKey('given.logins.login')),
  password: text.max(200).meta(describeKey('given.logins.password')),
};

const furtherLogin = z.union(
  [
    z.enum(loginAccounts),
    z
      .strictObject({ of: z.enum(loginAccounts).meta(describeKey('given.logins.of')), ...chosen })
      .partial(chosenKeys),
  ],
  { error: `a further login is of ${loginAccounts.map((of) => `"${of}"`).join(' or ')}` },
);

const logins = z
  .strictObject({
    first: z.strictObject(chosen).partial().meta(describeKey('given.logins.first')),
    second: furtherLogin.meta(describeKey('given.logins.second')),
    third: furtherLogin.meta(describeKey('given.logins.third')),
  })
  .partial();

const rate = z.strictObject({
  limit: z.int().min(1).meta(describeKey('given.rate.limit')),
  per: duration.meta(describeKey('given.rate.per')),
});

/** Recipients by name, each with a role of the provider; `accepts x250` is a group. */
function recipientsOf(words: ProviderWords) {
  const roles = words.roles.map((role) => role.name);
  const group = new RegExp(`^(${roles.join('|')}) x([1-9][0-9]{0,2}|[1-4][0-9]{3}|${largestGroup})$`);
  return z.record(
    name,
    z.union([z.enum(roles), z.string().regex(group)], {
      error: `a role is one of ${roles.join(', ')}; a group is a role and a number, accepts x250 (${largestGroup} at most)`,
    }),
  );
}

/** What can be said of an account that has an access. */
const ofAccess = ({ accesses }: ProviderWords) => ({
  access: z.enum(accesses.map((access) => access.name)).meta(describeKey('given.access')),
  identities: z
    .record(
      z.union([
        name,
        z
          .string()
          .regex(
            /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/,
            'an identity is the name of a recipient, sender, or a domain',
          ),
      ]),
      z.enum(domainStates),
    )
    .meta(describeKey('given.identities')),
  'send-quota': count.meta(describeKey('given.send-quota')),
  'send-rate': z.int().min(1).meta(describeKey('given.send-rate')),
  simulator: z.array(name).meta(describeKey('given.simulator')),
});

/** What must be true before the dialogue; what is left out has the default of the format. */
function createGivenSchema(words: ProviderWords) {
  const common = createCommonGivenSchema(words);
  const whole = common.extend(ofAccess(words)).partial();
  // where no account has an access the further keys are missing, which makes the schema narrower and never wider
  return words.accesses.length === 0 ? (common as unknown as typeof whole) : whole;
}

const createCommonGivenSchema = (words: ProviderWords) =>
  z
    .strictObject({
      balance: count.meta(describeKey('given.balance')),
      plans: z.array(plan).meta(describeKey('given.plans')),
      'send-limit': count.meta(describeKey('given.send-limit')),
      domain: z.enum(senderDomains).meta(describeKey('given.domain')),
      connection: z.enum(['active', 'blocked', 'not activated']).meta(describeKey('given.connection')),
      logins: logins.meta(describeKey('given.logins')),
      rate: rate.meta(describeKey('given.rate')),
      'session-limit': count.meta(describeKey('given.session-limit')),
      'size-limit': z.int().min(1).meta(describeKey('given.size-limit')),
      'recipient-limit': z.int().min(1).meta(describeKey('given.recipient-limit')),
      mechanisms: z.array(z.enum(authMechanisms)).min(1).meta(describeKey('given.mechanisms')),
      recipients: recipientsOf(words).meta(describeKey('given.recipients')),
      clock: instant.meta(describeKey('given.clock')),
      listeners: z.literal('own').meta(describeKey('given.listeners')),
      triggers: z.array(trigger).meta(describeKey('given.triggers')),
    })
    .partial();

/** A mode of whatever provider: a port, and how it is encrypted. */
const anyMode = /^[1-9]\d{0,4}(?:\+(?:tls|starttls))?$/;

/** The keys that a case has too, as a contract's rules and modes fill them. */
function ofCase(contract: Contract, isShared: boolean) {
  const modes = contract.modes.map(({ mode }) => mode);
  // YAML reads a mode that is a port alone as a number
  const ports = modes.filter((mode) => /^\d+$/.test(mode)).map(Number);
  const error = `modes are ${modes.join(', ')}`;
  const mode = isShared
    ? z.union([z.string().regex(anyMode), z.int().min(1).max(65_535)], { error })
    : z.union([z.enum(modes), z.literal(ports)], { error });
  const modeList = z.array(mode).min(1).meta(describeKey('modes'));
  return {
    about: z.union([z.enum(ruleIdsOf(contract)), ownRequirement]).meta(describeKey('about')),
    modes: modeList.optional(),
    dialogue: text.meta(describeKey('dialogue')),
    // oxlint-disable-next-line unicorn/no-thenable -- the format's word; nobody awaits a file
    then: thenSchemasOf(contract.words).end.optional().meta(describeKey('then')),
  };
}

const withdrawn = z.strictObject({
  why: text.meta(describeKey('withdrawn.why')),
  since: text.meta(describeKey('withdrawn.since')),
});

const found = z.strictObject({
  property: text.meta(describeKey('found.property')),
  seed: z.union([z.int(), text]).meta(describeKey('found.seed')),
  path: text.meta(describeKey('found.path')),
  date: text.meta(describeKey('found.date')),
});

type FileSchema = ReturnType<typeof createFileSchema>;
const schemas = { own: new WeakMap<Contract, FileSchema>(), shared: new WeakMap<Contract, FileSchema>() };

/**
 * A scenario file as YAML gives it, `history(…)` keys and tags taken out beforehand; made once for each contract. A file
 * that several providers share may name modes of any of them.
 */
export function fileSchemaOf(contract: Contract, isShared = false): FileSchema {
  const kept = isShared ? schemas.shared : schemas.own;
  const made = kept.get(contract) ?? createFileSchema(contract, isShared);
  kept.set(contract, made);
  return made;
}

function createFileSchema(contract: Contract, isShared: boolean) {
  const { about, modes, dialogue, then } = ofCase(contract, isShared);
  return z.strictObject({
    title: text.max(120).meta(describeKey('title')),
    about,
    modes,
    given: createGivenSchema(contract.words).optional().meta(describeKey('given')),
    vars: z.record(name, z.string().max(100_000)).optional().meta(describeKey('vars')),
    messages: z.record(name, z.string()).optional().meta(describeKey('messages')),
    dialogue: dialogue.optional(),
    cases: z
      .array(
        z.strictObject({
          title: text.max(120).meta(describeKey('cases.title')),
          about: about.optional(),
          modes,
          dialogue,
          // oxlint-disable-next-line unicorn/no-thenable -- the format's word; nobody awaits a file
          then,
        }),
      )
      .min(1)
      .optional()
      .meta(describeKey('cases')),
    // oxlint-disable-next-line unicorn/no-thenable -- the format's word; nobody awaits a file
    then,
    withdrawn: withdrawn.optional().meta(describeKey('withdrawn')),
    found: found.optional().meta(describeKey('found')),
  });
}

export type ScenarioFile = z.infer<ReturnType<typeof createFileSchema>>;
export type GivenFile = z.infer<ReturnType<typeof createGivenSchema>>;
/** The JSON Schema of a scenario file, for editors; it knows the keys, not the dialogue. */
export function scenarioJsonSchema(contract: Contract): Record<string, unknown> {
  const { end, account } = thenSchemasOf(contract.words);
  return z.toJSONSchema(fileSchemaOf(contract), {
    override: ({ zodSchema, jsonSchema }) => {
      // `history(status=…)` is a family of keys, which a strict object cannot say
      if (zodSchema === end || zodSchema === account)
        jsonSchema.patternProperties = { '^history\\(.+\\)$': { type: 'object' } };
    },
  });
}
