import type { RuleId } from '../../contract/contract.ts';
import type { ThenExpectation } from './scenario.ts';

/** Which rules speak of the reply to a verb, the most common first: a hint for who expected something of their own. */
const RULES_OF_VERB: ReadonlyMap<string, readonly RuleId[]> = new Map<string, readonly RuleId[]>([
  ['connect', ['protocol.greeting', 'error.421-unavailable.stage']],
  ['HELO', ['protocol.hello-name', 'protocol.ehlo-resets']],
  ['EHLO', ['protocol.hello-name', 'protocol.ehlo-resets', 'auth.mechanisms']],
  ['STARTTLS', ['port.starttls', 'tls.no-starttls-inside']],
  ['AUTH', ['auth.login-password', 'error.535', 'error.454', 'connection.block.effect']],
  ['MAIL', ['auth.required', 'error.553-domain.stage', 'error.421-domain.stage', 'error.451']],
  ['RCPT', ['error.450.stage', 'error.550-unsubscribed.stage', 'error.553-mailbox.stage', 'error.451']],
  ['DATA', ['protocol.data-needs-recipient', 'protocol.order']],
  ['end of data', ['billing.on-accept', 'error.550-from', 'sender.header-from', 'protocol.size']],
  ['RSET', ['protocol.rset']],
  ['VRFY', ['protocol.vrfy']],
  ['NOOP', ['protocol.order', 'protocol.syntax']],
  ['QUIT', ['protocol.close']],
]);

/** The rules that speak of the reply to a verb; none where nobody asked for a reply, or no rule names the verb. */
export function rulesOfVerb(verb: string | undefined): readonly RuleId[] {
  return RULES_OF_VERB.get(verb ?? '') ?? [];
}

/** The rule that each key of `then` shows where its scenario names none. */
export const rulesOfThen: Readonly<Record<ThenExpectation['kind'], RuleId>> = {
  charged: 'billing.per-recipient',
  balance: 'billing.per-recipient',
  delivered: 'delivery.content',
  history: 'history.rows',
  statistics: 'statistics.totals',
  status: 'connection.status',
  suppressed: 'error.550-unsubscribed.stage',
};
