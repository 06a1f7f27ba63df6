import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createSealer } from './sealer.ts';
import { StoreError } from './sqlite-database.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { describeBilling } from './store-billing-behaviour.ts';
import { describeCharges } from './store-charge-behaviour.ts';
import { describeForgetting } from './store-forgetting-behaviour.ts';
import { describeStore, newAccount, submission } from './store-behaviour.ts';

const folder = await mkdtemp(join(tmpdir(), 'gauntlet-store-'));
afterAll(() => rm(folder, { recursive: true }));
let files = 0;

describe('SQLite in memory', () => {
  describeStore(async () => openSqliteStore(':memory:'));
  describeBilling(async () => openSqliteStore(':memory:'));
  describeCharges(async () => openSqliteStore(':memory:'));
  describeForgetting(async () => openSqliteStore(':memory:'));
});
describe('SQLite in a file', () => {
  const open = async () => openSqliteStore(join(folder, `${(files += 1)}.db`));
  describeStore(open);
  describeBilling(open);
  describeCharges(open);
  describeForgetting(open);
});

test('the space of bodies that are of no more use goes back to the file system', async () => {
  const location = join(folder, 'space.db');
  await using store = openSqliteStore(location);
  const account = newAccount({ prepaid: 1_000 });
  await store.createAccount(account);
  const message = new Uint8Array(1024 * 1024).fill(65);
  for (let sent = 0; sent < 40; sent += 1)
    await store.commit(submission(account, ['x@a.example'], { message }));
  // what `takeDue` reads at a time is bounded, so several rounds
  for (;;) {
    const rest = await store.takeDue(0, 100);
    if (rest.length === 0) break;
    for (const { id } of rest) await store.setEmailStatus(id, { status: 'delivered', at: 1, wallAt: 1 });
  }
  while (await store.forgetEnded(1));
  const full = (await stat(location)).size;
  for (let round = 0; round < 10; round += 1) await store.giveSpaceBack();
  const given = (await stat(location)).size;
  expect(full).toBeGreaterThan(40 * message.length);
  expect(given).toBeLessThan(full / 4);
});

test.each(['gauntlet.db', 'gauntlet.db-wal'])(
  '%s is its owner’s alone, whatever folder it is in',
  async (name) => {
    const open = await mkdtemp(join(folder, 'open-'));
    await chmod(open, 0o777);
    await using store = openSqliteStore(join(open, 'gauntlet.db'));
    await store.createAccount(newAccount());
    expect((await stat(join(open, name))).mode & 0o777).toBe(0o600);
  },
);

test('a file of another program is refused and stays as it is', async () => {
  const location = join(folder, 'other.db');
  {
    using other = new DatabaseSync(location);
    other.exec('PRAGMA application_id = 77; CREATE TABLE theirs (x)');
  }
  const before = await readFile(location);
  expect(() => openSqliteStore(location)).toThrow('was written by another program');
  expect(await readFile(location)).toEqual(before);
});

test.each([
  ['cut in the middle', (octets: Buffer) => octets.subarray(0, octets.length / 2)],
  ['overwritten in the middle', (octets: Buffer) => octets.fill(0x55, 16_384, octets.length)],
  ['overwritten in its head', (octets: Buffer) => octets.fill(0x55, 16, 100)],
])('a database that is %s is refused and stays as it is', async (what, damage) => {
  const location = join(folder, `${what}.db`);
  {
    await using store = openSqliteStore(location);
    await store.createAccount(newAccount());
  }
  await writeFile(location, damage(await readFile(location)));
  const before = await readFile(location);
  expect(() => openSqliteStore(location)).toThrow(StoreError);
  expect(await readFile(location)).toEqual(before);
});

test('an empty file, as a killed first start leaves it, is filled', async () => {
  const location = join(folder, 'empty.db');
  await writeFile(location, '');
  await using store = openSqliteStore(location);
  const account = newAccount();
  await store.createAccount(account);
  expect(await store.readAccount(account.id)).toBeDefined();
});

describe('sealed secrets', () => {
  const key = new Uint8Array(32).fill(7);
  const sealer = createSealer(key, (count) => new Uint8Array(count).fill(1));

  test('open again with the same key only', () => {
    const sealed = sealer.seal('pässword');
    expect(sealed).not.toContain('password');
    expect(sealer.open(sealed)).toBe('pässword');
    const other = createSealer(new Uint8Array(32), (count) => new Uint8Array(count));
    expect(() => other.open(sealed)).toThrow('authenticate');
  });
});
