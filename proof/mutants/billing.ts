import type { Recipients } from '../../src/sandbox/policy/facts.ts';
import type { Submission } from '../../src/sandbox/store/account-record.ts';
import { fieldsNamed, headerFields } from '../../src/smtp/message.ts';
import { replyFrom } from '../../src/smtp/reply.ts';
import { billMutant, openLedger } from '../ledger.ts';
import type { Mutant, MutantFacts } from '../mutant.ts';

/** How many of a submission's recipients stand in these fields of its header. */
export function namedIn(submission: Submission, names: readonly string[]): number {
  const fields = headerFields(submission.message);
  const text = names.flatMap((name) => fieldsNamed(fields, name).map(({ value }) => value)).join();
  return submission.emails.filter(({ forwardPath }) => text.includes(forwardPath)).length;
}

/** The submission with other emails, charged by how many those are. */
export function withEmails(submission: Submission, emails: Submission['emails']): Submission {
  const charge = { ...submission.charge, sends: emails.length, ofSendLimit: emails.length };
  return { ...submission, emails, charge };
}

/** The forward-paths of a transaction: what the policy's facts and the store's submission have in common. */
const pathsOf = (texts: readonly string[]): string => texts.join(' ');

/** A mutant that charges as many sends more as RCPTs of the transaction got some answer that it counts. */
function rcptBillMutant(facts: MutantFacts, counts: 'refused' | 'repeated'): Mutant {
  return {
    ...facts,
    parts: (hit) => {
      const ledger = openLedger();
      const surplus = new WeakMap<Recipients, number>();
      const due = new Map<string, number>();
      return {
        policy: (own) => ({
          ...own,
          rcpt: (asked) => {
            const decision = own.rcpt(asked);
            const { argument, recipients } = asked;
            const isRepeated =
              decision.kind === 'accept' && argument.kind === 'read' && recipients.has(argument.key);
            const isRefused = decision.kind !== 'accept' && argument.kind === 'read';
            if (counts === 'repeated' ? isRepeated : isRefused) {
              surplus.set(recipients, (surplus.get(recipients) ?? 0) + 1);
            }
            return decision;
          },
          endOfData: (asked) => {
            const more = surplus.get(asked.recipients);
            const paths = [...asked.recipients.values()].map(({ text }) => text);
            if (more !== undefined) due.set(pathsOf(paths), more);
            return own.endOfData(asked);
          },
        }),
        store: (own) => ({
          ...ledger.over(own),
          commit: async (submission) => {
            const result = await own.commit(submission);
            const more = due.get(pathsOf(submission.emails.map(({ forwardPath }) => forwardPath)));
            if (result === 'committed' && more !== undefined) {
              hit();
              ledger.charge(submission.account, more);
            }
            return result;
          },
        }),
      };
    },
  };
}

/** Gateways that charge wrongly. */
export const billingMutants: readonly Mutant[] = [
  billMutant(
    {
      id: 'charges-once-a-message',
      rule: 'billing.per-recipient',
      wrong: 'charges one send a message',
      alsoTouches: ['billing.on-accept', 'billing.plans.kinds', 'delivery.no-dsn'],
    },
    () => 1,
  ),
  billMutant(
    {
      id: 'charges-only-who-is-in-the-header',
      rule: 'billing.per-recipient',
      wrong: 'charges only the recipients named in To or Cc',
      alsoTouches: [],
    },
    (submission) => namedIn(submission, ['To', 'Cc']),
  ),
  billMutant(
    {
      id: 'charges-only-who-is-in-to',
      rule: 'billing.per-recipient',
      wrong: 'charges only the recipients named in To',
      alsoTouches: [],
    },
    (submission) => namedIn(submission, ['To']),
  ),
  billMutant(
    {
      id: 'charges-nothing',
      rule: 'billing.per-recipient',
      wrong: 'charges nothing',
      alsoTouches: [
        'billing.duplicate',
        'billing.on-accept',
        'billing.plans.kinds',
        'billing.send-limit',
        'connection.block.limit',
        'delivery.no-dsn',
        'error.550-from',
        'history.statuses',
      ],
    },
    () => 0,
  ),
  rcptBillMutant(
    {
      id: 'charges-refused-recipients',
      rule: 'billing.per-recipient',
      wrong: 'charges refused recipients too',
      alsoTouches: ['billing.send-limit'],
    },
    'refused',
  ),
  rcptBillMutant(
    {
      id: 'duplicate-billed-twice',
      rule: 'billing.duplicate',
      wrong: 'bills a repeated RCPT again',
      alsoTouches: [],
    },
    'repeated',
  ),
  {
    id: 'duplicate-refused-without-balance',
    rule: 'billing.duplicate',
    wrong: 'refuses a repeated RCPT when the balance is used up',
    alsoTouches: [],
    parts: (hit) => ({
      policy: (own) => ({
        ...own,
        rcpt: (facts) => {
          const isRepeated = facts.argument.kind === 'read' && facts.recipients.has(facts.argument.key);
          if (!isRepeated || facts.recipients.size < facts.balance) return own.rcpt(facts);
          hit();
          return { kind: 'refuse', reply: replyFrom('450 Balance not enough'), rule: 'error.450' };
        },
      }),
    }),
  },
];
