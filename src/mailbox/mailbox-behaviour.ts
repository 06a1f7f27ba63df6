import { MailpitClient } from 'mailpit-api';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMailboxClient, type MailboxClient, type StoredEmail } from './client.ts';
import type { MailboxHost } from './mailbox.ts';
import { describeSearchBehaviour } from './mailbox-search-behaviour.ts';
import { submit, submitAll, type SampleMail } from './speak-smtp-fixture.ts';

/** What every mailbox must do, whatever stands behind its API. */
export function describeMailboxBehaviour(open: () => Promise<MailboxHost>): void {
  let host: MailboxHost;
  let client: MailboxClient;
  let mailpit: MailpitClient;
  let numbers = 0;

  beforeAll(async () => {
    host = await open();
    client = openMailboxClient(host.api);
    mailpit = new MailpitClient(host.api);
  });
  afterAll(() => host[Symbol.asyncDispose]());

  const freshAddress = (): string => `reader${++numbers}@example.com`;
  const only = (emails: readonly StoredEmail[]): StoredEmail => {
    expect(emails).toHaveLength(1);
    const [email] = emails;
    if (email === undefined) throw new Error('no email');
    return email;
  };
  const deliver = async (submission: SampleMail): Promise<string> => {
    expect(await submit(host, submission)).toMatch(/^250 /);
    const [path = ''] = submission.to;
    const email = only(await client.emailsAddressedTo(path));
    return Buffer.from(await email.raw()).toString('latin1');
  };
  const from = 'sender@example.com';

  describe('raw text', () => {
    it('keeps every octet: 8-bit that is no UTF-8, long lines, dots, a byte order mark', async () => {
      const to = freshAddress();
      const body = `\xef\xbb\xbfa\xff\xfe\x80\r\n.\r\n..two\r\n${'x'.repeat(5000)}\r\n\r\n.end\r\n`;
      const message = `To: ${to}\r\nMessage-ID: <1@x>\r\nSubject: octets\r\n\r\n${body}`;
      const raw = await deliver({ from, to: [to], message });
      expect(raw.slice(raw.indexOf('To: '))).toBe(message);
    });

    it('gains Return-Path, then Received, on top', async () => {
      const to = freshAddress();
      const raw = await deliver({ from, to: [to], message: `To: ${to}\r\nMessage-ID: <1@x>\r\n\r\nhi\r\n` });
      expect(raw).toMatch(
        /^Return-Path: <sender@example\.com>\r\nReceived: from tester\.example \(.*\)\r\n {8}by .* with SMTP\r\n {8}for <reader\d+@example\.com>; .*\r\nTo: /,
      );
    });

    it('gains no Return-Path for the null reverse-path', async () => {
      const to = freshAddress();
      const raw = await deliver({
        from: '',
        to: [to],
        message: `To: ${to}\r\nMessage-ID: <1@x>\r\n\r\nhi\r\n`,
      });
      expect(raw).toMatch(/^Received: /);
    });

    it('has its own Return-Path replaced where it stood', async () => {
      const to = freshAddress();
      const message = `X-First: 1\r\nReturn-Path: <other@x>\r\nTo: ${to}\r\nMessage-ID: <1@x>\r\n\r\nhi\r\n`;
      const raw = await deliver({ from, to: [to], message });
      expect(raw).toContain(`X-First: 1\r\nReturn-Path: <${from}>\r\nTo: `);
      expect(raw).not.toContain('other@x');
    });

    it('gains a Message-ID if it has none', async () => {
      const to = freshAddress();
      const raw = await deliver({ from, to: [to], message: `To: ${to}\r\n\r\nhi\r\n` });
      expect(raw).toMatch(/^Message-ID: <\w{22}@mailpit>\r\nReturn-Path: /);
    });

    it('gains a Bcc with the recipients that no header names', async () => {
      const [to, cc, hidden, other] = [freshAddress(), freshAddress(), freshAddress(), freshAddress()];
      const message = `To: ${to.toUpperCase()}\r\nCc: Me <${cc}>\r\nMessage-ID: <1@x>\r\n\r\nhi\r\n`;
      const raw = await deliver({ from, to: [to, hidden, cc, other], message });
      expect(raw).toMatch(new RegExp(`^Bcc: ${hidden}, ${other}\r\nReturn-Path: `));
      expect(only(await client.emailsAddressedTo(hidden)).bcc).toEqual([
        { name: '', address: hidden },
        { name: '', address: other },
      ]);
    });

    it('keeps a recipient that was named twice, each time as it was written', async () => {
      const to = freshAddress();
      const message = 'Message-ID: <1@x>\r\n\r\nhi\r\n';
      const raw = await deliver({ from, to: [to, to.toUpperCase(), to], message });
      expect(raw).toMatch(new RegExp(`^Bcc: ${to}, ${to.toUpperCase()}, ${to}\r\n`));
    });

    it('takes 100 recipients and refuses the next', async () => {
      const all = Array.from({ length: 101 }, () => freshAddress());
      const raw = await deliver({ from, to: all, message: 'Message-ID: <1@x>\r\n\r\nhi\r\n' });
      expect(raw).toContain(`Bcc: ${all.slice(0, 100).join(', ')}\r\n`);
    });

    it('gains no Bcc when the headers name everybody', async () => {
      const to = freshAddress();
      const raw = await deliver({ from, to: [to], message: `To: ${to}\r\nMessage-ID: <1@x>\r\n\r\nhi\r\n` });
      expect(raw).not.toContain('Bcc');
    });

    it('has CR CR LF repaired', async () => {
      const to = freshAddress();
      const raw = await deliver({
        from,
        to: [to],
        message: `To: ${to}\r\nMessage-ID: <1@x>\r\n\r\na\r\r\nb\r\n`,
      });
      expect(raw).toMatch(/\r\n\r\na\r\nb\r\n$/);
    });
  });

  describe('what cannot be read', () => {
    it('is refused when a header line has no colon', async () => {
      const to = freshAddress();
      expect(await submit(host, { from, to: [to], message: 'no header at all\r\n' })).toMatch(
        /^451 4\.3\.5 /,
      );
      expect(await client.emailsAddressedTo(to)).toEqual([]);
    });

    it('is taken and forgotten when a multipart has no boundary', async () => {
      const to = freshAddress();
      const message = `To: ${to}\r\nContent-Type: multipart/mixed\r\n\r\nhi\r\n`;
      expect(await submit(host, { from, to: [to], message })).toMatch(/^250 2\.0\.0 Ok: queued$/);
      expect(await client.emailsAddressedTo(to)).toEqual([]);
    });
  });

  describe('mail beyond ASCII', () => {
    it('takes SMTPUTF8 addresses and 8BITMIME, and finds them', async () => {
      const to = `jörg${++numbers}@bücher.example`;
      const octets = Buffer.from(`To: ${to}\r\nMessage-ID: <1@x>\r\nSubject: Grüße\r\n\r\nGrüße\r\n`);
      const submission = {
        from,
        to: [Buffer.from(to).toString()],
        message: octets.toString('latin1'),
        mailParameters: ' BODY=8BITMIME SMTPUTF8',
      };
      expect(await submit(host, submission)).toMatch(/^250 /);
      const email = only(await client.emailsAddressedTo(to));
      expect(email.subject).toBe('Grüße');
      expect(Buffer.from(await email.raw()).includes(octets)).toBe(true);
    });

    it('takes quoted local parts and address literals as they are', async () => {
      const to = `"a b${++numbers}"@example.com`;
      const raw = await deliver({
        from,
        to: [to, 'x@[127.0.0.1]'],
        message: 'Message-ID: <1@x>\r\n\r\nhi\r\n',
      });
      expect(raw).toContain(`Bcc: ${to}, x@[127.0.0.1]\r\n`);
    });
  });

  describe('reading', () => {
    it('tells of attachments, and gives them', async () => {
      const to = freshAddress();
      await createTransport(host.smtp).sendMail({
        from: `A Sender <${from}>`,
        to,
        subject: 'with parts',
        text: 'words',
        html: '<p>words</p><img src="cid:pic">',
        attachments: [
          { filename: 'a.bin', content: Buffer.from([0, 1, 255]) },
          { filename: 'pic.png', content: Buffer.from('no picture'), cid: 'pic' },
        ],
      });
      const email = only(await client.emailsAddressedTo(to));
      expect(email).toMatchObject({ subject: 'with parts', from: { name: 'A Sender', address: from } });
      const message = await mailpit.getMessageSummary(email.id);
      expect(message.Text).toBe('words');
      expect(message.HTML).toBe('<p>words</p><img src="cid:pic">');
      const parts = [...message.Attachments, ...message.Inline];
      const bin = parts.find((part) => part.FileName === 'a.bin');
      expect(bin).toMatchObject({ ContentType: 'application/octet-stream', Size: 3 });
      expect(parts.find((part) => part.FileName === 'pic.png')).toMatchObject({ ContentID: 'pic', Size: 10 });
      const blob = await mailpit.getMessageAttachment(email.id, bin?.PartID ?? '');
      expect([...(await blob.bytes())]).toEqual([0, 1, 255]);
      expect(await mailpit.renderMessageHTML(email.id)).toContain(`/api/v1/message/${email.id}/part/`);
      expect(await mailpit.renderMessageText(email.id)).toBe('words');
      expect((await mailpit.getMessageHeaders(email.id))['Subject']).toEqual(['with parts']);
    });

    it('reads all of many pages, the oldest first', async () => {
      const to = freshAddress();
      const submissions = Array.from({ length: 620 }, (_, index) => ({
        from,
        to: [to],
        message: `To: ${to}\r\nMessage-ID: <${index}@x>\r\nSubject: number ${index}\r\n\r\nhi\r\n`,
      }));
      await submitAll(host, submissions);
      const emails = await client.emailsAddressedTo(to);
      expect(emails).toHaveLength(620);
      expect(new Set(emails.map((email) => email.subject)).size).toBe(620);
      const times = emails.map((email) => email.createdAt.getTime());
      expect(times).toEqual(times.toSorted((one, other) => one - other));
    });

    it('finds no longer address, no sender, and every case of letters', async () => {
      const to = freshAddress();
      const message = `To: ${to}\r\nMessage-ID: <1@x>\r\n\r\nhi\r\n`;
      await deliver({ from, to: [to], message });
      await submit(host, { from: to, to: [`x${to}`], message: `From: ${to}\r\nTo: x${to}\r\n\r\nhi\r\n` });
      expect(await client.emailsAddressedTo(to.toUpperCase())).toHaveLength(1);
    });

    it('says that an email is gone', async () => {
      await expect(client.raw('nothing')).rejects.toMatchObject({ code: 'mailbox-email-gone' });
    });
  });

  describeSearchBehaviour(() => host);

  describe('marks, tags and deletion', () => {
    it('marks, counts, tags, renames and deletes', async () => {
      await client.deleteAll();
      expect(await client.info()).toMatchObject({ messages: 0, unread: 0 });
      const to = freshAddress();
      const message = `To: ${to}\r\n\r\nhi\r\n`;
      await submitAll(
        host,
        [1, 2, 3].map(() => ({ from, to: [to], message })),
      );
      const [first, second, third] = await client.emailsAddressedTo(to);
      expect(await client.info()).toMatchObject({ messages: 3, unread: 3 });
      await mailpit.getMessageSummary(first?.id);
      expect(await client.info()).toMatchObject({ messages: 3, unread: 2 });
      await mailpit.setReadStatus({ Read: true, Search: `to:${to}` });
      await mailpit.setReadStatus({ Read: false, IDs: [third?.id ?? ''] });
      expect(await client.info()).toMatchObject({ unread: 1 });
      await mailpit.setTags({ IDs: [first?.id ?? '', second?.id ?? ''], Tags: ['b', 'A <1>', 'B'] });
      expect(await mailpit.getTags()).toEqual(['A 1', 'b']);
      await mailpit.renameTag('b', 'c');
      expect((await mailpit.getInfo()).Tags).toEqual({ 'A 1': 2, c: 2 });
      await mailpit.deleteTag('A 1');
      expect(await mailpit.getTags()).toEqual(['c']);
      await expect(mailpit.deleteTag('A 1')).rejects.toThrow('tag not found: A 1');
      await client.deleteEmail([]);
      await client.deleteEmail([first?.id ?? '', 'nothing', first?.id ?? '']);
      expect(await client.emailsAddressedTo(to)).toHaveLength(2);
      await mailpit.deleteMessagesBySearch({ query: 'is:unread' });
      expect((await client.emailsAddressedTo(to)).map((email) => email.id)).toEqual([second?.id]);
    });
  });

  describe('waiting', () => {
    it('resolves once the emails are there', async () => {
      const to = freshAddress();
      const message = `To: ${to}\r\nMessage-ID: <1@x>\r\n\r\nhi\r\n`;
      const waiting = client.waitForEmails({ address: to, count: 2, timeoutMs: 10_000 });
      await submitAll(
        host,
        [1, 2].map(() => ({ from, to: [to], message })),
      );
      expect(await waiting).toHaveLength(2);
    });

    it('says what it waited for and what was there', async () => {
      const to = freshAddress();
      await deliver({ from, to: [to], message: `To: ${to}\r\nSubject: alone\r\n\r\nhi\r\n` });
      let now = 0;
      const clock = {
        now: () => now,
        sleep: async (ms: number) => {
          now += ms;
        },
      };
      const patient = openMailboxClient(host.api, { clock });
      const waiting = patient.waitForEmails({ address: to, count: 2, timeoutMs: 1000 });
      await expect(waiting).rejects.toMatchObject({
        code: 'mailbox-timeout',
        message: expect.stringMatching(new RegExp(`1000 ms for 2 emails to ${to}; there were 1: "alone"`)),
      });
      expect(now).toBe(1000);
    });
  });
}
