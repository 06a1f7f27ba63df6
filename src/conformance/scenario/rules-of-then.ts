import type { EndMoment } from '../../contract/moments.ts';
import type { RuleId } from '../../contract/rule.ts';

/** The rule that each key of `then` shows where its scenario names none. */
export const rulesOfThen: Readonly<Record<EndMoment, RuleId>> = {
  charged: 'billing.per-recipient',
  balance: 'billing.per-recipient',
  delivered: 'delivery.content',
  history: 'history.rows',
  statistics: 'statistics.totals',
  status: 'connection.status',
  suppressed: 'error.550-unsubscribed.stage',
};
