import { concatOctets, encodeUtf8 } from '../../smtp/bytes.ts';
import { fieldsNamed, headerFields, hiddenRecipientFields, withoutFields } from '../../smtp/message.ts';
import type { QueuedEmail } from '../store/account-record.ts';

/**
 * What goes to the mailbox (rules `delivery.content`, `delivery.envelope`): on top one Received field that names this
 * email's one forward-path, and the email's handle; a Message-ID and a Date where the message has none; then the
 * message as submitted, but for the fields that name hidden recipients.
 */
export function deliveryCopy(
  email: Pick<QueuedEmail, 'id' | 'recipient' | 'time' | 'trace' | 'message' | 'messageId'>,
): Uint8Array {
  const fields = headerFields(email.message);
  const date = rfc5322Date(email.time);
  const top = [
    `Received: ${email.trace} id ${email.id}\r\n\tfor <${email.recipient}>; ${date}\r\n`,
    `X-Gauntlet-Email: ${email.id}\r\n`,
    ...(fieldsNamed(fields, 'Message-ID').length === 0 ? [`Message-ID: ${email.messageId}\r\n`] : []),
    ...(fieldsNamed(fields, 'Date').length === 0 ? [`Date: ${date}\r\n`] : []),
  ];
  return concatOctets([
    encodeUtf8(top.join('')),
    withoutFields(email.message, hiddenRecipientFields(fields)),
  ]);
}

/** A date as RFC 5322 §3.3 writes it, in UTC. */
function rfc5322Date(time: number): string {
  return new Date(time).toUTCString().replace('GMT', '+0000');
}
