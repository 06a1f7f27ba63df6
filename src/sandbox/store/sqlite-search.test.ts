/** Searches of a history that is longer than what one call looks at. */
import { afterAll, describe, expect, test } from 'vitest';
import { openSqliteStore } from './sqlite-store.ts';
import { newAccount, submission } from './store-behaviour.ts';

const ROWS = 12_000;
/** Rows of one submission. */
const EACH = 500;

const store = openSqliteStore(':memory:');
afterAll(() => store[Symbol.asyncDispose]());

const own = newAccount({ prepaid: ROWS });
const neighbour = newAccount({ prepaid: ROWS });
await store.createAccount(own);
await store.createAccount(neighbour);
// the two words of subjects are frequent and never stand together; recipients are numbered
for (let done = 0; done < ROWS; done += EACH) {
  for (const account of [own, neighbour]) {
    const recipients = Array.from({ length: EACH }, (_, at) => `r${done + at}x@many.example`);
    const subject = (done / EACH) % 2 === 0 ? 'Your order' : 'Your invoice';
    await store.commit(submission(account, recipients, { subject, time: 1_000 + done }));
  }
}
while (await store.indexForSearch());

/** All that a search finds, call by call, and how many calls that took. */
async function searched(words: string, over: { newestFirst?: boolean; status?: 'queued' | 'bounced' } = {}) {
  const found: string[] = [];
  let calls = 0;
  let after: { readonly time: number; readonly sequence: number } | undefined;
  do {
    const page = await store.searchHistory(own.id, { texts: { words }, after, limit: 200, ...over });
    found.push(...page.emails.map(({ recipient }) => recipient));
    after = page.next;
    calls += 1;
  } while (after !== undefined);
  return { found, calls };
}

describe.each([false, true])('newest first: %s', (newestFirst) => {
  test.each([
    ['a word that half of the rows have', 'order', ROWS / 2],
    ['a word that all have', 'many.example', ROWS],
    ['two frequent words that never meet', 'order invoice', 0],
    ['two frequent words that do', 'invoice example', ROWS / 2],
    ['a rare word', 'r11999x', 1],
    ['a rare word at the other end', 'r3x', 1],
    ['two letters', '9x', ROWS / 10],
    ['two letters that nothing has', 'qq', 0],
    ['a rare word and two letters', 'r4711x 1x', 1],
    ['what nothing has', 'zebra', 0],
  ])('call by call it finds each of them once: %s', async (_what, words, count) => {
    const { found } = await searched(words, { newestFirst });
    expect([found.length, new Set(found).size]).toEqual([count, count]);
  });

  test('a status that few have is looked for as well', async () => {
    expect((await searched('order', { newestFirst, status: 'bounced' })).found).toEqual([]);
    expect((await searched('order', { newestFirst, status: 'queued' })).found).toHaveLength(ROWS / 2);
  });
});

test('a call looks at a bounded part of the history, and a rare word takes one or two', async () => {
  expect((await searched('qq')).calls).toBeGreaterThan(2);
  expect((await searched('zebra')).calls).toBeLessThanOrEqual(2);
  expect((await searched('r11999x')).calls).toBeLessThanOrEqual(2);
});
