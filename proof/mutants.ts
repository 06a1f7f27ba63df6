import { headerFields } from '../src/smtp/message.ts';
import { mailboxesIn } from '../src/smtp/header-from.ts';
import { octetsToString } from '../src/smtp/bytes.ts';
import { replyFrom, showReply } from '../src/smtp/reply.ts';
import type { Decision } from '../src/sandbox/policy/decision.ts';
import type { Recipients } from '../src/sandbox/policy/facts.ts';
import type { DomainRecord } from '../src/sandbox/store/account-record.ts';
import { policyMutant, type Mutant } from './mutant.ts';

/** Whether a decision answers with this reply. */
const says = (decision: Decision, reply: string): boolean => showReply(decision.reply) === reply;

const mailboxFull = '553 Recipient has exceeded mailbox limit';
const unsubscribed = '550 Email receiver unsubscribe or complaint';

/** The planted faults, each of its own kind. */
export const mutants: readonly Mutant[] = [
  policyMutant(
    {
      id: '535-without-enhanced-code',
      rule: 'reply.format',
      wrong: 'omits 5.7.8',
      alsoTouches: [
        'error.535',
        'error.535.blocked',
        'error.454',
        'error.454.window',
        'auth.regenerate',
        'auth.mechanisms',
      ],
    },
    (own, hit) => ({
      credentials: (facts) => {
        const decision = own.credentials(facts);
        if (decision.kind === 'accept' || decision.reply.code !== 535) return decision;
        hit();
        return { ...decision, reply: replyFrom('535 Incorrect login or password') };
      },
    }),
  ),
  policyMutant(
    {
      id: '454-passed-by-the-right-password',
      rule: 'error.454.window',
      wrong: 'lets the right password pass the lock',
      alsoTouches: [],
    },
    (own, hit) => ({
      credentials: (facts) => {
        const right = facts.connection.kind === 'known' && facts.connection.passwordMatches;
        const decision = own.credentials(facts);
        if (!right || decision.kind === 'accept' || decision.reply.code !== 454) return decision;
        hit();
        return own.credentials({ ...facts, failedAt: [] });
      },
    }),
  ),
  {
    id: '451-lifts-a-millisecond-late',
    rule: 'error.451.window',
    wrong: 'lifts the rate limit after 10.001 s',
    alsoTouches: ['error.451'],
    parts: (hit) => ({
      store: (own) => ({
        ...own,
        readAcceptedMails: async (connection, since) => {
          const times = await own.readAcceptedMails(connection, since - 1);
          if (times.includes(since)) hit();
          return times.map((at) => at + 1);
        },
      }),
    }),
  },
  policyMutant(
    {
      id: '450-drops-accepted-recipients',
      rule: 'error.450.stage',
      wrong: 'drops the recipients accepted before the 450',
      alsoTouches: ['error.450'],
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
  policyMutant(
    {
      id: '421-domain-stays-open',
      rule: 'error.421-domain.stage',
      wrong: 'stays open after `421 Domain not verify`',
      alsoTouches: [],
    },
    (own, hit) => ({
      mail: (facts) => {
        const decision = own.mail(facts);
        if (decision.kind === 'accept' || !says(decision, '421 Domain not verify')) return decision;
        hit();
        return { ...decision, kind: 'refuse' };
      },
    }),
  ),
  {
    id: '553-accepts-another-accounts-domain',
    rule: 'error.553-domain.stage',
    wrong: "accepts another account's domain",
    alsoTouches: [],
    parts: (hit) => {
      const everybodys = new Map<string, DomainRecord>();
      return {
        store: (own) => ({
          ...own,
          createAccount: async (account) => {
            await own.createAccount(account);
            for (const domain of account.domains) if (domain.verified) everybodys.set(domain.key, domain);
          },
          readSenderDomains: async (account, keys) => {
            const mine = await own.readSenderDomains(account, keys);
            const others = keys.flatMap((key) => {
              const found = mine.some((each) => each.key === key) ? undefined : everybodys.get(key);
              return found === undefined ? [] : [found];
            });
            if (others.length > 0) hit();
            return [...mine, ...others];
          },
        }),
      };
    },
  },
  policyMutant(
    {
      id: '550-unsubscribed-closes',
      rule: 'error.550-unsubscribed.stage',
      wrong: 'closes the session on the unsubscribed 550',
      alsoTouches: [
        'error.550-unsubscribed',
        'billing.per-recipient',
        'history.rows',
        'reply.format',
        'protocol.pipelining',
        'protocol.data-needs-recipient',
      ],
    },
    (own, hit) => ({
      rcpt: (facts) => {
        const decision = own.rcpt(facts);
        if (decision.kind === 'accept' || !says(decision, unsubscribed)) return decision;
        hit();
        return { ...decision, kind: 'refuse and close' };
      },
    }),
  ),
  policyMutant(
    {
      id: '553-mailbox-as-552',
      rule: 'error.553-mailbox',
      wrong: 'says 552 for a full mailbox',
      alsoTouches: [
        'error.553-mailbox.stage',
        'billing.per-recipient',
        'reply.format',
        'protocol.pipelining',
        'protocol.data-needs-recipient',
      ],
    },
    (own, hit) => ({
      rcpt: (facts) => {
        const decision = own.rcpt(facts);
        if (decision.kind === 'accept' || !says(decision, mailboxFull)) return decision;
        hit();
        return { ...decision, reply: replyFrom('552 Recipient has exceeded mailbox limit') };
      },
    }),
  ),
  policyMutant(
    {
      id: '550-from-in-the-body-passes',
      rule: 'error.550-from',
      wrong: 'takes a From in the body for one',
      alsoTouches: [],
    },
    (own, hit) => ({
      endOfData: (facts) => {
        const decision = own.endOfData(facts);
        const hasField = headerFields(facts.message).some((field) => field.name.toLowerCase() === 'from');
        const inBody = /\r\nFrom:(.*)\r\n/i.exec(octetsToString(facts.message))?.[1];
        if (decision.kind === 'accept' || hasField || inBody === undefined) return decision;
        hit();
        return { kind: 'accept', reply: replyFrom(`250 Ok, from ${mailboxesIn(inBody).length} in the body`) };
      },
    }),
  ),
  policyMutant(
    {
      id: '421-maintenance-greets',
      rule: 'error.421-unavailable.stage',
      wrong: 'greets in maintenance',
      alsoTouches: ['error.421-unavailable'],
    },
    (own, hit) => ({
      connect: (facts, name) => {
        if (!facts.maintenance) return own.connect(facts, name);
        hit();
        return own.connect({ ...facts, maintenance: false }, name);
      },
    }),
  ),
];
