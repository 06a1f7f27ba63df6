import type { EndMoment } from '../moments.ts';
import type { EmailmassivoRuleId } from './rules.ts';

/** The rule that each key of `then` shows where its scenario names none. */
export const rulesOfThen: Readonly<Record<EndMoment, EmailmassivoRuleId>> = {
  charged: 'billing.per-recipient',
  balance: 'billing.per-recipient',
  delivered: 'delivery.content',
  history: 'history.rows',
  statistics: 'statistics.totals',
  status: 'connection.status',
  suppressed: 'error.550-unsubscribed.stage',
};
