import { documentedReplies } from '../../../contract/emailmassivo/documented-replies.ts';
import { type DocumentedRuleId, modeNamed } from '../../../contract/emailmassivo/transition.ts';
import type { RuleId } from '../../../contract/rule.ts';
import type { Draft } from './draft.ts';

/** What a documented reply at its place holds beside its own words. */
const stages: Readonly<Record<DocumentedRuleId, readonly RuleId[]>> = {
  // the same words without their 4.4.5 are the page's example of the format
  'error.421-unavailable': ['error.421-unavailable.stage', 'reply.example', 'protocol.close'],
  'error.450': ['error.450.stage'],
  'error.454': ['error.454.window'],
  'error.451': ['error.451.window', 'error.451.seconds'],
  'error.535': ['auth.login-password'],
  'error.421-domain': ['error.421-domain.stage', 'domain.verification', 'protocol.close'],
  'error.553-domain': ['error.553-domain.stage'],
  'error.550-unsubscribed': ['error.550-unsubscribed.stage'],
  'error.550-from': ['error.550-from.what'],
  'error.553-mailbox': ['error.553-mailbox.stage'],
};

/** Each account is made through the control API, and read from it in the end. */
const always: readonly RuleId[] = [
  'domain.create',
  'sender.create',
  'connection.create',
  'connection.card',
  'connection.status',
  'protocol.reply-form',
  'statistics.totals',
  'statistics.period',
  'history.rows',
  'billing.on-accept',
];

/** The rules that a generated scenario holds when it passes, by what stands in it and where its model has come to. */
export function heldRules(draft: Draft): ReadonlySet<RuleId> {
  const account = draft.account('first');
  const says = (part: string) => draft.lines.some((line) => line.includes(part));
  // Object.keys forgets the type of the keys; the table is closed, so they are these
  const replies = Object.keys(stages) as readonly DocumentedRuleId[];
  const documented = replies.filter((rule) => says(`: ${documentedReplies[rule].reply}`));
  const statuses = new Set(account.emails.map(({ status }) => status));
  const when = (holds: boolean, ...rules: readonly RuleId[]): readonly RuleId[] => (holds ? rules : []);
  return new Set([
    ...always,
    modeNamed(draft.beginning.mode).rule,
    ...documented.flatMap((rule) => [rule, ...stages[rule]]),
    ...when(documented.length > 0, 'reply.format'),
    ...when(
      account.emails.length > 0,
      'billing.per-recipient',
      'billing.split',
      'history.statuses',
      'history.filter',
    ),
    ...when(statuses.has('delivered'), 'delivery.content', 'delivery.envelope', 'delivery.trace'),
    ...when(statuses.has('bounced') || statuses.has('rejected'), 'delivery.no-dsn'),
    ...when(draft.reached.has('a message was cut'), 'billing.cut'),
    ...when(says('W: buy'), 'billing.plans', 'billing.plans.kinds'),
    ...when(says('W: verify domain'), 'domain.verification.how', 'connection.not-activated'),
    ...when(says('W: unblock'), 'connection.unblock', 'connection.unblock.count'),
    ...when(
      draft.reached.has('a connection is blocked by bad mailboxes'),
      'connection.block',
      'connection.block.limit',
    ),
    ...when(draft.reached.has('a send limit is used up'), 'billing.send-limit'),
    ...when(says('new password'), 'auth.regenerate.when'),
    ...when(says(': 221 *'), 'protocol.close'),
    ...when(says('AUTH=<>'), 'protocol.auth-parameter'),
    ...when(
      [...draft.messages.values()].some((text) => /^\./m.test(text)),
      'protocol.transparency',
    ),
    ...when(says(': EHLO client.example'), 'protocol.ehlo-resets'),
  ]);
}
