import { recordKinds } from '../../contract/vocabulary.ts';
import type { AccountSetup } from '../../control-api/schemas.ts';
import { loginChoices, type LoginAccount, type LoginChoice } from '../situation/given.ts';
import type { Needs } from '../situation/needs.ts';

/** The accounts that a case needs, and the addresses in it. */
export interface PlannedAccounts {
  readonly sender: string;
  readonly senderDomain: string;
  readonly recipients: ReadonlyMap<string, string>;
  /** The account of the first login. Each login of the case is the connection that bears its name. */
  readonly first: AccountSetup;
  /** Another account: the owner of `${sender}`'s domain, the second login's, or both. */
  readonly other: AccountSetup | undefined;
}

/** Plans a case's accounts; `unique` is a word that no other case of any run has. */
export function planAccounts(needs: Needs, unique: string): PlannedAccounts {
  const senderDomain = `shop-${unique}.example`;
  const ownDomain = `own-${unique}.example`;
  const sender = `orders@${senderDomain}`;
  const recipients = new Map(
    [...needs.recipients.keys()].map((name) => [name, addressOf(needs, name, unique)]),
  );
  const withoutAccess = needs.domain === 'without SMTP access';
  const foreignSender = !['verified', 'unverified', 'without SMTP access'].includes(needs.domain);
  // Not Activated shows the state of the connection's own sender, whatever MAIL names
  const standsApart = needs.connection === 'not activated' && needs.domain === 'verified';
  const loginSender = foreignSender || withoutAccess || standsApart ? `orders@${ownDomain}` : sender;
  const senderState = needs.domain === 'unverified' ? 'unverified' : 'verified';
  const ownState = needs.connection === 'not activated' ? 'unverified' : 'verified';
  const common = {
    // plans are bought beside this; a case that names plans begins with nothing else
    balance: needs.plans.length > 0 ? 0 : needs.balance,
    clock: { now: needs.clock, frozen: true },
    limits: limitsOf(needs),
    ...(needs.mechanisms && { authMechanisms: [...needs.mechanisms] }),
    ...(needs.access !== undefined && { access: needs.access }),
    identities: [...(needs.identities ?? [])].map(([name, state]) => ({
      name: name === 'sender' ? sender : (recipients.get(name) ?? name),
      state,
    })),
    // an address of the provider's own has its role built in
    recipients: [...needs.recipients]
      .filter(([name]) => needs.simulated?.has(name) !== true)
      .map(([name, role]) => ({ address: recipients.get(name) ?? name, role })),
  };
  const domains = [
    ...(foreignSender ? [] : [published(senderDomain, senderState)]),
    ...(loginSender === sender ? [] : [published(ownDomain, ownState)]),
  ];
  const connections = [
    {
      name: 'first',
      sender: loginSender,
      blocked: needs.connection === 'blocked',
      sendLimit: needs.sendLimit ?? null,
      ...chosenOf(needs, 'first', unique),
    },
    ...furtherLogins(needs, 'same account', loginSender, unique),
    ...(standsApart ? [{ name: 'access to the domain of the sender', sender }] : []),
  ];
  const first: AccountSetup = {
    ...common,
    domains,
    connections,
    listeners: needs.ownListeners ? 'own' : 'shared',
  };
  const othersLogins = furtherLogins(needs, 'another account', sender, unique);
  // somebody else's connection gives nobody access
  const needsOther = othersLogins.length > 0 || withoutAccess || needs.domain === "another account's";
  const other: AccountSetup = {
    ...common,
    domains: [published(senderDomain, senderState)],
    connections: othersLogins.length > 0 ? othersLogins : [{ name: 'owner', sender }],
  };
  return { sender, senderDomain, recipients, first, other: needsOther ? other : undefined };
}

/** The address of a recipient: one of the case's own, or the provider's for its role with a label. */
function addressOf({ simulated }: Needs, name: string, unique: string): string {
  const reserved = simulated?.get(name);
  return reserved === undefined
    ? `${name}-${unique}@recipients.example`
    : reserved.replace('@', `+${name}-${unique}@`);
}

type Connections = NonNullable<AccountSetup['connections']>;

/** The logins beside the first that belong to an account. */
function furtherLogins(needs: Needs, account: LoginAccount, sender: string, unique: string): Connections {
  const of: Readonly<Partial<Record<LoginChoice, LoginAccount | undefined>>> = {
    second: needs.secondLogin,
    third: needs.thirdLogin,
  };
  return loginChoices
    .filter((login) => of[login] === account)
    .map((login) => ({ name: login, sender, ...chosenOf(needs, login, unique) }));
}

/** Login and password where the case chooses them. No two accounts share a login, so it bears a word of the case. */
function chosenOf(
  { chosen }: Needs,
  name: LoginChoice,
  unique: string,
): { readonly login?: string; readonly password?: string } {
  const { login, password } = chosen?.[name] ?? {};
  return {
    ...(login !== undefined && { login: `${login}-${unique}` }),
    ...(password !== undefined && { password }),
  };
}

/** A domain whose records all stand: what is missing where it is not verified is the word of support alone. */
function published(
  name: string,
  state: 'verified' | 'unverified',
): NonNullable<AccountSetup['domains']>[number] {
  return { name, state, published: [...recordKinds] };
}

function limitsOf({
  rate,
  sessionLimit,
  sizeLimit,
  recipientLimit,
  sendQuota,
  sendRate,
}: Needs): NonNullable<AccountSetup['limits']> {
  return {
    ...(rate && { rateLimit: rate.limit, rateWindowMs: rate.perMs }),
    ...(sessionLimit !== undefined && { sessionLimit }),
    ...(sizeLimit !== undefined && { sizeLimit }),
    ...(recipientLimit !== undefined && { recipientLimit }),
    ...(sendQuota !== undefined && { sendQuota }),
    ...(sendRate !== undefined && { sendRate }),
  };
}
