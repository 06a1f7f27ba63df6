import { describe, expect, test } from 'vitest';
import type { Account } from '../control-api/schemas.ts';
import { senderOf, startProbedForFile } from './probe-fixture.ts';
import type { RawClient } from './raw-client-fixture.ts';

const SESSIONS = 64;
const ACCEPTED = '250 Ok';
const LACKING = '450 Balance not enough';

const probed = await startProbedForFile();

/** One session on its way through a transaction, and what it was answered. */
interface Sending {
  readonly client: RawClient;
  readonly recipients: readonly string[];
  /** The reply to each RCPT, in order. */
  readonly rcptReplies: string[];
  /** The recipients that RCPT accepted. */
  readonly promised: string[];
  /** The reply after the final dot; none where nothing was promised, so that DATA was not said. */
  finalReply?: string;
}

/** How many recipients each of 64 sessions names, against which balance (sends). */
const contests = [
  { each: 1, balance: 40 },
  { each: 3, balance: 100 },
];

// rules error.450.stage and billing.on-accept
describe.each(contests)('64 sessions, recipients each: $each, balance: $balance', ({ each, balance }) => {
  test('each session in its own time', async () => {
    const { account, sendings } = await startSessions(each, balance);
    await Promise.all(
      sendings.map(async (sending) => {
        await nameRecipients(account, sending);
        await startData(sending);
        await endData(account, sending);
      }),
    );
    await expectBooksBalanced(account, sendings, each);
    expect(await repliesToNoop(sendings)).toEqual(sendings.map(() => ACCEPTED));
  });

  test('every RCPT of all sessions before any final dot', async () => {
    const { account, sendings } = await startSessions(each, balance);
    await Promise.all(sendings.map((sending) => nameRecipients(account, sending)));
    // nothing is deducted yet, so each session is promised all it asks for
    expect(sendings.map(({ promised }) => promised)).toEqual(sendings.map(({ recipients }) => recipients));
    await Promise.all(sendings.map(startData));
    await Promise.all(sendings.map((sending) => endData(account, sending)));

    const transactions = Math.floor(balance / each);
    const finalReplies = sendings.map(({ finalReply }) => finalReply);
    expect(finalReplies.filter((reply) => reply === ACCEPTED)).toHaveLength(transactions);
    expect(finalReplies.filter((reply) => reply === LACKING)).toHaveLength(SESSIONS - transactions);
    await expectBooksBalanced(account, sendings, each);
    expect(await repliesToNoop(sendings)).toEqual(sendings.map(() => ACCEPTED));
  });
});

/** Logs all sessions in, so that their transactions start side by side. */
async function startSessions(
  each: number,
  balance: number,
): Promise<{ readonly account: Account; readonly sendings: readonly Sending[] }> {
  const account = await probed.newAccount({ balance });
  const sendings = await Promise.all(
    Array.from({ length: SESSIONS }, async (_session, session) => ({
      client: await probed.loggedIn(account),
      recipients: Array.from({ length: each }, (_each, at) => `r${session}-${at}@${destination(account)}`),
      rcptReplies: [],
      promised: [],
    })),
  );
  return { account, sendings };
}

/** Where the account's mail goes, and no other's. */
function destination(account: Account): string {
  return `to.${account.domains[0]?.name}`;
}

/** The transactions that got their 250 say what must be deducted, shown and delivered, each email once. */
async function expectBooksBalanced(
  account: Account,
  sendings: readonly Sending[],
  each: number,
): Promise<void> {
  const paid = sendings
    .filter((sending) => sending.finalReply === ACCEPTED)
    .flatMap((sending) => sending.promised)
    .toSorted();
  await probed.sandbox.operations.waitSettled(account.id, 5_000);
  const { balance, charged } = await probed.sandbox.operations.showAccount(account.id);
  const history = (await probed.sandbox.operations.listHistory(account.id)).emails;
  const delivered = probed.delivered.filter((email) =>
    email.forwardPath.endsWith(`@${destination(account)}`),
  );
  expect({ balance, charged }).toEqual({ balance: account.balance - paid.length, charged: paid.length });
  expect(history.map((row) => row.recipient).toSorted()).toEqual(paid);
  expect(new Set(history.map((row) => row.status))).toEqual(new Set(['delivered']));
  expect(delivered.map((email) => email.forwardPath).toSorted()).toEqual(paid);

  // more was asked for than there was, so it ends where a whole transaction does not fit, and never below zero
  expect(balance).toBeGreaterThanOrEqual(0);
  expect(balance).toBeLessThan(each);
  const replies = sendings.flatMap(({ rcptReplies, finalReply }) =>
    [...rcptReplies, finalReply ?? []].flat(),
  );
  expect(new Set(replies)).toEqual(new Set([ACCEPTED, LACKING]));
}

async function repliesToNoop(sendings: readonly Sending[]): Promise<readonly string[]> {
  const replies = await Promise.all(sendings.map(({ client }) => client.say('NOOP')));
  for (const { client } of sendings) client.destroy();
  return replies;
}

async function nameRecipients(account: Account, sending: Sending): Promise<void> {
  expect(await sending.client.say(`MAIL FROM:<${senderOf(account)}>`)).toBe(ACCEPTED);
  for (const recipient of sending.recipients) {
    const reply = await sending.client.say(`RCPT TO:<${recipient}>`);
    sending.rcptReplies.push(reply);
    if (reply === ACCEPTED) sending.promised.push(recipient);
  }
}

async function startData({ client, promised }: Sending): Promise<void> {
  if (promised.length === 0) return;
  expect(await client.say('DATA')).toMatch(/^354 /);
}

async function endData(account: Account, sending: Sending): Promise<void> {
  if (sending.promised.length === 0) return;
  sending.client.send(`From: ${senderOf(account)}\r\n\r\nhello\r\n.\r\n`);
  sending.finalReply = await sending.client.reply();
  // whatever the others do meanwhile, what was sent and what is left add up, and never below zero; and a 250 leaves
  // after its rows are written (rule `billing.on-accept`)
  const { balance, charged } = await probed.sandbox.operations.showAccount(account.id);
  expect(balance).toBeGreaterThanOrEqual(0);
  expect(balance + charged).toBe(account.balance);
  if (sending.finalReply !== ACCEPTED) return;
  const rows = (await probed.sandbox.operations.listHistory(account.id)).emails;
  expect(rows.map((row) => row.recipient)).toEqual(expect.arrayContaining(sending.promised));
}
