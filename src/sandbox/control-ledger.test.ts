/** The ledger of the balance over the control API. */
import { expect, test } from 'vitest';
import { bodyOf, openControlClient } from '../control-api/client.ts';
import { sendSettled, senderOf, startProbedForFile } from './probe-fixture.ts';

const probed = await startProbedForFile();
const client = openControlClient(probed.sandbox.controlUrl);
const ledger = client.accounts[':account'].ledger;
const MONTH = 32 * 24 * 60 * 60_000;

test('says what was bought, what each message cost and what ended, with the balance behind each', async () => {
  const account = await probed.newAccount({
    balance: 5,
    clock: { now: '2026-01-15T12:00:00.000Z', frozen: true },
  });
  const { operations } = probed.sandbox;
  const message = `From: <${senderOf(account)}>\r\n\r\nx`;
  const [first] = await sendSettled(probed, account, ['a@a.example', 'b@a.example'], message);
  const bought = await operations.buyPlan(account.id, { kind: 'monthly', sends: 10 });
  await sendSettled(probed, account, ['c@a.example'], message);
  await operations.moveClock(account.id, { advanceMs: MONTH });
  const param = { account: account.id };
  const read = async () => (await bodyOf(ledger.$get({ param, query: {} }))).entries;
  const entries = await read();
  expect(entries.map(({ kind, change, balance }) => [kind, change, balance])).toEqual([
    ['opened', 5, 5],
    ['sent', -2, 3],
    ['bought', 10, 13],
    ['sent', -1, 12],
    ['ended', -9, 3],
  ]);
  expect(entries[1]?.reference).toBe(first?.id);
  expect(entries[2]).toMatchObject({ reference: bought.id, time: '2026-01-15T12:00:00.000Z' });
  // what ended is noted once
  expect(await read()).toHaveLength(5);
  await sendSettled(probed, account, ['d@a.example'], message);
  await operations.setBalance(account.id, 100);
  await operations.buyPlan(account.id, { kind: 'prepaid', sends: 1 });
  expect((await read()).slice(5).map(({ kind, change, balance }) => [kind, change, balance])).toEqual([
    ['sent', -1, 2],
    ['set', 98, 100],
    ['bought', 1, 101],
  ]);
  expect((await operations.showAccount(account.id)).balance).toBe(101);
});

test('what is refused costs nothing and leaves no entry; what ended is noted before what is bought next', async () => {
  const account = await probed.newAccount({ balance: 0, clock: { frozen: true } });
  const { operations } = probed.sandbox;
  await operations.buyPlan(account.id, { kind: 'monthly', sends: 4 });
  await operations.moveClock(account.id, { advanceMs: MONTH });
  {
    await using session = await probed.loggedIn(account);
    await session.say(`MAIL FROM:<${senderOf(account)}>`);
    expect(await session.say('RCPT TO:<a@a.example>')).toMatch(/^450 /);
  }
  await operations.buyPlan(account.id, { kind: 'prepaid', sends: 7 });
  const { entries } = await bodyOf(ledger.$get({ param: { account: account.id }, query: {} }));
  expect(entries.map(({ kind, change, balance }) => [kind, change, balance])).toEqual([
    ['opened', 0, 0],
    ['bought', 4, 4],
    ['ended', -4, 0],
    ['bought', 7, 7],
  ]);
});

test.each(['oldest', 'newest'] as const)(
  'comes by page, %s first, of its own account alone',
  async (order) => {
    const account = await probed.newAccount({ balance: 50 });
    const other = await probed.newAccount();
    for (let at = 0; at < 4; at += 1) {
      await sendSettled(probed, account, [`${at}@a.example`], `From: <${senderOf(account)}>\r\n\r\nx`);
      await sendSettled(probed, other, [`${at}@a.example`], `From: <${senderOf(other)}>\r\n\r\nx`);
    }
    const balances: number[] = [];
    let cursor: string | null = null;
    do {
      const query: { order: typeof order; limit: string; cursor?: string } = {
        order,
        limit: '2',
        ...(cursor === null ? {} : { cursor }),
      };
      const page: { entries: { balance: number }[]; next: string | null } = await bodyOf(
        ledger.$get({ param: { account: account.id }, query }),
      );
      balances.push(...page.entries.map(({ balance }) => balance));
      cursor = page.next;
    } while (cursor !== null);
    const expected = [50, 49, 48, 47, 46];
    expect(balances).toEqual(order === 'oldest' ? expected : expected.toReversed());
  },
);
