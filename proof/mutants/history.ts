import type { RuleId } from '../../src/contract/rule.ts';
import type { EmailRecord, Submission } from '../../src/sandbox/store/account-record.ts';
import { fieldsNamed, headerFields } from '../../src/smtp/message.ts';
import { openLedger } from '../ledger.ts';
import { storeMutant, type Mutant, type MutantFacts } from '../mutant.ts';

/** A mutant that keeps some rows to itself. */
function rowsMutant(facts: MutantFacts, missing: (submission: Submission) => Submission['emails']): Mutant {
  return {
    ...facts,
    parts: (hit) => {
      const hidden = new Set<string>();
      return {
        store: (own) => ({
          ...own,
          commit: (submission) => {
            for (const email of missing(submission)) {
              hit();
              hidden.add(email.id);
            }
            return own.commit(submission);
          },
          readHistory: async (account, query) =>
            (await own.readHistory(account, query)).filter(({ id }) => !hidden.has(id)),
        }),
      };
    },
  };
}

/** Rules whose scenarios look at the rows of a message for several recipients. */
const ofSeveralRecipients: readonly RuleId[] = [
  'billing.on-accept',
  'billing.per-recipient',
  'billing.plans.kinds',
  'billing.split',
  'delivery.content',
  'delivery.envelope',
  'delivery.no-dsn',
  'history.filter',
  'history.statuses',
  'protocol.order',
  'protocol.recipients',
  'statistics.totals',
];

/** Gateways whose send history is wrong. */
export const historyMutants: readonly Mutant[] = [
  rowsMutant(
    {
      id: 'history-one-row-a-message',
      rule: 'history.rows',
      wrong: 'writes one history row a message',
      alsoTouches: ofSeveralRecipients,
    },
    ({ emails }) => emails.slice(1),
  ),
  // a message for one recipient has its row: without it the smoke case fails, and no scenario is played
  rowsMutant(
    {
      id: 'history-none',
      rule: 'history.rows',
      wrong: 'writes no history of a message for several recipients',
      alsoTouches: ofSeveralRecipients,
    },
    ({ emails }) => (emails.length > 1 ? emails : []),
  ),
  {
    id: 'history-refused-recipient-as-delivered',
    rule: 'history.rows',
    wrong: 'shows a recipient that was refused at RCPT as delivered',
    alsoTouches: ['billing.per-recipient', 'history.statuses'],
    parts: (hit) => {
      const ledger = openLedger();
      const refused = new Map<string, readonly string[]>();
      return {
        policy: (own) => ({
          ...own,
          rcpt: (facts) => {
            const decision = own.rcpt(facts);
            const { argument } = facts;
            const account = argument.kind === 'read' ? ledger.accountOf(argument.key) : undefined;
            if (decision.kind !== 'accept' && argument.kind === 'read' && account !== undefined) {
              const path = argument.rcpt.forwardPath.text;
              refused.set(account, [...(refused.get(account) ?? []), path]);
            }
            return decision;
          },
        }),
        store: (own) => ({
          ...ledger.over(own),
          readHistory: async (account, query) => {
            const rows = await own.readHistory(account, query);
            const [like] = rows;
            const paths = refused.get(account) ?? [];
            if (like === undefined || paths.length === 0) return rows;
            hit();
            const added = paths.map((recipient): EmailRecord => ({
              ...like,
              id: `refused-${recipient}`,
              recipient,
              status: 'delivered',
            }));
            return [...rows, ...added];
          },
        }),
      };
    },
  },
  storeMutant(
    {
      id: 'history-status-filter-ignored',
      rule: 'history.filter',
      wrong: 'ignores the status by which its history is filtered',
      alsoTouches: [],
    },
    (own, hit) => ({
      readHistory: (account, query) => {
        if (query.status !== undefined) hit();
        return own.readHistory(account, { ...query, status: undefined });
      },
    }),
  ),
  storeMutant(
    {
      id: 'history-bounce-as-delivered',
      rule: 'history.rows',
      wrong: 'shows an email that its server refused as delivered',
      alsoTouches: ['delivery.no-dsn', 'history.filter'],
    },
    (own, hit) => ({
      readHistory: async (account, query) =>
        (await own.readHistory(account, query)).map((row) => {
          if (row.status !== 'bounced' && row.status !== 'rejected') return row;
          hit();
          return { ...row, status: 'delivered' as const };
        }),
    }),
  ),
  storeMutant(
    {
      id: 'history-shows-encoded-words',
      rule: 'history.rows',
      wrong: 'shows a Subject in its history as it is encoded (RFC 2047)',
      alsoTouches: [],
    },
    (own, hit) => ({
      commit: (submission) => {
        const written = fieldsNamed(headerFields(submission.message), 'Subject')[0]?.value;
        if (written === undefined || !written.includes('=?')) return own.commit(submission);
        hit();
        return own.commit({ ...submission, subject: written });
      },
    }),
  ),
];
