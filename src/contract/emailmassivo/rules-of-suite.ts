import type { DeclaredLimits, RulesOfSuite } from '../checks.ts';
import { sharedChecks } from '../rfc/checks.ts';
import type { EmailmassivoRuleId } from './rules.ts';

/** The rules that the suite's own checks and the reasons to refuse show. */
export const rulesOfSuite = {
  checks: {
    ...sharedChecks,
    'known errors': 'reply.format',
    login: 'auth.login-password',
    'AUTH offered': 'tls.auth-everywhere',
    'LOGIN offered': 'auth.mechanisms.login',
    'wrong login': 'error.535',
    charges: 'billing.per-recipient',
    'balance after charges': 'billing.per-recipient',
    'charges of what was refused': 'billing.on-accept',
    'charges of duplicates': 'billing.duplicate',
    balance: 'error.450.stage',
    purchases: 'billing.plans.kinds',
    rate: 'error.451.window',
    block: 'connection.block.limit',
    'connection status': 'connection.status',
    content: 'delivery.content',
    envelope: 'delivery.envelope',
    trace: 'delivery.trace',
    'one email each': 'billing.split',
    'no notices': 'delivery.no-dsn',
    history: 'history.rows',
    'parts of the history': 'history.filter',
    'email statuses': 'history.statuses',
    statistics: 'statistics.totals',
    'parts of the statistics': 'statistics.period',
    'suppression list': 'error.550-unsubscribed',
    senders: 'sender.create',
  },
  refusals: {
    maintenance: 'error.421-unavailable',
    'no send left': 'error.450',
    rate: 'error.451',
    'suppressed recipient': 'error.550-unsubscribed',
    'full mailbox': 'error.553-mailbox',
    'unregistered sender domain': 'error.553-domain',
    'unverified sender domain': 'error.421-domain',
    'blocked login': 'error.535',
    'wrong login': 'error.535',
    'locked login': 'error.454',
    'no From': 'error.550-from',
  },
  copies: [
    'delivery.content',
    'delivery.envelope',
    'delivery.trace',
    'delivery.no-dsn',
    'protocol.transparency',
  ],
} as const satisfies RulesOfSuite & {
  readonly checks: Readonly<Record<string, EmailmassivoRuleId>>;
  readonly refusals: Readonly<Record<string, EmailmassivoRuleId>>;
};

/** What the page leaves open and this contract declares; the same numbers as the choices of its sandbox. */
export const declaredLimits: DeclaredLimits = {
  rate: { limit: 100, perMs: 10_000 },
  badMailboxes: 10,
  loginFailures: 5,
};
