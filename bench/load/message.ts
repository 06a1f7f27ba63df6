/** The domain that every peer takes as the sender's. */
export const senderDomain = 'bench.example';

const LINE = `${'The quick brown fox jumps over the lazy dog, again and again and '.padEnd(74, 'x')}\r\n`;

/** A message of so many octets, with its final dot; it holds no line that begins with a dot. */
export function messageOfSize(size: number): Buffer {
  const head = [
    `From: Shop <shop@${senderDomain}>`,
    'To: customer@customers.example',
    'Subject: Your order',
    'Date: Thu, 01 Jan 2026 00:00:00 +0000',
    `Message-ID: <1@${senderDomain}>`,
    '',
    '',
  ].join('\r\n');
  const body = LINE.repeat(Math.ceil(size / LINE.length)).slice(0, Math.max(0, size - head.length - 2));
  return Buffer.from(`${head}${body.replace(/\r?\n?$/, '')}\r\n.\r\n`, 'latin1');
}
