import type { RuleId } from '../../src/contract/rule.ts';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { Submission } from '../../src/sandbox/store/account-record.ts';
import type { Delivery, HandOver } from '../../src/sandbox/relay/delivery.ts';
import { octetsToString, stringToOctets } from '../../src/smtp/bytes.ts';
import { dotStuff, fieldsNamed, headerFields, withoutFields } from '../../src/smtp/message.ts';
import { openLedger } from '../ledger.ts';
import type { Hit, Mutant, MutantFacts } from '../mutant.ts';
import { namedIn, withEmails } from './billing.ts';

/** A mutant that makes emails of some recipients only, and charges for all. */
function emailsMutant(facts: MutantFacts, choose: (submission: Submission) => Submission['emails']): Mutant {
  return {
    ...facts,
    parts: (hit) => {
      const ledger = openLedger();
      return {
        store: (own) => ({
          ...ledger.over(own),
          commit: async (submission) => {
            const emails = choose(submission);
            if (emails.length === 0 || emails.length === submission.emails.length)
              return own.commit(submission);
            hit();
            const result = await own.commit(withEmails(submission, emails));
            ledger.charge(submission.account, submission.emails.length - emails.length);
            return result;
          },
        }),
      };
    },
  };
}

/** A mutant that hands another message over than it should. */
export function writerMutant(
  facts: MutantFacts,
  change: (delivery: Delivery, hit: Hit) => Uint8Array,
): Mutant {
  return {
    ...facts,
    parts: (hit) => ({
      writer: (own) => ({
        ...own,
        handOver: (delivery) => own.handOver({ ...delivery, message: change(delivery, hit) }),
      }),
    }),
  };
}

/** Hands octets over as they are: the library below our own writer mends line ends. */
async function handOverAsItIs(
  { host, port }: { readonly host: string; readonly port: number },
  { reversePath, forwardPath }: Delivery,
  octets: string,
): Promise<HandOver> {
  const socket = connect(port, host);
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const say = async (text: string): Promise<void> => {
    socket.write(Buffer.from(text, 'latin1'));
    for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
      if (/^\d{3}(?: |$)/.test(line.value)) return;
    }
  };
  await say('');
  for (const command of ['EHLO mutant', `MAIL FROM:<${reversePath}>`, `RCPT TO:<${forwardPath}>`, 'DATA']) {
    await say(`${command}\r\n`);
  }
  await say(`${octets}\r\n.\r\n`);
  socket.end('QUIT\r\n');
  return { kind: 'taken' };
}

/** Rules whose scenarios compare each octet of what was delivered. */
const comparedAsSent: readonly RuleId[] = [
  'billing.duplicate',
  'billing.per-recipient',
  'billing.plans.kinds',
  'billing.split',
  'connection.block.limit',
  'delivery.envelope',
  'delivery.no-dsn',
  'delivery.trace',
  'error.550-from',
  'history.statuses',
  'protocol.eightbit',
  'protocol.transparency',
];

/** Gateways that deliver something else than was submitted, or to somebody else. */
export const deliveryMutants: readonly Mutant[] = [
  emailsMutant(
    {
      id: 'one-email-for-all-recipients',
      rule: 'billing.split',
      wrong: 'makes one email of a message for several recipients',
      alsoTouches: [
        'billing.on-accept',
        'billing.per-recipient',
        'billing.plans.kinds',
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
    ({ emails }) => emails.slice(0, 1),
  ),
  emailsMutant(
    {
      id: 'no-email-for-bcc',
      rule: 'billing.split',
      wrong: 'makes no email for a recipient that the header does not name',
      alsoTouches: ['billing.per-recipient', 'delivery.content', 'error.450.stage'],
    },
    (submission) =>
      submission.emails.filter((email) => namedIn({ ...submission, emails: [email] }, ['To', 'Cc']) > 0),
  ),
  {
    id: 'bcc-field-left-in',
    rule: 'delivery.content',
    wrong: 'leaves the `Bcc:` field in',
    alsoTouches: ['billing.per-recipient'],
    // the relay takes it out before the writer sees the message: here it goes by under another name
    parts: (hit) => ({
      store: (own) => ({
        ...own,
        takeDue: async (...asked) =>
          (await own.takeDue(...asked)).map((email) => ({
            ...email,
            message: stringToOctets(octetsToString(email.message).replaceAll(/^Bcc:/gim, 'Xcc:')),
          })),
      }),
      writer: (own) => ({
        ...own,
        handOver: (delivery) => {
          const text = octetsToString(delivery.message);
          if (/^Xcc:/m.test(text)) hit();
          return own.handOver({ ...delivery, message: stringToOctets(text.replaceAll(/^Xcc:/gm, 'Bcc:')) });
        },
      }),
    }),
  },
  writerMutant(
    {
      id: 'header-added',
      rule: 'delivery.content',
      wrong: 'adds a header field of its own',
      alsoTouches: comparedAsSent,
    },
    ({ message }, hit) => {
      hit();
      return Buffer.concat([Buffer.from('X-Mailer: gateway\r\n'), message]);
    },
  ),
  {
    id: 'lf-for-crlf',
    rule: 'delivery.content',
    wrong: 'ends the lines of a message with LF in place of CRLF',
    alsoTouches: comparedAsSent,
    parts: (hit, smarthost) => ({
      writer: (own) => ({
        ...own,
        handOver: (delivery) => {
          hit();
          const stuffed = octetsToString(dotStuff(delivery.message));
          return handOverAsItIs(smarthost, delivery, stuffed.replaceAll('\r\n', '\n'));
        },
      }),
    }),
  },
  writerMutant(
    {
      id: 'received-of-the-sender-stripped',
      rule: 'delivery.content',
      wrong: "strips the sender's own `Received` fields",
      alsoTouches: [],
    },
    ({ message }, hit) => {
      const [, ...others] = fieldsNamed(headerFields(message), 'Received');
      if (others.length > 0) hit();
      return withoutFields(message, others);
    },
  ),
  writerMutant(
    {
      id: 'trailing-blanks-trimmed',
      rule: 'delivery.content',
      wrong: 'trims blanks at the end of lines',
      alsoTouches: [],
    },
    ({ message }, hit) => {
      const text = octetsToString(message);
      const trimmed = text.replaceAll(/[ \t]+\r\n/g, '\r\n');
      if (trimmed !== text) hit();
      return stringToOctets(trimmed);
    },
  ),
  {
    id: 'every-email-to-the-first-recipient',
    rule: 'delivery.envelope',
    wrong: "hands every recipient's email over to the first recipient",
    alsoTouches: [
      'billing.per-recipient',
      'billing.plans.kinds',
      'billing.split',
      'delivery.content',
      'error.450.stage',
      'history.statuses',
      'protocol.order',
      'protocol.recipients',
    ],
    parts: (hit) => {
      const first = new Map<string, string>();
      return {
        writer: (own) => ({
          ...own,
          handOver: (delivery) => {
            const [id] = fieldsNamed(headerFields(delivery.message), 'Message-ID');
            const key = `${delivery.reversePath} ${id?.value}`;
            const forwardPath = first.get(key) ?? delivery.forwardPath;
            first.set(key, forwardPath);
            if (forwardPath !== delivery.forwardPath) hit();
            return own.handOver({ ...delivery, forwardPath });
          },
        }),
      };
    },
  },
  {
    id: 'bounce-mailed-to-the-sender',
    rule: 'delivery.no-dsn',
    wrong: 'mails the sender a notification of a bounce',
    alsoTouches: [
      'connection.block',
      'connection.block.limit',
      'history.filter',
      'history.rows',
      'statistics.totals',
    ],
    parts: (hit) => {
      const submissions = new Map<string, Submission>();
      return {
        store: (own) => ({
          ...own,
          commit: (submission) => {
            for (const { id } of submission.emails) submissions.set(id, submission);
            return own.commit(submission);
          },
          setEmailStatus: async (email, outcome) => {
            const bounced = outcome.status === 'bounced' ? submissions.get(email) : undefined;
            if (bounced !== undefined) {
              hit();
              const emails = [{ id: `bounce-of-${email}`, forwardPath: bounced.reversePath }];
              // the notification itself costs nothing: what it costs would be another fault
              const charge = { sends: 0, sources: [], ofSendLimit: 0, quotas: [] };
              await own.commit({ ...bounced, emails, charge, reversePath: '', subject: 'Undelivered' });
            }
            await own.setEmailStatus(email, outcome);
          },
        }),
      };
    },
  },
];
