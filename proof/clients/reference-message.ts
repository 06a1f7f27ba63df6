import { randomUUID } from 'node:crypto';
import type { Order } from '../../src/conformance/clients/order.ts';

/**
 * A message and its final dot. Its text is in base64, so that no line begins with a dot or is too long; as it is, what a
 * line with a dot does is left to chance.
 */
export function messageOf({ from, to, text }: Order, body: 'in base64' | 'as it is'): string {
  const encoded = Buffer.from(text).toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  return [
    `From: <${from}>`,
    `To: ${to.map((address) => `<${address}>`).join(', ')}`,
    'Subject: Order 1',
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${randomUUID()}@client.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    ...(body === 'in base64'
      ? ['Content-Transfer-Encoding: base64', '', encoded]
      : ['', text.replaceAll('\n', '\r\n')]),
    '.',
    '',
  ].join('\r\n');
}
