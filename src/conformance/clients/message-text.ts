/** The text of a message as its reader sees it: enough of MIME for one text part. Pure. */
import { fieldsNamed, headerFields } from '../../smtp/message.ts';

/** The first text part, decoded; the body as it is where nothing says otherwise. One character an octet goes in. */
export function textOf(message: string): string {
  const [head = '', body = ''] = message.split(/\r\n\r\n(.*)/s);
  const fields = headerFields(Buffer.from(`${head}\r\n\r\n`, 'latin1'));
  const value = (name: string) => fieldsNamed(fields, name)[0]?.value ?? '';
  const boundary = /boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(value('content-type'));
  const mark = boundary?.[1] ?? boundary?.[2];
  if (/^\s*multipart\//i.test(value('content-type')) && mark !== undefined) {
    const parts = `\r\n${body}`.split(`\r\n--${mark}`).slice(1);
    const texts = parts.map((part) => textOf(part.replace(/^[ \t]*\r\n/, '')));
    return texts.find((text) => text !== '') ?? '';
  }
  return decode(body, value('content-transfer-encoding').trim().toLowerCase());
}

function decode(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1').toString('utf8');
  const octets = body
    .replaceAll(/=[ \t]*\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1').toString('utf8');
}
