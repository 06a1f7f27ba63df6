import type { EndMoment } from '../moments.ts';
import type { AmazonSesRuleId } from './rules.ts';

/** The rule that each key of `then` shows where its scenario names none. */
export const rulesOfThen: Readonly<Record<EndMoment, AmazonSesRuleId>> = {
  charged: 'billing.recipients',
  balance: 'billing.recipients',
  delivered: 'delivery.content',
  history: 'history.rows',
  statistics: 'history.rows',
  status: 'connection.status',
  suppressed: 'suppression.filled',
};
