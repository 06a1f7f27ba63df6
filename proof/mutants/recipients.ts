import type { RcptFacts, Recipients } from '../../src/sandbox/policy/facts.ts';
import { replyFrom } from '../../src/smtp/reply.ts';
import {
  accepted,
  closingMutant,
  policyMutant,
  replyMutant,
  says,
  type Mutant,
  type MutantFacts,
} from '../mutant.ts';

const unsubscribed = '550 Email receiver unsubscribe or complaint';
const mailboxFull = '553 Recipient has exceeded mailbox limit';
const tooMany = '452 4.5.3 Too many recipients';

type ReadRecipient = Extract<RcptFacts['argument'], { readonly kind: 'read' }>;

/** Whether a recipient is to be refused for the suppression list. */
export const isSuppressed = ({ onSuppressionList, role }: ReadRecipient): boolean =>
  onSuppressionList || role === 'suppressed';

/** The recipient as one about whom nothing is known. */
export const unsuppressed = (argument: ReadRecipient): ReadRecipient => ({
  ...argument,
  onSuppressionList: false,
  role: argument.role === 'suppressed' ? undefined : argument.role,
});

/** A mutant that does not see what is wrong with a recipient. */
function blindMutant(facts: MutantFacts, to: 'suppressed' | 'full'): Mutant {
  return policyMutant(facts, (own, hit) => ({
    rcpt: (asked) => {
      const { argument } = asked;
      if (argument.kind === 'unreadable') return own.rcpt(asked);
      const sees = to === 'full' ? argument.role === 'full' : isSuppressed(argument);
      if (!sees) return own.rcpt(asked);
      hit();
      const blind = to === 'full' ? { ...argument, role: undefined } : unsuppressed(argument);
      return own.rcpt({ ...asked, argument: blind });
    },
  }));
}

/** Gateways that are wrong about recipients. */
export const recipientMutants: readonly Mutant[] = [
  replyMutant(
    {
      id: '550-unsubscribed-with-enhanced-code',
      rule: 'reply.format',
      wrong: 'adds 5.7.1 to the unsubscribed 550',
      alsoTouches: [
        'billing.per-recipient',
        'error.550-unsubscribed',
        'error.550-unsubscribed.stage',
        'history.rows',
        'history.statuses',
        'order.checks',
        'protocol.data-needs-recipient',
        'protocol.pipelining',
        'sandbox.recipients',
      ],
    },
    unsubscribed,
    '550 5.7.1 Email receiver unsubscribe or complaint',
  ),
  replyMutant(
    {
      id: '550-unsubscribed-corrected',
      rule: 'error.550-unsubscribed',
      wrong: 'corrects "unsubscribe" to "unsubscribed"',
      alsoTouches: [],
    },
    unsubscribed,
    '550 Email receiver unsubscribed or complained',
  ),
  blindMutant(
    {
      id: '550-unsubscribed-ignored',
      rule: 'error.550-unsubscribed.stage',
      wrong: 'ignores the suppression list',
      alsoTouches: [
        'billing.per-recipient',
        'error.550-unsubscribed',
        'history.rows',
        'history.statuses',
        'order.checks',
        'protocol.data-needs-recipient',
        'protocol.pipelining',
        'reply.format',
        'sandbox.recipients',
      ],
    },
    'suppressed',
  ),
  policyMutant(
    {
      id: '550-unsubscribed-by-case',
      rule: 'error.550-unsubscribed.stage',
      wrong: 'compares the domain of a suppressed recipient with case',
      alsoTouches: [],
    },
    (own, hit) => ({
      rcpt: (facts) => {
        const { argument } = facts;
        if (argument.kind === 'unreadable' || !isSuppressed(argument)) return own.rcpt(facts);
        const { domain } = argument.rcpt.forwardPath;
        if (domain === domain.toLowerCase()) return own.rcpt(facts);
        hit();
        return own.rcpt({ ...facts, argument: unsuppressed(argument) });
      },
    }),
  ),
  closingMutant(
    {
      id: '550-unsubscribed-closes',
      rule: 'error.550-unsubscribed.stage',
      wrong: 'closes the session on the unsubscribed 550',
      alsoTouches: [
        'billing.per-recipient',
        'connection.unblock.count',
        'error.550-unsubscribed',
        'history.rows',
        'history.statuses',
        'order.checks',
        'protocol.data-needs-recipient',
        'protocol.pipelining',
        'reply.format',
        'sandbox.recipients',
      ],
    },
    unsubscribed,
  ),
  policyMutant(
    {
      id: '550-unsubscribed-fails-the-whole-mail',
      rule: 'error.550-unsubscribed.stage',
      wrong: 'fails the whole mail where one recipient is suppressed',
      alsoTouches: ['billing.per-recipient', 'protocol.pipelining'],
    },
    (own, hit) => {
      const failed = new WeakSet<Recipients>();
      return {
        rcpt: (facts) => {
          const decision = own.rcpt(facts);
          if (says(decision, unsubscribed)) failed.add(facts.recipients);
          return decision;
        },
        endOfData: (facts) => {
          if (!failed.has(facts.recipients)) return own.endOfData(facts);
          hit();
          return { kind: 'refuse', reply: replyFrom(unsubscribed), rule: 'error.550-unsubscribed' };
        },
      };
    },
  ),
  replyMutant(
    {
      id: '553-mailbox-as-552',
      rule: 'error.553-mailbox',
      wrong: 'says 552 for a full mailbox',
      alsoTouches: [],
    },
    mailboxFull,
    '552 Recipient has exceeded mailbox limit',
  ),
  blindMutant(
    {
      id: '553-mailbox-ignored',
      rule: 'error.553-mailbox.stage',
      wrong: 'ignores a full mailbox',
      alsoTouches: [
        'billing.per-recipient',
        'billing.send-limit',
        'connection.block.limit',
        'connection.unblock.count',
        'order.checks',
        'protocol.data-needs-recipient',
        'protocol.pipelining',
        'reply.format',
        'sandbox.recipients',
      ],
    },
    'full',
  ),
  policyMutant(
    {
      id: '553-mailbox-for-ever',
      rule: 'error.553-mailbox.stage',
      wrong: 'remembers a full mailbox for ever',
      alsoTouches: [],
    },
    (own, hit) => {
      const full = new Set<string>();
      return {
        rcpt: (facts) => {
          const { argument } = facts;
          if (argument.kind === 'unreadable') return own.rcpt(facts);
          if (argument.role === 'full') full.add(argument.key);
          else if (full.has(argument.key)) hit();
          const role = full.has(argument.key) ? 'full' : argument.role;
          return own.rcpt({ ...facts, argument: { ...argument, role } });
        },
      };
    },
  ),
  policyMutant(
    {
      id: 'data-without-recipients',
      rule: 'protocol.data-needs-recipient',
      wrong: 'takes DATA without an accepted recipient',
      alsoTouches: [],
    },
    (own, hit) => ({
      data: (facts) => {
        if (!facts.session.inTransaction || facts.recipients.size > 0) return own.data(facts);
        hit();
        return accepted('354 End data with <CR><LF>.<CR><LF>');
      },
    }),
  ),
  policyMutant(
    {
      id: '452-never',
      rule: 'protocol.recipients',
      wrong: 'takes recipients past its limit',
      alsoTouches: [],
    },
    (own, hit) => ({
      rcpt: (facts) => {
        if (!says(own.rcpt(facts), tooMany)) return own.rcpt(facts);
        hit();
        return accepted();
      },
    }),
  ),
  policyMutant(
    {
      id: '452-drops-accepted-recipients',
      rule: 'protocol.recipients',
      wrong: 'drops the recipients accepted before the 452',
      alsoTouches: [],
    },
    (own, hit) => {
      const dropped = new WeakSet<Recipients>();
      return {
        rcpt: (facts) => {
          const decision = own.rcpt(facts);
          if (says(decision, tooMany)) dropped.add(facts.recipients);
          return decision;
        },
        data: (facts) => {
          if (!dropped.has(facts.recipients)) return own.data(facts);
          hit();
          return own.data({ ...facts, recipients: new Map() });
        },
      };
    },
  ),
];
