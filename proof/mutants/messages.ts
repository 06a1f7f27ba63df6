import type { RuleId } from '../../src/contract/rule.ts';
import { octetsToString, stringToOctets } from '../../src/smtp/bytes.ts';
import { dotStuff } from '../../src/smtp/message.ts';
import { storeMutant, type Mutant, type MutantFacts } from '../mutant.ts';

/** A mutant that keeps another message than the one that was submitted. */
function messageMutant(facts: MutantFacts, change: (message: string) => string): Mutant {
  return storeMutant(facts, (own, hit) => ({
    commit: (submission) => {
      const text = octetsToString(submission.message);
      const changed = change(text);
      if (changed !== text) hit();
      return own.commit({ ...submission, message: stringToOctets(changed) });
    },
  }));
}

/** Rules whose scenarios compare a message that holds a dotted line. */
const comparedOctets: readonly RuleId[] = [
  'billing.duplicate',
  'billing.plans.kinds',
  'connection.block.limit',
  'delivery.content',
  'delivery.no-dsn',
  'delivery.trace',
  'error.421-unavailable.stage',
  'error.450.stage',
  'error.553-mailbox',
  'history.statuses',
  'protocol.order',
  'protocol.pipelining',
  'protocol.recipients',
];

/** Gateways that do not keep a message as it was submitted. */
export const messageMutants: readonly Mutant[] = [
  messageMutant(
    {
      id: 'dots-left-stuffed',
      rule: 'protocol.transparency',
      wrong: 'leaves stuffed dots in',
      alsoTouches: comparedOctets,
    },
    (message) => octetsToString(dotStuff(stringToOctets(message))),
  ),
  messageMutant(
    {
      id: 'one-dot-too-many-taken',
      rule: 'protocol.transparency',
      wrong: 'takes one dot too many off a line',
      alsoTouches: comparedOctets,
    },
    (message) => message.replaceAll(/^\./gm, ''),
  ),
  messageMutant(
    {
      id: 'eighth-bit-stripped',
      rule: 'protocol.eightbit',
      wrong: 'strips the eighth bit',
      alsoTouches: ['delivery.content'],
    },
    (message) =>
      message.replaceAll(/[\u0080-\u00FF]/g, (octet) => String.fromCharCode(octet.charCodeAt(0) & 0x7f)),
  ),
];
