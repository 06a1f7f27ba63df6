import { randomUUID } from 'node:crypto';
import type { Order } from '../../src/conformance/clients/order.ts';
import type { Fault } from './reference-faults.ts';

/**
 * A message and its final dot. Its text is in base64, so that no line begins with a dot or is too long; as it is, what a
 * line with a dot does is left to chance.
 */
export function messageOf(order: Order, sender: string, faults: ReadonlySet<Fault>): string {
  const { fromName, to, bcc, subject, text } = order;
  const encoded = Buffer.from(text).toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  const isRaw =
    faults.has('an unquoted name') || (faults.has('line ends in fields') && /[\r\n]/.test(fromName));
  return [
    `From: ${isRaw ? fromName : encodedWord(fromName)} <${sender}>`,
    `To: ${to.map((address) => `<${encodedDomain(address)}>`).join(', ')}`,
    ...(faults.has('Bcc in the header') && bcc.length > 0 ? [`Bcc:\r\n ${bcc.join(', ')}`] : []),
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${randomUUID()}@client.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    ...(faults.has('no dot-stuffing')
      ? ['', text.replaceAll(/\r?\n/g, '\r\n')]
      : ['Content-Transfer-Encoding: base64', '', encoded]),
    '.',
    '',
  ].join('\r\n');
}

/** The header knows no letters outside ASCII (RFC 5322 §2.2), and a name with its own marks is no atom. */
function encodedWord(name: string): string {
  return /^[\w ]*$/.test(name) ? name : `=?utf-8?B?${Buffer.from(name).toString('base64')}?=`;
}

/** An address in the header; one with letters outside ASCII is left out of what people read. */
function encodedDomain(address: string): string {
  return /^[\r\n -~]*$/.test(address) ? address : 'hidden@client.example';
}
