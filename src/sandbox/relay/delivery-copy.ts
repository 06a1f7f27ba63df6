import { concatOctets, encodeUtf8 } from '../../smtp/bytes.ts';
import { fieldsNamed, headerFields, hiddenRecipientFields, withoutFields } from '../../smtp/message.ts';
import type { QueuedEmail } from '../store/account-record.ts';

/** What all copies of a message have in common. */
export interface DeliverableMessage {
  /** As submitted, but for the fields that name hidden recipients. */
  readonly octets: Uint8Array;
  readonly hasMessageId: boolean;
  readonly hasDate: boolean;
}

/** Reads a message once for all its copies. */
export function deliverableMessage(message: Uint8Array): DeliverableMessage {
  const fields = headerFields(message);
  return {
    octets: withoutFields(message, hiddenRecipientFields(fields)),
    hasMessageId: fieldsNamed(fields, 'Message-ID').length > 0,
    hasDate: fieldsNamed(fields, 'Date').length > 0,
  };
}

/**
 * What goes to the mailbox (rules `delivery.content`, `delivery.envelope`): on top one Received field that names this
 * email's one forward-path, and the email's handle; a Message-ID and a Date where the message has none; then the
 * message as submitted, but for the fields that name hidden recipients.
 */
export function deliveryCopy(
  email: Pick<QueuedEmail, 'id' | 'recipient' | 'time' | 'trace' | 'messageId'>,
  { octets, hasMessageId, hasDate }: DeliverableMessage,
): Uint8Array {
  const date = rfc5322Date(email.time);
  const top = [
    `Received: ${email.trace} id ${email.id}\r\n\tfor <${email.recipient}>; ${date}\r\n`,
    `X-Gauntlet-Email: ${email.id}\r\n`,
    ...(hasMessageId ? [] : [`Message-ID: ${email.messageId}\r\n`]),
    ...(hasDate ? [] : [`Date: ${date}\r\n`]),
  ];
  return concatOctets([encodeUtf8(top.join('')), octets]);
}

/** A date as RFC 5322 §3.3 writes it, in UTC. */
export function rfc5322Date(time: number): string {
  return new Date(time).toUTCString().replace('GMT', '+0000');
}
