import { ruleIds } from '../../src/contract/emailmassivo/transition.ts';
import type { Requirement } from '../../src/contract/requirement.ts';

/**
 * What a finding may be about where a file is changed: the beginnings of rule ids. A file that is not named may break
 * anything, such as the one way of a reply to the wire.
 */
const topics: readonly (readonly [file: RegExp, rules: readonly string[]])[] = [
  [
    /^sandbox\/policy\/emailmassivo\/access-checks/,
    ['auth.', 'error.454', 'error.535', 'tls.auth', 'order.'],
  ],
  [/^sandbox\/policy\/emailmassivo\/block-decision/, ['connection.']],
  [/^sandbox\/policy\/(?:charge|emailmassivo\/(?:plans|charge))/, ['billing.', 'error.450']],
  [
    /^sandbox\/policy\/(?:header-from|emailmassivo\/end-of-data)/,
    ['error.4', 'error.5', 'sender.', 'billing.', 'connection.', 'protocol.', 'order.'],
  ],
  [
    /^sandbox\/policy\/(?:protocol|emailmassivo\/transaction-checks)/,
    ['error.', 'sender.', 'protocol.', 'auth.', 'tls.', 'order.', 'billing.', 'connection.'],
  ],
  [/^sandbox\/policy\/triggers|^sandbox\/gateway\/trigger/, ['sandbox.triggers', 'sandbox.recipients']],
  [
    /^sandbox\/gateway\/auth-dialogue/,
    ['auth.', 'error.454', 'error.535', 'protocol.order', 'protocol.syntax', 'order.', 'connection.'],
  ],
  [
    /^sandbox\/gateway\/(?:certificate|listeners)/,
    ['port.', 'tls.', 'sandbox.listeners', 'sandbox.triggers', 'error.421'],
  ],
  [
    /^sandbox\/relay\//,
    [
      'delivery.',
      'history.',
      'statistics.',
      'connection.block',
      'protocol.',
      'billing.split',
      'error.550-unsub',
    ],
  ],
  [/^sandbox\/domains\//, ['domain.', 'sender.', 'error.421-domain', 'error.553-domain', 'connection.']],
  [/^sandbox\/store\/sqlite-(?:debit|purchases)/, ['billing.', 'error.450']],
  [/^sandbox\/store\/sqlite-history/, ['history.', 'statistics.', 'billing.']],
  [/^sandbox\/store\/accepted-mails/, ['error.451']],
  [/^smtp\/header-from/, ['error.550-from', 'sender.']],
  [/^smtp\/(?:message|bytes)/, ['delivery.', 'protocol.', 'error.550-from', 'sender.']],
  [
    /^smtp\/(?:path|command|address-equality|domain)/,
    ['protocol.', 'order.', 'sandbox.recipients', 'billing.duplicate', 'error.5', 'sender.', 'auth.'],
  ],
];

/** Whether a finding of this rule leads to the cause, where the fault is in this file (below `src/`). */
export function isOnTopic(file: string, rule: Requirement): boolean {
  const known = topics.filter(([pattern]) => pattern.test(file));
  return known.length === 0 || known.some(([, rules]) => rules.some((begin) => rule.startsWith(begin)));
}

/** Beginnings that no rule has: mistakes in the table. */
export function unknownTopics(): readonly string[] {
  return topics.flatMap(([, rules]) => rules.filter((begin) => !ruleIds.some((id) => id.startsWith(begin))));
}
