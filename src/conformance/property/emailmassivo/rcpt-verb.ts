import { documented, type Draft, type Expected, type SessionNumber } from './draft.ts';
import {
  inMaintenance,
  literals,
  needsSmtpUtf8,
  ok,
  order,
  sendsLeft,
  syntax,
  unknownParameter,
} from './expected-replies.ts';

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
  if (isInternational && !transaction.smtpUtf8) return needsSmtpUtf8;
  const account = draft.account(login);
  const named = namedForms.has(form);
  // composed and decomposed characters are one address
  const unnamed = isInternational ? 'international' : form;
  if (named ? transaction.recipients.includes(name) : transaction.unnamed.has(unnamed)) {
    return { ...ok, rule: 'billing.duplicate' };
  }
  const promised = transaction.recipients.length + transaction.unnamed.size;
  if (promised >= draft.beginning.recipientLimit) return { reply: '452 *', rule: 'protocol.recipients' };
  if (form === 'reserved, in capitals' || (named && account.suppressed.has(name)))
    return documented('error.550-unsubscribed');
  if (named && account.roles.get(name) === 'full') return documented('error.553-mailbox');
  if (promised >= sendsLeft(account, draft.beginning.logins[login], draft.now))
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
