import { octetsToString, stringToOctets } from '../../src/smtp/bytes.ts';
import { fieldsNamed, headerFields } from '../../src/smtp/message.ts';
import { storeMutant, type Mutant } from '../mutant.ts';
import { writerMutant } from './delivery.ts';

/** Rules whose scenarios hold every copy against what was submitted, and keep their own rule. */
const aboutDelivery = [
  'delivery.content',
  'delivery.envelope',
  'delivery.no-dsn',
  'protocol.transparency',
] as const;

const bad: ReadonlySet<string> = new Set(['bounced', 'rejected']);
const reactions: ReadonlySet<string> = new Set(['unsubscribed', 'complained']);

/** Gateways that are right until a name is spelled otherwise, a clock was moved, or a recipient reacts later. */
export const spellingMutants: readonly Mutant[] = [
  writerMutant(
    {
      id: 'received-without-its-tls',
      modes: ['465+tls'],
      rule: 'delivery.trace',
      wrong: 'says of every message that it came without TLS',
      alsoTouches: aboutDelivery,
    },
    ({ message }, hit) => {
      const text = octetsToString(message);
      const changed = text.replace(/with (ESMTP|UTF8SMTP)SA/, 'with $1A');
      if (changed === text) return message;
      hit();
      return stringToOctets(changed);
    },
  ),
  writerMutant(
    {
      id: 'received-by-the-wall-clock',
      rule: 'delivery.trace',
      wrong: 'dates what it takes by the clock of the machine',
      alsoTouches: aboutDelivery,
    },
    ({ message }, hit) => {
      const text = octetsToString(message);
      const changed = text.replace(
        /(\r\n\tfor <[^\r\n]*>; )[^\r\n]*/,
        (_all, before: string) => `${before}${new Date().toUTCString().replace('GMT', '+0000')}`,
      );
      if (changed === text) return message;
      hit();
      return stringToOctets(changed);
    },
  ),
  writerMutant(
    {
      id: 'message-id-known-in-one-spelling',
      rule: 'delivery.content',
      wrong: 'adds a Message-ID where the field of that name is written in other letters',
      alsoTouches: [],
    },
    ({ message }, hit) => {
      const [field] = fieldsNamed(headerFields(message), 'Message-ID');
      if (field === undefined || ['Message-ID', 'Message-Id'].includes(field.name)) return message;
      hit();
      return stringToOctets(`Message-ID: <another@mutant.example>\r\n${octetsToString(message)}`);
    },
  ),
  {
    id: 'recipient-in-small-letters',
    rule: 'delivery.envelope',
    wrong: 'writes the local part of a recipient in small letters on the way to its server',
    alsoTouches: aboutDelivery,
    parts: (hit) => ({
      writer: (own) => ({
        ...own,
        handOver: (delivery) => {
          const small = delivery.forwardPath.toLowerCase();
          if (small === delivery.forwardPath) return own.handOver(delivery);
          hit();
          const text = octetsToString(delivery.message).replace(
            `for <${delivery.forwardPath}>`,
            `for <${small}>`,
          );
          return own.handOver({ ...delivery, forwardPath: small, message: stringToOctets(text) });
        },
      }),
    }),
  },
  storeMutant(
    {
      id: 'suppressed-as-it-was-written',
      rule: 'error.550-unsubscribed.stage',
      wrong: 'suppresses who unsubscribed in the letters of that mail only',
      alsoTouches: ['sandbox.recipients', 'history.statuses'],
    },
    (own, hit) => ({
      suppress: async (account, key, address) => {
        if (key !== address) hit();
        return own.suppress(account, address, address);
      },
    }),
  ),
  storeMutant(
    {
      id: 'complaints-are-bad-mailboxes',
      rule: 'connection.block.limit',
      wrong: 'counts recipients who unsubscribe or complain as bad mailboxes',
      alsoTouches: ['connection.block'],
    },
    (own, hit) => {
      const connectionOf = new Map<string, string>();
      const counts = new Map<string, number>();
      return {
        commit: async (submission) => {
          for (const { id } of submission.emails) connectionOf.set(id, submission.connection);
          return own.commit(submission);
        },
        setEmailStatus: async (id, outcome) => {
          await own.setEmailStatus(id, outcome);
          const connection = connectionOf.get(id);
          if (connection === undefined || !(bad.has(outcome.status) || reactions.has(outcome.status))) return;
          const count = (counts.get(connection) ?? 0) + 1;
          counts.set(connection, count);
          if (count <= 10 || !reactions.has(outcome.status)) return;
          hit();
          await own.setBlocked(connection, true);
        },
      };
    },
  ),
];
