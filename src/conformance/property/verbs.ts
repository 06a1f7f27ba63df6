/** What the rules want in return for each verb, and what an acceptance changes. The order is that of `order.checks`. */
import {
  acceptMessage,
  balanceOf,
  countedMails,
  isLocked,
  type AccountModel,
  type LoginModel,
} from './account-model.ts';
import { documented, type Draft, type Expected, type LoginName, type SessionNumber } from './draft.ts';
import { hasBareLineEnd, verdictOnFrom, type MessagePlan } from './message-plan.ts';

const ok: Expected = { reply: '250 *' };
const order: Expected = { reply: '503 *', rule: 'protocol.order' };
const unavailable = (rule: Expected['rule']): Expected => ({
  ...documented('error.421-unavailable', true),
  rule,
});
const syntax: Expected = { reply: '501 *', rule: 'protocol.syntax' };
const blanks = (reply: string): Expected => ({ reply, rule: 'protocol.paths.blanks' });
const literals = (reply: string): Expected => ({ reply, rule: 'protocol.paths.literals' });
const unknownParameter: Expected = { reply: '555 *', rule: 'protocol.syntax' };

/** The reply that maintenance gives to any verb but QUIT. */
export function inMaintenance(draft: Draft): Expected | undefined {
  return draft.maintenance ? unavailable('error.421-unavailable.stage') : undefined;
}

/** Which credentials an AUTH shows. */
export const credentialKinds = ['right', 'wrong', 'old', 'unknown'] as const;
export type CredentialKind = (typeof credentialKinds)[number];

/** Credentials at a session that may be asked for them. */
export function authReply(
  draft: Draft,
  number: SessionNumber,
  login: LoginName,
  kind: CredentialKind,
): Expected {
  const session = draft.sessions[number];
  const forbidden = inMaintenance(draft) ?? authOrder(draft, number);
  if (forbidden !== undefined) return forbidden;
  if (kind === 'unknown') return documented('error.535');
  const counts = draft.situation.logins[login];
  if (isLocked(counts, draft.now)) return { ...documented('error.454'), rule: 'error.454.window' };
  if (kind !== 'right') {
    counts.failures.push(draft.now);
    return { ...documented('error.535'), rule: kind === 'old' ? 'auth.regenerate' : undefined };
  }
  if (counts.blocked) return { ...documented('error.535'), rule: 'error.535.blocked' };
  counts.failures = [];
  session.login = login;
  return { reply: '235 *', rule: draft.newPasswords > 0 ? 'auth.regenerate' : 'auth.login-password' };
}

/** AUTH where none may come: before EHLO, after a login, inside a transaction. */
export function authOrder(draft: Draft, number: SessionNumber): Expected | undefined {
  const { hello, login, transaction } = draft.sessions[number];
  return !hello || login !== undefined || transaction !== undefined ? order : undefined;
}

/** The reverse-path of a MAIL, and what stands behind it. */
export interface MailPlan {
  readonly path: (typeof mailPaths)[number];
  readonly parameter: (typeof mailParameters)[number];
}

export const mailPaths = [
  'own',
  'null',
  'unregistered',
  'no brackets',
  'two at signs',
  'a blank behind the colon',
  'a blank before the colon',
  'no IPv4 literal',
  'no IPv6 literal',
] as const;
export const mailParameters = [
  'none',
  'BODY=8BITMIME',
  'SMTPUTF8',
  'AUTH=<>',
  'SIZE=1000',
  'SIZE=999999999',
  'X-UNKNOWN=1',
  'BODY=9BIT',
] as const;

/** MAIL as nearly everybody says it. */
export const ownMail: MailPlan = { path: 'own', parameter: 'none' };

/** MAIL as it is written. */
export function mailCommand({ path, parameter }: MailPlan): string {
  const paths = {
    own: '<${sender}>',
    null: '<>',
    unregistered: '<shop@nobody-registered.example>',
    'no brackets': '${sender}',
    'two at signs': '<a@b@nobody.example>',
    'a blank behind the colon': ' <${sender}>',
    'a blank before the colon': '<${sender}>',
    'no IPv4 literal': '<a@[192.0.2.256]>',
    'no IPv6 literal': '<a@[IPv6:1:2::3::4]>',
  } as const;
  return `MAIL FROM${path === 'a blank before the colon' ? ' ' : ''}:${paths[path]}${parameter === 'none' ? '' : ` ${parameter}`}`;
}

/** MAIL; opens a transaction where it is accepted. */
export function mailReply(draft: Draft, number: SessionNumber, { path, parameter }: MailPlan): Expected {
  const session = draft.sessions[number];
  const { rate, sizeLimit } = draft.situation;
  const refused = inMaintenance(draft);
  if (refused !== undefined) return refused;
  if (!session.hello) return order;
  if (session.login === undefined)
    return { reply: '530 5.7.0 Authentication required', rule: 'auth.required' };
  if (session.transaction !== undefined) return order;
  if (path === 'no brackets' || path === 'two at signs') return syntax;
  if (path === 'a blank before the colon') return blanks('501 *');
  if (path === 'no IPv4 literal' || path === 'no IPv6 literal') return literals('501 *');
  if (parameter === 'X-UNKNOWN=1') return unknownParameter;
  if (parameter === 'BODY=9BIT') return syntax;
  const counts = draft.situation.logins[session.login];
  if (counts.blocked) return unavailable('connection.block.effect');
  if (countedMails(counts, draft.now, rate.perMs) >= rate.limit) {
    return { ...documented('error.451'), rule: undefined };
  }
  const account = draft.account(session.login);
  const isOwn = path === 'own' || path === 'a blank behind the colon';
  if (!isOwn || !account.registered) return documented('error.553-domain');
  if (!account.verified) return documented('error.421-domain', true);
  if (parameter === 'SIZE=999999999' && sizeLimit < 999_999_999)
    return { reply: '552 *', rule: 'protocol.size' };
  counts.mails.push(draft.now);
  session.transaction = { smtpUtf8: parameter === 'SMTPUTF8', recipients: [], unnamed: new Set() };
  if (path !== 'own') return blanks('250 *');
  return { ...ok, rule: rate.limit < 100 ? 'error.451.window' : undefined };
}

/** How a RCPT is written. */
export const rcptForms = [
  'plain',
  'routed',
  'its domain in capitals',
  'all in capitals',
  'its local part quoted',
  'with a parameter',
  'no brackets',
  'Postmaster',
  'quoted',
  'international',
  'decomposed',
  'two dots',
  'a dot at the end',
  'reserved, in capitals',
  'blanks behind the colon',
  'an IPv4 literal',
  'an IPv6 literal',
  'no IPv4 literal',
  'no IPv6 literal',
  'an unknown literal',
  'a zone in a literal',
] as const;
export type RcptForm = (typeof rcptForms)[number];

const badLiterals: ReadonlySet<RcptForm> = new Set([
  'no IPv4 literal',
  'no IPv6 literal',
  'an unknown literal',
  'a zone in a literal',
] as const);

/** The forms that name a recipient of the plan; all of them are one address. */
const namedForms: ReadonlySet<RcptForm> = new Set([
  'plain',
  'routed',
  'its domain in capitals',
  'all in capitals',
  'its local part quoted',
  'blanks behind the colon',
] as const);

/** RCPT as it is written. */
export function rcptCommand(name: string, form: RcptForm): string {
  const paths = {
    plain: `<\${${name}}>`,
    routed: `<@relay.example:\${${name}}>`,
    'its domain in capitals': `<\${${name}|local}@\${${name}|domain|upper}>`,
    'all in capitals': `<\${${name}|upper}>`,
    'its local part quoted': `<"\${${name}|local}"@\${${name}|domain}>`,
    'with a parameter': `<\${${name}}> NOTIFY=NEVER`,
    'no brackets': `\${${name}}`,
    Postmaster: '<Postmaster>',
    quoted: '<"a quoted @ part"@recipients.example>',
    international: '<größe@recipients.example>',
    decomposed: `<${'größe'.normalize('NFD')}@recipients.example>`,
    'two dots': '<x..y@recipients.example>',
    'a dot at the end': '<to@recipients.example.>',
    'reserved, in capitals': '<Suppressed@SIMULATOR.TEST>',
    'blanks behind the colon': `  <\${${name}}>`,
    'an IPv4 literal': '<literal@[192.0.2.1]>',
    'an IPv6 literal': '<literal@[IPv6:2001:db8::192.0.2.1]>',
    'no IPv4 literal': '<literal@[192.0.2]>',
    'no IPv6 literal': '<literal@[IPv6:1:2:3:4:5:6:7:8:9]>',
    'an unknown literal': '<literal@[X-unregistered:1]>',
    'a zone in a literal': '<literal@[IPv6:fe80::1%eth0]>',
  } as const;
  return `RCPT TO:${paths[form]}`;
}

/** RCPT; adds the recipient where it is accepted. */
export function rcptReply(draft: Draft, number: SessionNumber, name: string, form: RcptForm): Expected {
  const session = draft.sessions[number];
  const { transaction, login } = session;
  const refused = inMaintenance(draft);
  if (refused !== undefined) return refused;
  if (transaction === undefined || login === undefined) return order;
  if (form === 'no brackets' || form === 'two dots' || form === 'a dot at the end') return syntax;
  if (badLiterals.has(form)) return literals('501 *');
  if (form === 'with a parameter') return unknownParameter;
  const isInternational = form === 'international' || form === 'decomposed';
  if (isInternational && !transaction.smtpUtf8) return { reply: '553 *', rule: 'protocol.eightbit' };
  const account = draft.account(login);
  const named = namedForms.has(form);
  // composed and decomposed characters are one address
  const unnamed = isInternational ? 'international' : form;
  if (named ? transaction.recipients.includes(name) : transaction.unnamed.has(unnamed)) {
    return { ...ok, rule: 'billing.duplicate' };
  }
  const promised = transaction.recipients.length + transaction.unnamed.size;
  if (promised >= draft.situation.recipientLimit) return { reply: '452 *', rule: 'protocol.recipients' };
  if (form === 'reserved, in capitals' || (named && account.suppressed.has(name)))
    return documented('error.550-unsubscribed');
  if (named && account.roles.get(name) === 'full') return documented('error.553-mailbox');
  if (promised >= sendsLeft(account, draft.situation.logins[login], draft.now))
    return documented('error.450');
  if (named) transaction.recipients.push(name);
  else transaction.unnamed.add(unnamed);
  return { ...ok, rule: ruleOfForm(form) };
}

function ruleOfForm(form: RcptForm): Expected['rule'] {
  if (form === 'plain') return undefined;
  if (form === 'blanks behind the colon') return 'protocol.paths.blanks';
  return form === 'international' || form === 'decomposed' ? 'protocol.eightbit' : 'protocol.paths';
}

/** Sends that the login may still use: its own limit, or what the account has. */
function sendsLeft(account: AccountModel, login: LoginModel, now: number): number {
  const own = login.sendLimit === undefined ? Number.POSITIVE_INFINITY : login.sendLimit - login.sendsUsed;
  return Math.min(own, balanceOf(account, now));
}

/** DATA; `354 *` where the message may come. */
export function dataReply(draft: Draft, number: SessionNumber): Expected {
  const { transaction } = draft.sessions[number];
  const refused = inMaintenance(draft);
  if (refused !== undefined) return refused;
  if (transaction === undefined) return order;
  return transaction.recipients.length + transaction.unnamed.size === 0
    ? { reply: '503 *', rule: 'protocol.data-needs-recipient' }
    : { reply: '354 *' };
}

/** The end of the data; the transaction is over, and an accepted message is charged and on its way. */
export function messageReply(
  draft: Draft,
  number: SessionNumber,
  name: string,
  message: MessagePlan,
): Expected {
  const session = draft.sessions[number];
  const { transaction, login } = session;
  session.transaction = undefined;
  if (transaction === undefined || login === undefined) return order;
  const account = draft.account(login);
  const counts = draft.situation.logins[login];
  if (message.large && draft.situation.sizeLimit < 1_000_000)
    return { reply: '552 *', rule: 'protocol.size' };
  if (hasBareLineEnd(message)) {
    return { reply: '550 5.6.0 Message contains bare CR or LF', rule: 'protocol.line-ends.refused' };
  }
  if (counts.blocked) return unavailable('connection.block.effect');
  const from = verdictOnFrom(message);
  if (from === 'missing') return { ...documented('error.550-from'), rule: undefined };
  if (from === 'foreign') return { ...documented('error.553-domain'), rule: 'sender.header-from' };
  if (!account.verified) return { ...documented('error.421-domain', true), rule: 'sender.header-from' };
  if (from === 'own, then broken') {
    return {
      reply: '550 5.6.0 Message header holds a line that is no field',
      rule: 'protocol.header-section',
    };
  }
  if (transaction.recipients.length > sendsLeft(account, counts, draft.now)) return documented('error.450');
  acceptMessage(account, counts, transaction.recipients, name, draft.now);
  draft.accepted();
  return ok;
}
