import type { ProviderWords } from '../../contract/words.ts';
import { defaultBalance, defaultClock } from '../situation/defaults.ts';
import type { ChosenCredentials, Given, LoginAccount, Trigger } from '../situation/given.ts';
import { groupsOf, readRole, spreadGroups } from './recipient-groups.ts';
import { readDuration, readInstant } from './read-time.ts';
import type { GivenFile } from './schema.ts';

/** Fills in the defaults of the format. */
export function parseGiven(given: GivenFile, words?: Pick<ProviderWords, 'roles'>): Given {
  return {
    balance: given.balance ?? (given.plans === undefined ? defaultBalance : 0),
    plans: (given.plans ?? []).map((plan) =>
      'monthly' in plan ? { kind: 'monthly', sends: plan.monthly } : { kind: 'prepaid', sends: plan.prepaid },
    ),
    sendLimit: given['send-limit'],
    domain: given.domain ?? 'verified',
    connection: given.connection ?? 'active',
    secondLogin: accountOf(given.logins?.second),
    thirdLogin: accountOf(given.logins?.third),
    chosen: chosenOf(given.logins ?? {}),
    rate: given.rate && { limit: given.rate.limit, perMs: readDuration(given.rate.per) ?? 0 },
    sessionLimit: given['session-limit'],
    sizeLimit: given['size-limit'],
    recipientLimit: given['recipient-limit'],
    mechanisms: given.mechanisms,
    recipients: rolesOf(given.recipients ?? {}),
    access: given.access,
    identities: new Map(Object.entries(given.identities ?? {})),
    sendQuota: given['send-quota'],
    sendRate: given['send-rate'],
    simulated: simulatedOf(given, words?.roles ?? []),
    clock: readInstant(given.clock ?? '') ?? defaultClock,
    ownListeners: given.listeners === 'own',
    triggers: (given.triggers ?? []).map(parseTrigger),
  };
}

function rolesOf(recipients: NonNullable<GivenFile['recipients']>): Given['recipients'] {
  const spread = spreadGroups(recipients, groupsOf(recipients));
  return new Map(
    Object.entries(spread).flatMap(([name, text]) => {
      const role = readRole(text)?.role;
      return role === undefined ? [] : [[name, role]];
    }),
  );
}

/** The provider's own address for the role of each recipient that asks for it. */
function simulatedOf(
  { recipients = {}, simulator = [] }: GivenFile,
  roles: ProviderWords['roles'],
): ReadonlyMap<string, string> {
  return new Map(
    simulator.flatMap((name) => {
      const role = roles.find((each) => each.name === recipients[name]);
      return typeof role?.reservedAddress === 'string' ? [[name, role.reservedAddress]] : [];
    }),
  );
}

type LoginsFile = NonNullable<GivenFile['logins']>;

function accountOf(login: LoginsFile['second']): LoginAccount | undefined {
  return typeof login === 'object' ? login.of : login;
}

function chosenOf({ first, second, third }: LoginsFile): NonNullable<Given['chosen']> {
  const chosen = (login: LoginsFile['second'] | LoginsFile['first']): ChosenCredentials =>
    typeof login === 'object' ? { login: login.login, password: login.password } : {};
  return { first: chosen(first), second: chosen(second), third: chosen(third) };
}

function parseTrigger(trigger: NonNullable<GivenFile['triggers']>[number]): Trigger {
  return {
    stage: trigger.stage,
    match: Object.fromEntries(Object.entries(trigger.match ?? {}).filter(([, value]) => value !== undefined)),
    times: trigger.times,
    after: trigger.after ?? 0,
    reply: trigger.reply,
    carriedOut: trigger['carried-out'] ?? false,
    split: trigger.split ?? false,
    delayMs: readDuration(trigger.delay ?? '') ?? 0,
    drop: trigger.drop,
    tls: trigger.tls,
  };
}
