import { openLedger } from '../ledger.ts';
import { storeMutant, type Mutant } from '../mutant.ts';

/** Gateways that charge at the wrong moment. */
export const billingMomentMutants: readonly Mutant[] = [
  {
    id: 'charges-at-rcpt',
    rule: 'billing.on-accept',
    wrong: 'charges at RCPT',
    alsoTouches: [
      'billing.cut',
      'connection.block.effect',
      'error.450.stage',
      'error.550-from',
      'error.550-from.what',
      'order.checks',
      'protocol.ehlo-resets',
      'protocol.eightbit',
      'protocol.line-ends',
      'protocol.rset',
      'protocol.size',
      'sandbox.triggers',
      'sender.header-from',
    ],
    parts: (hit) => {
      const ledger = openLedger();
      return {
        policy: (own) => ({
          ...own,
          rcpt: (facts) => {
            const decision = own.rcpt(facts);
            const { argument, recipients } = facts;
            if (decision.kind === 'accept' && argument.kind === 'read' && !recipients.has(argument.key)) {
              hit();
              ledger.charge(ledger.accountOf(argument.key), 1);
            }
            return decision;
          },
        }),
        store: (own) => ({
          ...ledger.over(own),
          commit: async (submission) => {
            const result = await own.commit(submission);
            // what was charged at RCPT is not charged again
            if (result === 'committed') ledger.charge(submission.account, -submission.emails.length);
            return result;
          },
        }),
      };
    },
  },
  {
    id: 'charges-a-message-that-it-refuses',
    rule: 'billing.on-accept',
    wrong: 'charges a message that it refuses',
    alsoTouches: [
      'connection.block.effect',
      'error.450.stage',
      'error.550-from',
      'error.550-from.what',
      'order.checks',
      'protocol.line-ends',
      'protocol.size',
      'sender.header-from',
    ],
    parts: (hit) => {
      const ledger = openLedger();
      return {
        policy: (own) => ({
          ...own,
          endOfData: (facts) => {
            const decision = own.endOfData(facts);
            if (decision.kind === 'accept') return decision;
            hit();
            const [key] = facts.recipients.keys();
            ledger.charge(ledger.accountOf(key), facts.recipients.size);
            return decision;
          },
        }),
        store: ledger.over,
      };
    },
  },
  storeMutant(
    {
      id: 'says-250-before-the-commit',
      rule: 'billing.on-accept',
      wrong: 'says 250 to a message for several recipients before the commit',
      alsoTouches: [
        'billing.per-recipient',
        'billing.plans.kinds',
        'billing.split',
        'delivery.content',
        'delivery.envelope',
        'delivery.no-dsn',
        'error.450.stage',
        'error.550-unsubscribed.stage',
        'error.553-mailbox.stage',
        'history.filter',
        'history.rows',
        'history.statuses',
        'protocol.order',
        'protocol.recipients',
        'statistics.totals',
      ],
    },
    (own, hit) => ({
      commit: async (submission) => {
        if (submission.emails.length === 1) return own.commit(submission);
        hit();
        // long after the case, and never where the gateway stops before
        setTimeout(() => void own.commit(submission).catch(() => undefined), 5_000).unref();
        return 'committed';
      },
    }),
  ),
  {
    id: 'charges-a-cut-session',
    rule: 'billing.cut',
    wrong: 'charges a session that is cut before the final dot',
    alsoTouches: ['protocol.line-ends', 'sandbox.triggers'],
    parts: (hit) => {
      const ledger = openLedger();
      return {
        policy: (own) => ({
          ...own,
          // charged with the 354, given back with the answer to the message
          data: (facts) => {
            const decision = own.data(facts);
            const [key] = facts.recipients.keys();
            if (decision.kind === 'accept') ledger.charge(ledger.accountOf(key), facts.recipients.size);
            if (decision.kind === 'accept') hit();
            return decision;
          },
          endOfData: (facts) => {
            const [key] = facts.recipients.keys();
            ledger.charge(ledger.accountOf(key), -facts.recipients.size);
            return own.endOfData(facts);
          },
        }),
        store: ledger.over,
      };
    },
  },
  {
    id: 'delivers-a-cut-session',
    rule: 'billing.cut',
    wrong: 'takes what came of a message when the session is cut, and delivers it',
    alsoTouches: ['protocol.line-ends'],
    parts: (hit) => {
      let deliver = async (_account: string, _paths: readonly string[]): Promise<void> => undefined;
      return {
        store: (own) => {
          deliver = async (account, paths) => {
            const record = await own.readAccount(account);
            const [connection] = record?.connections ?? [];
            if (connection === undefined) return;
            hit();
            await own.commit({
              account,
              connection: connection.id,
              session: 'cut',
              time: 0,
              queuedAt: Date.now(),
              reversePath: connection.sender,
              emails: paths.map((forwardPath, at) => ({ id: `cut-${connection.id}-${at}`, forwardPath })),
              charge: {
                sends: paths.length,
                sources: [{ kind: 'prepaid' }],
                ofSendLimit: paths.length,
                quotas: [],
              },
              message: Buffer.from(`From: <${connection.sender}>\r\n\r\ncut off\r\n`),
              subject: '',
              messageId: `<cut@${connection.id}>`,
              trace: 'from a session that was cut',
            });
          };
          return own;
        },
        recorder: (own) => ({
          ...own,
          open: (origin) => {
            const session = own.open(origin);
            let account: string | undefined;
            let paths: readonly string[] = [];
            let inMessage = false;
            return {
              ...session,
              belongsTo: (owner) => {
                account = owner;
                session.belongsTo(owner);
              },
              line: (octets, tls) => {
                const path = /^RCPT TO:<(.*)>\r\n/i.exec(octets)?.[1];
                if (path !== undefined) paths = [...paths, path];
                return session.line(octets, tls);
              },
              wire: (octets, tls) => {
                inMessage = octets.startsWith('354');
                return session.wire(octets, tls);
              },
              closed: () => {
                if (inMessage && account !== undefined) void deliver(account, paths);
                session.closed();
              },
            };
          },
        }),
      };
    },
  },
];
