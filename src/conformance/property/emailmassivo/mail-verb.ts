import { countedMails } from './account-model.ts';
import { documented, type Draft, type Expected, type SessionNumber } from './draft.ts';
import {
  blanks,
  inMaintenance,
  literals,
  needsSmtpUtf8,
  ok,
  order,
  syntax,
  unavailable,
  unknownParameter,
} from './expected-replies.ts';

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
  'own, beyond ASCII',
  'unregistered, beyond ASCII',
  'own, its domain in capitals',
  'another address of its domain',
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

/** Reverse-paths that are not the login's own address, and are on its domain. */
const senders = {
  'own, beyond ASCII': 'größe@${sender|domain}',
  'own, its domain in capitals': '${sender|local}@${sender|domain|upper}',
  'another address of its domain': 'sales.${sender}',
} as const satisfies Partial<Record<MailPlan['path'], string>>;

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
    'own, beyond ASCII': `<${senders['own, beyond ASCII']}>`,
    'unregistered, beyond ASCII': '<shop@größe.nobody-registered.example>',
    'own, its domain in capitals': `<${senders['own, its domain in capitals']}>`,
    'another address of its domain': `<${senders['another address of its domain']}>`,
  } as const;
  return `MAIL FROM${path === 'a blank before the colon' ? ' ' : ''}:${paths[path]}${parameter === 'none' ? '' : ` ${parameter}`}`;
}

/** MAIL; opens a transaction where it is accepted. */
export function mailReply(draft: Draft, number: SessionNumber, { path, parameter }: MailPlan): Expected {
  const session = draft.sessions[number];
  const { rate, sizeLimit } = draft.beginning;
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
  const isInternational = path === 'own, beyond ASCII' || path === 'unregistered, beyond ASCII';
  if (isInternational && parameter !== 'SMTPUTF8') return needsSmtpUtf8;
  const counts = draft.beginning.logins[session.login];
  if (counts.blocked) return unavailable('connection.block.effect');
  if (countedMails(counts, draft.now, rate.perMs) >= rate.limit) {
    return { ...documented('error.451'), rule: undefined };
  }
  const account = draft.account(session.login);
  const isOwn = path === 'own' || path === 'a blank behind the colon' || isOtherSender(path);
  if (!isOwn || !account.registered) return documented('error.553-domain');
  if (!account.verified) return documented('error.421-domain', true);
  if (parameter === 'SIZE=999999999' && sizeLimit < 999_999_999)
    return { reply: '552 *', rule: 'protocol.size' };
  counts.mails.push(draft.now);
  session.transaction = {
    sender: isOtherSender(path) ? senders[path] : '${sender}',
    smtpUtf8: parameter === 'SMTPUTF8',
    recipients: [],
    unnamed: new Set(),
  };
  if (path === 'a blank behind the colon') return blanks('250 *');
  if (isInternational) return { ...ok, rule: 'protocol.eightbit' };
  return { ...ok, rule: rate.limit < 100 ? 'error.451.window' : undefined };
}

function isOtherSender(path: MailPlan['path']): path is keyof typeof senders {
  return Object.hasOwn(senders, path);
}
