/** The history over the control API: by what stands in it, newest first, and as a table. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { historyPageSchema } from '../control-api/history-schemas.ts';
import { sendSettled, senderOf, startProbedForFile } from './probe-fixture.ts';
import type { Account } from '../control-api/schemas.ts';

const probed = await startProbedForFile();

const pageOf = async (account: Account, query: Record<string, string>) => {
  const url = `${probed.sandbox.controlUrl}/accounts/${account.id}/history?${new URLSearchParams(query).toString()}`;
  return historyPageSchema.parse(await (await fetch(url)).json());
};

/** An account with some mails, of which each has a recipient and a subject of its own. */
async function written(mails: readonly (readonly [recipient: string, subject: string])[]): Promise<Account> {
  const account = await probed.newAccount();
  for (const [recipient, subject] of mails) {
    const fields = [`From: <${senderOf(account)}>`, `Subject: ${subject}`, `Message-ID: <${recipient}.id>`];
    await sendSettled(probed, account, [recipient], `${fields.join('\r\n')}\r\n\r\nx`);
  }
  return account;
}

const mails = [
  ['anna@first.example', 'Your order 4711'],
  ['bert@second.example', 'Ihre Größe ist wieder da'],
  ['carl+order@third.example', 'مرحبا بالعالم'],
  ['nonexistent@simulator.test', '100% "off", today_only'],
  ['dora@fifth.example', '注文の確認'],
  ['emil@sixth.example', '=?utf-8?b?Wm/DqyBzY2hyZWlidA==?= =?iso-8859-1?q?_z=FCr=FCck?='],
] as const;

describe('a search', () => {
  test.each([
    ['a word of a subject', { search: 'order' }, ['anna', 'carl+order']],
    ['part of a word, in other letter case', { search: 'RÖSS' }, []],
    ['a letter that has no other case', { search: 'RÖß' }, ['bert']],
    ['two words in two columns', { search: 'order first.example' }, ['anna']],
    ['words that never stand together', { search: 'order bert@' }, []],
    ['part of a Message-ID', { messageId: 'third.example.id' }, ['carl+order']],
    ['a recipient alone', { recipient: 'order' }, ['carl+order']],
    ['a subject alone', { subject: 'order' }, ['anna']],
    ['a sender', { sender: '@shop' }, ['anna', 'bert', 'carl+order', 'nonexistent', 'dora', 'emil']],
    ['words of an encoded subject, as a reader sees it', { search: 'zoë zürück' }, ['emil']],
    ['letters on both sides of two encoded words', { subject: 'SCHREIBT ZÜRÜCK' }, ['emil']],
    ['Arabic', { search: 'بالعالم' }, ['carl+order']],
    ['two Japanese letters', { search: '確認' }, ['dora']],
    ['one letter', { recipient: '+' }, ['carl+order']],
    ['signs that mean something to a database', { search: '100% "off"' }, ['nonexistent']],
    ['an underscore, which stands for itself', { search: 'y_o' }, ['nonexistent']],
    ['quotes and operators', { search: '" OR "x" NOT (NEAR' }, []],
    ['an asterisk', { search: 'ord*' }, []],
    ['a text and a status', { search: '@', status: 'bounced' }, ['nonexistent']],
    ['what nobody wrote', { search: 'zebra' }, []],
  ])('finds %s', async (_what, query, names) => {
    const account = await written(mails);
    const { emails, next } = await pageOf(account, query);
    expect([emails.map(({ recipient }) => recipient.split('@')[0]), next]).toEqual([names, null]);
  });

  test('goes page by page in either order, and over many rows as over few', async () => {
    const account = await probed.newAccount({ balance: 1_000 });
    const many = Array.from({ length: 120 }, (_, at) => `r${String(at).padStart(3, '0')}@many.example`);
    const message = (subject: string) => `From: <${senderOf(account)}>\r\nSubject: ${subject}\r\n\r\nx`;
    await sendSettled(probed, account, many, message('all of them'));
    await sendSettled(probed, account, many, message('all of them again'));
    await sendSettled(probed, account, ['last@many.example'], message('needle'));
    const expected = [...many, ...many];
    for (const order of ['oldest', 'newest'] as const) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: { emails: { recipient: string }[]; next: string | null } = await pageOf(account, {
          search: 'all',
          order,
          limit: '50',
          ...(cursor === null ? {} : { cursor }),
        });
        seen.push(...page.emails.map(({ recipient }) => recipient));
        cursor = page.next;
      } while (cursor !== null);
      expect(seen).toEqual(order === 'oldest' ? expected : expected.toReversed());
    }
    expect((await pageOf(account, { search: 'needle' })).emails).toHaveLength(1);
    expect((await pageOf(account, { search: 'needle', status: 'delivered' })).emails).toHaveLength(1);
    expect((await pageOf(account, { search: 'needle', status: 'bounced' })).emails).toEqual([]);
  });

  test('finds nothing of another account, and nothing of one that is gone', async () => {
    const one = await written([['x@zanzibar.example', 'one']]);
    const other = await written([['y@zanzibar.example', 'other']]);
    expect((await pageOf(one, { search: 'zanzibar' })).emails.map(({ recipient }) => recipient)).toEqual([
      'x@zanzibar.example',
    ]);
    await probed.sandbox.operations.deleteAccount(one.id);
    // the rows of a deleted account make room for others with the same sequences
    const later = await written([['z@other.example', 'later']]);
    expect((await pageOf(later, { search: 'zanzibar' })).emails).toEqual([]);
    expect((await pageOf(other, { search: 'zanzibar' })).emails).toHaveLength(1);
  });

  test('of a period finds what was accepted in it', async () => {
    const account = await probed.newAccount({ clock: { now: '2026-02-01T00:00:00.000Z', frozen: true } });
    for (let day = 1; day <= 3; day += 1) {
      const message = `From: <${senderOf(account)}>\r\nSubject: day ${day}\r\n\r\nx`;
      await sendSettled(probed, account, [`d${day}@a.example`], message);
      await probed.sandbox.operations.moveClock(account.id, { advanceMs: 24 * 60 * 60_000 });
    }
    const period = { from: '2026-02-02T00:00:00.000Z', to: '2026-02-03T00:00:00.000Z' };
    const { emails } = await pageOf(account, { search: 'day', ...period });
    expect(emails.map(({ subject }) => subject)).toEqual(['day 2']);
  });

  test.each(['search=', 'order=random', `search=${'x'.repeat(999)}`, 'cursor=1'])(
    'refuses ?%s',
    async (query) => {
      const account = await probed.newAccount();
      const url = `${probed.sandbox.controlUrl}/accounts/${account.id}/history?${query}`;
      expect((await fetch(url)).status).toBe(400);
    },
  );
});

describe('the history newest first', () => {
  test.each([{}, { status: 'delivered' }, { status: 'bounced' }])('with %j', async (query) => {
    const account = await written(mails);
    const connection = account.connections[0]?.id ?? '';
    for (const filter of [query, { ...query, connection }]) {
      const oldest = await pageOf(account, { ...filter, limit: '2' });
      const all = await pageOf(account, filter);
      const newest = await pageOf(account, { ...filter, order: 'newest' });
      expect(newest.emails).toEqual(all.emails.toReversed());
      expect(oldest.emails).toEqual(all.emails.slice(0, 2));
    }
  });
});

describe('the table', () => {
  const tableOf = async (account: Account, query = '') => {
    const response = await fetch(`${probed.sandbox.controlUrl}/accounts/${account.id}/history.csv${query}`);
    return { response, text: await response.text() };
  };

  test('has a line for each row, with CRLF, quotes where they are needed, and a name', async () => {
    const account = await written(mails);
    const { response, text } = await tableOf(account);
    expect(response.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(response.headers.get('content-disposition')).toContain(`history-${account.id}.csv`);
    const lines = text.split('\r\n');
    expect(lines[0]).toBe('time,status,reason,recipient,sender,subject,messageId,size,connection,id');
    expect(lines).toHaveLength(mails.length + 2);
    expect(text).toContain(',"100% ""off"", today_only",');
    expect(text).toContain(',注文の確認,');
    const { text: some } = await tableOf(account, '?status=bounced&search=simulator');
    expect(some.split('\r\n')).toHaveLength(3);
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1+1', '＝1+1', '=HYPERLINK("http://evil.example","x")'])(
    'has no formula where the subject is %s',
    async (subject) => {
      const account = await probed.newAccount();
      await sendSettled(
        probed,
        account,
        ['x@a.example'],
        `From: <${senderOf(account)}>\r\nSubject: ${subject}\r\n\r\nx`,
      );
      const { text } = await tableOf(account);
      const field = /,("(?:[^"]|"")*"|[^,]*),<[^,]*>,\d+,/.exec(text)?.[1]?.replace(/^"/, '');
      expect(field?.[0]).toBe("'");
    },
  );

  test('of a reader that goes away is written no further', async () => {
    const account = await written(mails);
    const ending = new AbortController();
    onTestFinished(() => ending.abort());
    const url = `${probed.sandbox.controlUrl}/accounts/${account.id}/history.csv`;
    const response = await fetch(url, { signal: ending.signal });
    await response.body?.cancel();
    expect((await pageOf(account, {})).emails).toHaveLength(mails.length);
  });
});
