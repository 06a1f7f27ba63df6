import { describe, expect, test } from 'vitest';
import { stringToOctets as octets } from '../../smtp/bytes.ts';
import { compareAsSent } from './as-sent.ts';

describe('as sent', () => {
  const sent = 'From: a@b.example\r\nTo: c@d.example\r\nBcc: secret@d.example\r\n\r\n.text\r\n';
  const bare = 'From: a@b.example\r\nTo: c@d.example\r\n\r\n.text\r\n';
  const top =
    'Bcc: x@d.example\r\nReturn-Path: <a@b.example>\r\nReceived: from us\r\n\tfor <x@d.example>; now\r\n' +
    'Received: from client\r\nX-Gauntlet-Email: e1\r\nMessage-ID: <1@b.example>\r\nDate: now\r\n';
  const compare = (message: string, copy: string) =>
    compareAsSent(octets(message), octets(copy), 'x@d.example');

  test('what the way adds is taken off, the message’s own Bcc too', () => {
    expect(compare(sent, top + bare)).toEqual({ kind: 'same' });
  });

  test.each([
    ['the Bcc field left in', `${top}${sent}`],
    ['a Bcc that names somebody else', `Bcc: secret@d.example\r\n${top.slice(18)}${bare}`],
    ['a field added', `${top}X-Mailer: y\r\n${bare}`],
    ['a third Received', `Received: z\r\n${top}${bare}`],
    ['LF for CRLF', top + bare.replaceAll('\r\n', '\n')],
    ['a dot lost', top + bare.replace('.text', 'text')],
    ['a byte more at the end', `${top}${bare}x`],
  ])('%s differs', (_what, copy) => {
    expect(compare(sent, copy)).toMatchObject({ kind: 'differs', why: expect.stringContaining('line ') });
  });

  test('a Message-ID that the message brings must stay the one', () => {
    const own = `Message-ID: <own@b.example>\r\n${bare}`;
    expect(compare(own, `Received: x\r\n${own}`)).toEqual({ kind: 'same' });
    expect(compare(own, `Received: x\r\nMessage-ID: <other@b.example>\r\n${own}`).kind).toBe('differs');
  });

  test('the sender’s own Received must not be stripped', () => {
    const own = `Received: from inside\r\n${bare}`;
    expect(compare(own, `Received: a\r\nReceived: b\r\n${own}`)).toEqual({ kind: 'same' });
    expect(compare(own, `Received: a\r\nReceived: b\r\n${bare}`).kind).toBe('differs');
  });
});
