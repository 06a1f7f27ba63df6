import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { rememberReads } from './remembered-reads.ts';
import { sqliteSchema } from './sqlite-schema.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { newAccount, submission } from './store-behaviour.ts';
import type { Store } from './store.ts';

const folder = await mkdtemp(join(tmpdir(), 'gauntlet-remembered-'));
afterAll(() => rm(folder, { recursive: true }));

const account = newAccount();
const connection = account.connections[0]?.id ?? '';

let file = '';
let files = 0;
let store: Store;

beforeEach(async () => {
  file = join(folder, `${(files += 1)}.db`);
  store = openSqliteStore(file);
  await store.createAccount(account);
  return () => store[Symbol.asyncDispose]();
});

const left = async () => (await store.readStanding(account.id))?.prepaid;
const used = async () => (await store.readConnection(connection))?.sendsUsed;

test('what a commit takes is seen by the next read', async () => {
  expect([await left(), await used()]).toEqual([10, 0]);
  await store.commit(submission(account, ['x@a.example', 'y@a.example']));
  await store.commit(submission(account, ['z@a.example']));
  expect([await left(), await used()]).toEqual([7, 3]);
});

test('what was undone was never there', async () => {
  expect([await left(), await used()]).toEqual([10, 0]);
  const good = submission(account, ['x@a.example']);
  const bad = submission(account, ['y@a.example', 'z@a.example'], {
    emails: [...good.emails, ...good.emails],
  });
  await Promise.allSettled([store.commit(bad), store.commit(good)]);
  expect([await left(), await used()]).toEqual([9, 1]);
});

test('every way to change an account, a connection, a domain or a recipient is noticed', async () => {
  const look = async () => ({
    standing: await store.readStanding(account.id),
    connection: await store.readConnection(connection),
    domains: await store.readSenderDomains(account.id, ['shop.example']),
    recipient: await store.readRecipient(account.id, 'x@a.example'),
  });
  await look();
  await store.setBalance(account.id, 3);
  await store.setLimits(account.id, { rateLimit: 7 });
  await store.setClock(account.id, { kind: 'running', offset: 5 });
  await store.setBlocked(connection, true);
  await store.setDomain(account.id, {
    key: 'shop.example',
    name: 'shop.example',
    verified: false,
    published: [],
  });
  await store.suppress(account.id, 'x@a.example', 'x@a.example');
  expect(await look()).toMatchObject({
    standing: { prepaid: 3, limits: { rateLimit: 7 }, clock: { kind: 'running', offset: 5 } },
    connection: { blocked: true },
    domains: [{ verified: false }],
    recipient: { suppressed: true },
  });
  await store.deleteAccount(account.id);
  expect(await look()).toEqual({
    standing: undefined,
    connection: undefined,
    domains: [],
    recipient: { role: undefined, suppressed: false },
  });
});

test('nobody else can write behind its back', () => {
  using other = new DatabaseSync(file);
  expect(() => other.exec('UPDATE accounts SET balance = 0 ')).toThrow('locked');
});

test('accepted MAILs outlive a restart; what has left the window does not', async () => {
  for (const at of [1, 2, 3]) await store.addAcceptedMail(connection, at);
  expect(await store.readAcceptedMails(connection, 1)).toEqual([2, 3]);
  await store[Symbol.asyncDispose]();
  store = openSqliteStore(file);
  expect(await store.readAcceptedMails(connection, 0)).toEqual([2, 3]);
});

test('the emails of one message share its octets', async () => {
  await store.commit(submission(account, ['x@a.example', 'y@a.example']));
  const [first, second] = await store.takeDue(0, 10);
  expect(first?.message).toBe(second?.message);
});

test('a batch of large messages is cut short', async () => {
  const message = new Uint8Array(5 * 1024 * 1024);
  for (const recipient of ['x@a.example', 'y@a.example', 'z@a.example']) {
    await store.commit(submission(account, [recipient], { message }));
  }
  const batch = await store.takeDue(0, 10);
  expect(batch).toHaveLength(2);
  const rest = await store.takeDue(0, 10, new Set(batch.map(({ id }) => id)));
  expect(rest.map(({ recipient }) => recipient)).toEqual(['z@a.example']);
});

test('a read that failed is done again', async () => {
  using database = new DatabaseSync(':memory:');
  database.exec(sqliteSchema);
  let asked = 0;
  const { readSenderDomains } = rememberReads(database, {
    ...store,
    readSenderDomains: async () => {
      asked += 1;
      if (asked === 1) throw new Error('disk');
      return [];
    },
  });
  await expect(readSenderDomains(account.id, ['shop.example'])).rejects.toThrow('disk');
  expect(await readSenderDomains(account.id, ['shop.example'])).toEqual([]);
});
