import { describe, expect, test } from 'vitest';
import { MOST_PARTS } from '../../smtp/mime-bounds.ts';
import { textOf } from './message-text.ts';

const euro = 'Grüße, 10 €';
/** The letters above in other charsets, as Python's codecs write them. */
const OCTETS = {
  'iso-8859-15': '4772fcdf652c20313020a4',
  'windows-1252': '4772fcdf652c2031302080',
  'utf-16': 'fffe47007200fc00df0065002c00200031003000200 0ac20'.replaceAll(' ', ''),
  'utf-16be': '0047007200fc00df0065002c002000310030002020ac',
} as const;

const encoded = (charset: string, octets: Buffer) =>
  `MIME-Version: 1.0\r\nContent-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n${octets.toString('base64')}\r\n`;

describe('the text of a message', () => {
  const head = 'MIME-Version: 1.0\r\nSubject: x\r\nContent-Type: text/plain; charset=utf-8\r\n';
  test.each([
    ['as it is', `${head}\r\n\xc3\xa4 x\r\n`, 'ä x\n'],
    [
      'quoted-printable',
      `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n10 =E2=82=\r\n=AC =\r\nx`,
      '10 € x\n',
    ],
    [
      'the first of several parts',
      'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\none\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>two\r\n--b--\r\n',
      'one\n',
    ],
    [
      'flowed, with a line that was stuffed (RFC 3676)',
      'MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii; format=flowed\r\n\r\na \r\nb\r\n From c\r\n',
      'a b\nFrom c\n',
    ],
    ...Object.entries(OCTETS).map(
      ([charset, octets]) => [charset, encoded(charset, Buffer.from(octets, 'hex')), euro] as const,
    ),
    [
      'utf-16 that says by its mark that it is big-endian',
      encoded('utf-16', Buffer.from(`feff${OCTETS['utf-16be']}`, 'hex')),
      euro,
    ],
    ['shift_jis', encoded('shift_jis', Buffer.from('93fa967b', 'hex')), '日本'],
  ] as const)('%s', async (_what, message, text) => {
    const read = await textOf(message);
    expect(read.kind === 'text' ? read.text.trimEnd() : read).toBe(text.trimEnd());
  });

  test('in a charset that is not known here', async () => {
    expect(await textOf(encoded('x-nobody-knows', Buffer.from('a')))).toEqual({
      kind: 'unknown charset',
      charset: 'x-nobody-knows',
    });
  });

  test('of more parts than anybody sends', async () => {
    const parts = '--b\r\nContent-Type: text/plain\r\n\r\none\r\n'.repeat(MOST_PARTS + 1);
    const multipart = 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n';
    expect(await textOf(`${multipart}${parts}`)).toEqual({ kind: 'no text' });
  });

  test('that has no text part', async () => {
    const page = 'MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>one\r\n';
    expect(await textOf(page)).toEqual({ kind: 'no text' });
  });
});
