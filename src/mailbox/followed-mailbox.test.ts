import { afterAll, describe, expect, test } from 'vitest';
import { openMailboxClient } from './client.ts';
import { followMailbox, type FollowedClient } from './followed-mailbox.ts';
import { openEmbedded } from './host/embedded.ts';
import { openQuestionGate } from './question-gate.ts';
import { submit } from './speak-smtp-fixture.ts';
import type { StoredEmail } from './stored-email.ts';

function email(id: number, to: string): StoredEmail {
  return {
    id: String(id),
    messageId: '',
    subject: '',
    from: { name: '', address: '' },
    to: [{ name: '', address: to }],
    cc: [],
    bcc: [],
    createdAt: new Date(id),
    size: 0,
    raw: () => Promise.resolve(new Uint8Array()),
  };
}

/** A mailbox whose questions are counted. */
function countedMailbox(stored: StoredEmail[]) {
  const asked = { pages: 0, searches: 0, deletions: 0 };
  const client: FollowedClient = {
    newestEmails: (start, limit) => {
      asked.pages += 1;
      return Promise.resolve(stored.toReversed().slice(start, start + limit));
    },
    emailsAddressedTo: () => {
      asked.searches += 1;
      return Promise.resolve([]);
    },
    deleteEmail: (ids) => client.deletePresent(ids),
    deletePresent: (ids) => {
      asked.deletions += 1;
      const kept = stored.filter(({ id }) => !ids.includes(id));
      stored.splice(0, stored.length, ...kept);
      return Promise.resolve();
    },
  };
  return { client, asked };
}

const many = (from: number, count: number, to = 'old@x.example') =>
  Array.from({ length: count }, (_, at) => email(from + at, to));

describe('a mailbox that is followed', () => {
  test.each([0, 100, 10_000])('with %d older emails costs the same', async (older) => {
    const stored = many(1, older);
    const { client, asked } = countedMailbox(stored);
    const followed = await followMailbox(client, { isOurs: true });
    stored.push(...many(older + 1, 600, 'new@x.example'));
    asked.pages = 0;
    expect(await followed.emailsAddressedToAny(['new@x.example'])).toHaveLength(600);
    expect(asked.pages).toBeLessThanOrEqual(5);
    asked.pages = 0;
    await followed.emailsAddressedToAny(['new@x.example']);
    expect(asked).toMatchObject({ pages: 1, searches: 0 });
  });

  test('does not show what was there before', async () => {
    const stored = many(1, 300, 'to@x.example');
    const followed = await followMailbox(countedMailbox(stored).client, { isOurs: true });
    expect(await followed.emailsAddressedToAny(['to@x.example'])).toEqual([]);
  });

  test('looks once for all who ask at a time', async () => {
    const stored = many(1, 10);
    const { client, asked } = countedMailbox(stored);
    const followed = await followMailbox(client, { isOurs: true });
    asked.pages = 0;
    await Promise.all(many(1, 100).map(() => followed.emailsAddressedToAny(['old@x.example'])));
    expect(asked.pages).toBe(1);
  });

  test('deletes what nobody asks for any more, a few hundred at a time, what comes later too', async () => {
    const stored: StoredEmail[] = [];
    const { client, asked } = countedMailbox(stored);
    {
      await using followed = await followMailbox(client, { isOurs: true });
      stored.push(...many(1, 900, 'done@x.example'), ...many(901, 5, 'open@x.example'));
      await followed.emailsAddressedToAny(['done@x.example']);
      followed.forget(['done@x.example']);
      stored.push(...many(906, 10, 'done@x.example'));
    }
    expect(stored.map(({ to }) => to[0]?.address)).toEqual(Array.from({ length: 5 }, () => 'open@x.example'));
    expect(asked.deletions).toBe(5);
  });
});

describe('no email is passed over', () => {
  test('where those that a look has listed are deleted before its next page', async () => {
    const stored: StoredEmail[] = [];
    const { client } = countedMailbox(stored);
    let pages = 0;
    const followed = await followMailbox(
      {
        ...client,
        newestEmails: async (start, limit) => {
          const page = await client.newestEmails(start, limit);
          // the case ends when the second page is listed
          if ((pages += 1) === 3) followed.forget(['done@x.example']);
          return page;
        },
      },
      { isOurs: true },
    );
    stored.push(...many(1, 1_000, 'wanted@x.example'), ...many(1_001, 300, 'done@x.example'));
    expect(await followed.emailsAddressedToAny(['wanted@x.example'])).toHaveLength(1_000);
  });

  test('where many more come between two pages', async () => {
    const stored: StoredEmail[] = [];
    const { client } = countedMailbox(stored);
    let pages = 0;
    const followed = await followMailbox(
      {
        ...client,
        newestEmails: (start, limit) => {
          if ((pages += 1) === 4) stored.push(...many(5_000, 300, 'wanted@x.example'));
          return client.newestEmails(start, limit);
        },
      },
      { isOurs: true },
    );
    stored.push(...many(1, 1_000, 'wanted@x.example'));
    await followed.emailsAddressedToAny(['wanted@x.example']);
    expect(await followed.emailsAddressedToAny(['wanted@x.example'])).toHaveLength(1_300);
  });

  test('where a look breaks off between two pages', async () => {
    const stored: StoredEmail[] = [];
    const { client } = countedMailbox(stored);
    let pages = 0;
    const followed = await followMailbox(
      {
        ...client,
        newestEmails: (start, limit) =>
          (pages += 1) === 3 ? Promise.reject(new Error('busy')) : client.newestEmails(start, limit),
      },
      { isOurs: true },
    );
    stored.push(...many(1, 1_000, 'wanted@x.example'));
    await expect(followed.emailsAddressedToAny(['wanted@x.example'])).rejects.toThrow('busy');
    expect(await followed.emailsAddressedToAny(['wanted@x.example'])).toHaveLength(1_000);
  });
});

describe('the embedded mailbox, followed', async () => {
  const host = await openEmbedded();
  afterAll(() => host[Symbol.asyncDispose]());

  test('finds a copy by its forward-path, in a header or not', async () => {
    await using followed = await followMailbox(openMailboxClient(host.api), { isOurs: true });
    const message = 'From: <a@x.example>\r\nTo: <named@x.example>\r\n\r\ntext\r\n';
    await submit(host, { from: 'a@x.example', to: ['named@x.example', 'hidden@x.example'], message });
    const found = await followed.emailsAddressedToAny(['hidden@x.example', 'NAMED@x.example']);
    expect(found).toHaveLength(1);
    expect(new TextDecoder().decode(await found[0]?.raw())).toContain('text');
  });
});

describe('questions to a mailbox', () => {
  test('are fewer at a time where it answers slowly, and more where it is quick', async () => {
    let time = 0;
    const gate = openQuestionGate(() => time);
    let atOnce = 0;
    let most = 0;
    const question = (ms: number) => async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await Promise.resolve();
      time += ms;
      atOnce -= 1;
    };
    const askMany = async (count: number, ms: number) => {
      await Promise.all(Array.from({ length: count }, () => gate.ask(question(ms))));
      most = 0;
    };
    await askMany(100, 0);
    await Promise.all(Array.from({ length: 100 }, () => gate.ask(question(0))));
    expect(most).toBeGreaterThan(4);
    expect(most).toBeLessThanOrEqual(12);
    await askMany(20, 2_000);
    await Promise.all(Array.from({ length: 5 }, () => gate.ask(question(2_000))));
    expect(most).toBe(1);
  });

  test('one who would ask for more waits until those that wait are few', async () => {
    const gate = openQuestionGate(() => 0);
    const slow = Promise.withResolvers<void>();
    const asked = Array.from({ length: 100 }, () => gate.ask(() => slow.promise));
    let isUp = false;
    const waiting = gate.keepsUp().then(() => (isUp = true));
    await new Promise((resolve) => void setImmediate(resolve));
    expect(isUp).toBe(false);
    slow.resolve();
    await Promise.all([...asked, waiting]);
    expect(isUp).toBe(true);
  });
});
