import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import type { Notice } from '../policy/fate.ts';
import { writeNotice } from './notice.ts';

const email = {
  id: 'email-1',
  sender: 'shop@x.example',
  recipient: 'bounce+a@y.example',
  time: Date.parse('2026-01-15T12:00:00Z'),
  messageId: '<1@x.example>',
  subject: 'Grüße',
};
const original = Buffer.from(
  'From: shop@x.example\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nHäl\r\n.\r\n',
);

const read = async (notice: Notice) => {
  const { reversePath, forwardPath, message } = await writeNotice(notice, email, original);
  expect([reversePath, forwardPath]).toEqual(['', 'shop@x.example']);
  const text = Buffer.from(message).toString('utf8');
  // every line ends with CRLF, or the next host refuses it
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  return { text, mail: await PostalMime.parse(message, { rfc822Attachments: true }) };
};

describe('what comes back for an email', () => {
  test('a bounce is a report of RFC 3464 with the message in it, as it was', async () => {
    const { text, mail } = await read({
      kind: 'bounce',
      from: 'MAILER-DAEMON@gateway.example',
      reportingMta: 'gateway.example',
      status: '5.1.1',
      diagnostic: '550 5.1.1 user unknown',
    });
    expect(text).toMatch(/^Content-Type: multipart\/report; report-type=delivery-status;\s+boundary=/m);
    expect(mail.from?.address).toBe('MAILER-DAEMON@gateway.example');
    expect(mail.to?.map(({ address }) => address)).toEqual(['shop@x.example']);
    expect(mail.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
    expect(text).toContain(
      [
        'Reporting-MTA: dns; gateway.example',
        'Arrival-Date: Thu, 15 Jan 2026 12:00:00 +0000',
        '',
        'Final-Recipient: rfc822; bounce+a@y.example',
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 user unknown',
        '',
      ].join('\r\n'),
    );
    expect(mail.attachments.map(({ mimeType }) => mimeType)).toEqual([
      'message/delivery-status',
      'message/rfc822',
    ]);
    expect(text).toContain(original.toString('utf8'));
  });

  test('a complaint is a report of RFC 5965', async () => {
    const { text } = await read({
      kind: 'complaint',
      from: 'complaints@gateway.example',
      userAgent: 'Gateway/1',
    });
    expect(text).toMatch(/^Content-Type: multipart\/report; report-type=feedback-report;\s+boundary=/m);
    expect(text).toContain('Feedback-Type: abuse\r\nUser-Agent: Gateway/1\r\nVersion: 1\r\n');
    expect(text).toContain('Original-Rcpt-To: <bounce+a@y.example>\r\n');
    expect(text).toContain(original.toString('utf8'));
  });

  test('an automatic response is one of RFC 3834', async () => {
    const { mail } = await read({ kind: 'automatic response', text: 'I am away.\r\n' });
    expect(mail.subject).toBe('Auto: Grüße');
    expect(mail.from?.address).toBe('bounce+a@y.example');
    expect(mail.inReplyTo).toBe('<1@x.example>');
    expect(mail.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-replied');
    expect(mail.text).toContain('I am away.');
  });

  test('the same email has the same notice, to the octet', async () => {
    const notice = { kind: 'automatic response', text: 'I am away.' } as const;
    expect(await writeNotice(notice, email, original)).toEqual(await writeNotice(notice, email, original));
  });
});
