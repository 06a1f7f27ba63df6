import { MailpitClient } from 'mailpit-api';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MailboxHost } from './mailbox.ts';
import { submitAll, type SampleMail } from './speak-smtp-fixture.ts';

/** How every mailbox must search; `open` gives the mailbox once the tests run. */
export function describeSearchBehaviour(open: () => MailboxHost): void {
  describe('search', () => {
    let mailpit: MailpitClient;
    const subjects = async (query: string): Promise<readonly string[]> => {
      const page = await mailpit.searchMessages({ query: `subject:"S7 " ${query}` });
      expect(page.messages_count).toBe(page.messages.length);
      return page.messages.map((message) => message.Subject.replace('S7 ', '')).toSorted();
    };
    beforeAll(async () => {
      mailpit = new MailpitClient(open().api);
      const head = (name: string, rest: string): SampleMail => ({
        from: `${name}@from.example`,
        to: [`${name}@to.example`],
        message: `From: ${name}@from.example\r\nSubject: S7 ${name}\r\n${rest}`,
      });
      await submitAll(open(), [
        head(
          'one',
          'To: Jim <one@to.example>\r\nMessage-ID: <alpha@id>\r\nReply-To: r@reply.example\r\n\r\nred, green\r\n',
        ),
        head(
          'two',
          `Cc: c@cc.example\r\nBcc: b@bcc.example\r\nX-Tags: Blue Moon, b2\r\n\r\n${'z'.repeat(3000)}\r\n`,
        ),
        head(
          'three',
          'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b\r\nContent-Type: text/html\r\n\r\n<b>bold</b> <a href="http://link.example/x">here</a>\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=some.pdf\r\n\r\nx\r\n--b--\r\n',
        ),
      ]);
      const [two] = (await mailpit.searchMessages({ query: 'subject:"S7 two"' })).messages;
      await mailpit.setReadStatus({ IDs: [two?.ID ?? ''], Read: true });
    });

    it.each([
      ['to:one@to.example', ['one']],
      ['to:jim', ['one']],
      ['from:TWO@from', ['two']],
      ['cc:c@cc', ['two']],
      ['bcc:b@bcc.example', ['two']],
      ['bcc:to.example', ['three']],
      ['addressed:reply.example', ['one']],
      ['addressed:"three@from.example"', ['three']],
      ['reply-to:r@reply', ['one']],
      ['message-id:alpha', ['one']],
      ['tag:"blue moon"', ['two']],
      ['tag:blue', []],
      ['is:tagged', ['two']],
      ['is:read', ['two']],
      ['is:unread', ['one', 'three']],
      ['has:attachment', ['three']],
      ['-has:attachment', ['one', 'two']],
      ['!is:read', ['one', 'three']],
      ['larger:2kb', ['two']],
      ['smaller:2K', ['one', 'three']],
      ['before:2020-01-01', []],
      ['after:2020-01-01', ['one', 'three', 'two']],
      ['-after:2020-01-01', []],
      ['after:nonsense', ['one', 'three', 'two']],
      ['green', ['one']],
      ['"red green"', ['one']],
      ['red -green', []],
      ['GREEN red', ['one']],
      ['some.pdf', ['three']],
      ['link.example/x', ['three']],
      ['bold', ['three']],
      ['r_d', ['one']],
      ['to:', ['one', 'three', 'two']],
      ['-', []],
      ['"" one', ['one']],
      ['nothing-of-the-kind', []],
    ])('%s', async (query, expected) => {
      expect(await subjects(query)).toEqual(expected);
    });

    it('needs a query', async () => {
      await expect(mailpit.searchMessages({ query: ' ' })).rejects.toThrow('400');
    });
  });
}
