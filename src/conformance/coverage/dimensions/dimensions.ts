/**
 * The dimensions in which a fault can hide behind a rule that is kept in the plain case, as data: for which rules each
 * makes sense, and why it makes none elsewhere. What covers a cell is derived from the scenarios, never listed here.
 */
import type { Contract } from '../../../contract/contract.ts';
import type { RuleId } from '../../../contract/rule.ts';

/** The name of a dimension. */
export type DimensionId =
  | 'another account'
  | 'another connection'
  | 'another session'
  | 'the second time'
  | 'behind RSET'
  | 'behind EHLO'
  | 'behind a refusal'
  | 'behind a cut'
  | 'behind STARTTLS'
  | 'letter case'
  | 'U-label and A-label'
  | 'header forms'
  | 'at a limit'
  | 'around 64 KiB'
  | 'each mode'
  | 'a moved clock'
  | 'side by side'
  | 'after a restart';

/** One dimension: the rules behind which a fault can hide in it. */
export interface Dimension {
  readonly id: DimensionId;
  /** What it varies, in a sentence. */
  readonly varies: string;
  /** Ids of rules, or the beginning of ids with a star behind it. */
  readonly concerns: readonly string[];
  /** Why it makes no sense for any other rule. */
  readonly elsewhere: string;
}

const perTransaction = [
  'billing.duplicate',
  'error.450.stage',
  'billing.send-limit',
  'protocol.recipients',
  'billing.per-recipient',
];
const perConnection = [
  'error.451.window',
  'error.454.window',
  'billing.send-limit',
  'connection.block.limit',
  'connection.block.effect',
  'auth.regenerate',
  'auth.login-password',
  'history.rows',
];

/** Every dimension, in the order in which the table is printed. */
export const dimensions: readonly Dimension[] = [
  {
    id: 'another account',
    varies: 'the same is done beside it by a login of another account',
    concerns: [
      ...perConnection,
      'error.550-unsubscribed.stage',
      'error.553-mailbox.stage',
      'error.450',
      'billing.per-recipient',
      'error.553-domain.stage',
      'history.filter',
      'statistics.totals',
    ],
    elsewhere: 'the rule holds within one session and counts nothing',
  },
  {
    id: 'another connection',
    varies: 'the same is done beside it by another login of the account',
    concerns: [
      ...perConnection,
      'billing.per-recipient',
      'error.550-unsubscribed.stage',
      'statistics.totals',
    ],
    elsewhere: 'the rule keeps nothing by login',
  },
  {
    id: 'another session',
    varies: 'what counts is done in several sessions of one login',
    concerns: [
      'error.451.window',
      'error.454.window',
      'billing.send-limit',
      'connection.block*',
      'error.450.stage',
      'error.421-unavailable.stage',
      'billing.duplicate',
      'billing.cut',
      'auth.regenerate.when',
    ],
    elsewhere: 'the rule ends with the session',
  },
  {
    id: 'the second time',
    varies: 'the same expectation comes again in the case',
    concerns: [
      ...perTransaction,
      'error.451.window',
      'error.454.window',
      'error.421-unavailable.stage',
      'auth.regenerate',
      'protocol.rset',
      'protocol.syntax',
      'protocol.transparency',
      'sender.header-from',
    ],
    elsewhere: 'the rule keeps no state between two expectations',
  },
  {
    id: 'behind RSET',
    varies: 'RSET was taken before in the session',
    concerns: ['protocol.rset', 'error.451.window'],
    elsewhere: 'RSET touches the transaction alone, and its own rule holds what it forgets',
  },
  {
    id: 'behind EHLO',
    varies: 'a further EHLO or HELO was taken before in the session',
    concerns: ['protocol.ehlo-resets', 'error.451.window', 'protocol.order', 'protocol.hello-name'],
    elsewhere: 'EHLO touches the transaction alone, and its own rule holds what it forgets',
  },
  {
    id: 'behind a refusal',
    varies: 'a command was refused before in the session',
    concerns: [
      ...perTransaction,
      'error.451.window',
      'error.454.window',
      'protocol.syntax',
      'protocol.order',
      'protocol.paths',
      'protocol.size',
      'auth.mechanisms',
      'error.535',
      'error.550-unsubscribed.stage',
      'error.553-mailbox.stage',
      'protocol.line-ends',
      'sender.header-from',
      'error.550-from.what',
    ],
    elsewhere: 'the expectation is the first of its session, or a refusal ends it',
  },
  {
    id: 'behind a cut',
    varies: 'a session was cut before',
    concerns: ['billing.cut', 'error.451.window', 'error.421-unavailable.stage', 'error.454.window'],
    elsewhere: 'nothing that the rule goes by outlives a session',
  },
  {
    id: 'behind STARTTLS',
    varies: 'the session has turned to TLS',
    concerns: [
      'tls.*',
      'port.587.starttls',
      'port.25.starttls',
      'auth.mechanisms',
      'error.454.window',
      'protocol.syntax',
    ],
    elsewhere: 'each mode covers it: the rule knows nothing of TLS',
  },
  {
    id: 'letter case',
    varies: 'an address, a domain or a login is written in other case',
    concerns: [
      'billing.duplicate',
      'error.550-unsubscribed.stage',
      'error.553-mailbox.stage',
      'error.553-domain.stage',
      'sender.header-from',
      'protocol.recipients',
      'error.454.window',
      'error.535',
      'history.rows',
      'protocol.syntax',
    ],
    elsewhere: 'the rule compares no names',
  },
  {
    id: 'U-label and A-label',
    varies: 'a domain or a local part beyond ASCII, or its A-label',
    concerns: ['billing.duplicate', 'protocol.eightbit*', 'sender.header-from', 'protocol.hello-name'],
    elsewhere: 'the rule compares no names',
  },
  {
    id: 'header forms',
    varies: 'From is folded, commented, encoded, quoted or grouped',
    concerns: ['sender.header-from', 'error.550-from.what', 'delivery.content'],
    elsewhere: 'the rule reads no header field',
  },
  {
    id: 'at a limit',
    varies: 'a limit of the account or the connection is reached',
    concerns: [
      'error.450*',
      'billing.send-limit',
      'billing.duplicate',
      'error.451*',
      'error.421-unavailable.stage',
      'protocol.size',
      'protocol.recipients',
      'protocol.rset',
      'protocol.ehlo-resets',
      'billing.cut',
    ],
    elsewhere: 'the rule has no limit that a case can set',
  },
  {
    id: 'around 64 KiB',
    varies: 'lines and messages around and above 64 KiB',
    concerns: ['protocol.transparency', 'protocol.syntax', 'protocol.size'],
    elsewhere: 'the rule reads nothing that long',
  },
  {
    id: 'each mode',
    varies: 'all five modes of port and TLS',
    concerns: [
      'tls.auth-everywhere',
      'error.5*',
      'error.4*',
      'auth.required',
      'billing.per-recipient',
      'history.rows',
    ],
    elsewhere: 'the rule belongs to one mode, or a rule that is covered in each stands for it',
  },
  {
    id: 'a moved clock',
    varies: 'time has passed before',
    concerns: [
      'error.451.window',
      'error.454.window',
      'connection.block.limit',
      'billing.plans.kinds',
      'history.filter',
      'statistics.totals',
      'history.rows',
    ],
    elsewhere: 'the rule reads no clock',
  },
  {
    id: 'side by side',
    varies: 'a session speaks while another one is in a transaction',
    concerns: ['error.450.stage', 'billing.send-limit', 'billing.per-recipient'],
    elsewhere: 'the rule has nothing that two sessions share',
  },
  {
    id: 'after a restart',
    varies: 'the gateway was ended and begun again',
    concerns: [],
    elsewhere: 'a scenario cannot restart a gateway: `npm run faults` does, and audits what is left',
  },
];

/** The rules to which a dimension applies: those of its patterns that scenarios show. */
export function concernedRules({ rules }: Contract, { concerns }: Dimension): readonly RuleId[] {
  return Object.entries(rules)
    .filter(
      ([id, { shownBy }]) => shownBy === 'scenario' && concerns.some((pattern) => matches(id, pattern)),
    )
    .map(([id]) => id);
}

function matches(id: string, pattern: string): boolean {
  const [start = '', end] = pattern.split('*');
  return end === undefined ? id === pattern : id.startsWith(start) && id.endsWith(end);
}
