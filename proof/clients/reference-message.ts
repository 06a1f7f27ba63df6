import { randomUUID } from 'node:crypto';
import type { Order } from '../../src/conformance/clients/order.ts';

/** A message with its text in base64, so that no line begins with a dot or is too long, and its final dot. */
export function messageOf({ from, to, text }: Order): string {
  const encoded = Buffer.from(text).toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  return [
    `From: <${from}>`,
    `To: ${to.map((address) => `<${address}>`).join(', ')}`,
    'Subject: Order 1',
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${randomUUID()}@client.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    encoded,
    '.',
    '',
  ].join('\r\n');
}
