import type { DeclaredLimits, RulesOfSuite } from '../checks.ts';
import { sharedChecks } from '../rfc/checks.ts';
import type { AmazonSesRuleId } from './rules.ts';

/** The rules that the suite's own checks and the reasons to refuse show. */
export const rulesOfSuite = {
  checks: {
    ...sharedChecks,
    'known errors': 'protocol.words',
    login: 'reply.235',
    'AUTH offered': 'auth.mechanisms.list',
    'LOGIN offered': 'auth.mechanisms.list',
    'wrong login': 'error.535',
    charges: 'billing.recipients',
    'charges of what was refused': 'quota.whole',
    'charges of duplicates': 'quota.duplicate',
    'connection status': 'connection.status',
    content: 'delivery.content',
    envelope: 'delivery.content',
    'one email each': 'history.rows',
    history: 'history.rows',
    statistics: 'history.rows',
  },
  refusals: {
    maintenance: 'error.451-failure',
    'wrong login': 'error.535',
  },
  copies: ['delivery.content', 'protocol.transparency'],
} as const satisfies RulesOfSuite & {
  readonly checks: Readonly<Record<string, AmazonSesRuleId>>;
  readonly refusals: Readonly<Record<string, AmazonSesRuleId>>;
};

/** The guide names no rate of commands, no lock and no block. */
export const declaredLimits: DeclaredLimits = {};
