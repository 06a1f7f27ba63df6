import type { Recipients } from '../../src/sandbox/policy/facts.ts';
import { openLedger } from '../ledger.ts';
import { accepted, closingMutant, policyMutant, replyMutant, says, type Mutant } from '../mutant.ts';

const notEnough = '450 Balance not enough';

/** Gateways that are wrong where the balance runs out. */
export const balanceMutants: readonly Mutant[] = [
  replyMutant(
    {
      id: '450-with-enhanced-code',
      rule: 'reply.format',
      wrong: 'adds 4.2.1 to 450',
      alsoTouches: [
        'billing.plans.kinds',
        'billing.send-limit',
        'error.450',
        'error.450.stage',
        'order.checks',
      ],
    },
    notEnough,
    '450 4.2.1 Balance not enough',
  ),
  replyMutant(
    { id: '450-as-452', rule: 'error.450', wrong: 'says 452 for 450', alsoTouches: [] },
    notEnough,
    '452 Balance not enough',
  ),
  policyMutant(
    {
      id: '450-forgets-promised-sends',
      rule: 'error.450.stage',
      wrong: 'forgets the sends promised earlier in the transaction',
      alsoTouches: ['billing.send-limit'],
    },
    (own, hit) => ({
      rcpt: (facts) => {
        const decision = own.rcpt(facts);
        if (!says(decision, notEnough) || facts.balance === 0) return decision;
        hit();
        return accepted();
      },
    }),
  ),
  policyMutant(
    {
      id: '450-keeps-one-in-reserve',
      rule: 'error.450.stage',
      wrong: 'keeps one send in reserve',
      alsoTouches: ['billing.duplicate', 'billing.plans.kinds', 'error.450'],
    },
    (own, hit) => ({
      rcpt: (facts) => {
        const balance = Math.max(0, facts.balance - 1);
        const decision = own.rcpt({ ...facts, balance });
        if (decision.kind !== own.rcpt(facts).kind) hit();
        return decision;
      },
    }),
  ),
  policyMutant(
    {
      id: '450-drops-accepted-recipients',
      rule: 'error.450.stage',
      wrong: 'drops the recipients accepted before the 450',
      alsoTouches: ['billing.plans.kinds', 'error.450'],
    },
    (own, hit) => {
      const dropped = new WeakSet<Recipients>();
      return {
        rcpt: (facts) => {
          const decision = own.rcpt(facts);
          if (decision.reply.code === 450) dropped.add(facts.recipients);
          return decision;
        },
        data: (facts) => {
          if (!dropped.has(facts.recipients) || facts.recipients.size === 0) return own.data(facts);
          hit();
          return own.data({ ...facts, recipients: new Map() });
        },
      };
    },
  ),
  closingMutant(
    {
      id: '450-closes',
      rule: 'error.450.stage',
      wrong: 'closes the session after 450',
      alsoTouches: ['billing.plans.kinds', 'billing.send-limit', 'error.450', 'order.checks', 'reply.format'],
    },
    notEnough,
  ),
  policyMutant(
    {
      id: '450-only-after-data',
      rule: 'error.450.stage',
      wrong: 'says 450 only after DATA',
      alsoTouches: ['billing.plans.kinds', 'billing.send-limit', 'error.450', 'order.checks', 'reply.format'],
    },
    (own, hit) => ({
      rcpt: (facts) => {
        const decision = own.rcpt(facts);
        if (!says(decision, notEnough)) return decision;
        hit();
        return accepted();
      },
    }),
  ),
  {
    id: 'two-sessions-overdraw',
    rule: 'error.450.stage',
    wrong: 'lets two sessions use the same last send',
    alsoTouches: [],
    parts: (hit) => {
      const ledger = openLedger();
      const promised = new WeakSet<Recipients>();
      return {
        policy: (own) => ({
          ...own,
          // what was promised at DATA is kept, whatever has become of the balance
          data: (facts) => {
            promised.add(facts.recipients);
            return own.data(facts);
          },
          endOfData: (facts) => {
            const decision = own.endOfData(facts);
            if (!says(decision, notEnough) || !promised.has(facts.recipients)) return decision;
            hit();
            return accepted();
          },
        }),
        store: (own) => ({
          ...ledger.over(own),
          commit: async (submission) => {
            if ((await own.commit(submission)) === 'committed') return 'committed';
            await own.setBalance(submission.account, submission.emails.length);
            return own.commit(submission);
          },
        }),
      };
    },
  },
];
