/** One email over the control API, with its message as long as that is kept. */
import { describe, expect, test } from 'vitest';
import { emailDetailSchema } from '../control-api/email-schemas.ts';
import { sendSettled, senderOf, startProbed } from './probe-fixture.ts';

const DAY = 24 * 60 * 60_000;

async function kept() {
  const probed = await startProbed({ keepMs: DAY });
  const account = await probed.newAccount();
  const url = `${probed.sandbox.controlUrl}/accounts/${account.id}/emails`;
  const show = async (id: string) => emailDetailSchema.parse(await (await fetch(`${url}/${id}`)).json());
  return { probed, account, url, show, [Symbol.asyncDispose]: () => probed[Symbol.asyncDispose]() };
}

test('an email shows envelope, header in order, text, HTML, attachments and the rows of its message', async () => {
  await using world = await kept();
  const { probed, account, show } = world;
  const sender = senderOf(account);
  const message = [
    `From: =?utf-8?q?Gr=C3=B6=C3=9Fe?= <${sender}>`,
    'X-Second: two',
    'Subject: folded',
    ' over lines',
    'X-Second: again',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: multipart/alternative; boundary=c',
    '',
    '--c',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'gr=C3=BCn',
    '--c',
    'Content-Type: text/html',
    '',
    '<script>alert(1)</script><b>bold</b>',
    '--c--',
    '--b',
    'Content-Type: application/pdf; name="bill.pdf"',
    'Content-Disposition: attachment; filename="bill.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    'AAECAwQ=',
    '--b--',
  ].join('\r\n');
  const rows = await sendSettled(probed, account, ['one@a.example', 'two@a.example'], message);
  const detail = await show(rows[1]?.id ?? '');
  expect(detail).toMatchObject({
    email: { recipient: 'two@a.example', status: 'delivered' },
    envelope: { reversePath: sender, forwardPath: 'two@a.example' },
    attempts: 1,
    sameMessage: [{ recipient: 'one@a.example' }, { recipient: 'two@a.example' }],
    contentGone: null,
    content: {
      html: expect.stringContaining('<script>alert(1)</script><b>bold</b>'),
      attachments: [{ name: 'bill.pdf', mediaType: 'application/pdf', size: 5 }],
      cut: false,
    },
  });
  expect(detail.content?.text?.trim()).toBe('grün');
  expect(detail.content?.header.map(({ name }) => name)).toEqual([
    'From',
    'X-Second',
    'Subject',
    'X-Second',
    'MIME-Version',
    'Content-Type',
  ]);
  expect(detail.content?.header[2]?.value).toBe('folded over lines');
  const { sessions } = await probed.sandbox.operations.listSessions(account.id);
  expect(sessions.map(({ id }) => id)).toContain(detail.session);
});

test('the raw octets are those that the client submitted, as a file', async () => {
  await using world = await kept();
  const { probed, account, url } = world;
  const message = `From: <${senderOf(account)}>\r\nBcc: hidden@a.example\r\n\r\n..dot\r\n`;
  const [row] = await sendSettled(probed, account, ['one@a.example'], message.slice(0, -2));
  const response = await fetch(`${url}/${row?.id}/raw`);
  expect(response.headers.get('content-type')).toBe('message/rfc822');
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${row?.id}.eml"`);
  expect(await response.text()).toBe(message.replace('..dot', '.dot'));
});

describe('what can be read of a strange message', () => {
  test.each([
    ['a header alone', 'X: y', { text: null, html: null, attachments: [] }],
    ['no text in a MIME type that nobody knows', 'Content-Type: x/y\r\n\r\nz', { html: null }],
    [
      'parts nested deeper than anybody writes them',
      `Content-Type: multipart/mixed; boundary=b0\r\n\r\n${Array.from({ length: 400 }, (_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`).join('')}`,
      {},
    ],
    [
      'more boundaries than are read',
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'boundary '.repeat(600)}`,
      { cut: true, text: null },
    ],
    ['a text that is longer than is shown', `\r\n${`${'x'.repeat(900)}\r\n`.repeat(1_300)}`, { cut: true }],
    ['a header that is longer than is shown', `${'X: '.padEnd(900, 'x')}\r\n`.repeat(400), { cut: true }],
  ])('%s', async (_what, rest, expected) => {
    await using world = await kept();
    const { probed, account, show } = world;
    const message = `From: <${senderOf(account)}>\r\n${rest}`.replace(/\r\n$/, '');
    const [row] = await sendSettled(probed, account, ['one@a.example'], message);
    expect((await show(row?.id ?? '')).content).toMatchObject(expected);
  });
});

test('a body that is forgotten is said to be, with what to do; the row stays', async () => {
  await using probed = await startProbed();
  const account = await probed.newAccount();
  const [row] = await sendSettled(
    probed,
    account,
    ['one@a.example'],
    `From: <${senderOf(account)}>\r\n\r\nx`,
  );
  const url = `${probed.sandbox.controlUrl}/accounts/${account.id}/emails/${row?.id}`;
  let response = await fetch(`${url}/raw`);
  // housekeeping comes by once a second
  while (response.status === 200) response = await fetch(`${url}/raw`);
  expect([response.status, await response.json()]).toMatchObject([410, { code: 'body-forgotten' }]);
  const detail = emailDetailSchema.parse(await (await fetch(url)).json());
  expect(detail).toMatchObject({ email: { id: row?.id }, content: null });
  expect(detail.contentGone).toContain('--keep');
});

test('an email of another account is none, nor is one that nobody sent', async () => {
  await using world = await kept();
  const { probed, account, url } = world;
  const other = await probed.newAccount();
  const [row] = await sendSettled(probed, other, ['one@a.example'], `From: <${senderOf(other)}>\r\n\r\nx`);
  for (const id of [row?.id, 'nobody', '%22%0d%0ax']) {
    for (const path of [`${url}/${id}`, `${url}/${id}/raw`, `${url}/${id}/html`]) {
      const response = await fetch(path);
      expect([response.status, await response.json()]).toMatchObject([404, { code: 'no-such-email' }]);
    }
  }
  expect(account.id).not.toBe(other.id);
});

test('the HTML part alone is a page that may run and load nothing; a mail without one gives an empty page', async () => {
  await using world = await kept();
  const { probed, account, url } = world;
  const from = `From: <${senderOf(account)}>`;
  const sent = async (message: string) => {
    const rows = await sendSettled(probed, account, ['one@a.example'], message);
    return fetch(`${url}/${rows.at(-1)?.id}/html`);
  };
  const html = await sent(`${from}\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>`);
  expect(await html.text()).toContain('<script>alert(1)</script>');
  expect(html.headers.get('content-type')).toContain('text/html');
  const policy = html.headers.get('content-security-policy') ?? '';
  for (const part of ['sandbox;', "default-src 'none'", "frame-ancestors 'self'"])
    expect(policy).toContain(part);
  expect(policy).not.toMatch(/allow-|script-src|https?:/);
  const plain = await sent(`${from}\r\n\r\nno markup`);
  expect([plain.status, await plain.text()]).toEqual([200, '']);
});
