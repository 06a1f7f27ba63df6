import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DataFolderError } from './data-folder.ts';
import { plain, senderOf, startProbed } from './probe-fixture.ts';
import { openRawClient } from './raw-client-fixture.ts';

const folder = await mkdtemp(join(tmpdir(), 'gauntlet-data-'));
afterAll(() => rm(folder, { recursive: true }));
let folders = 0;
const newFolder = () => join(folder, String((folders += 1)));

test('accounts, balance, history, password and certificate authority outlive a restart', async () => {
  const data = newFolder();
  const first = await startProbed({ data });
  const account = await first.newAccount({ balance: 5 });
  await using client = await first.inData(account, 'x@a.example');
  client.send(`From: ${senderOf(account)}\r\n\r\nx\r\n.\r\n`);
  expect(await client.reply()).toBe('250 Ok');
  await first.sandbox.operations.waitSettled(account.id, 5_000);
  const before = await first.sandbox.operations.showAccount(account.id);
  await first[Symbol.asyncDispose]();

  await using second = await startProbed({ data });
  const after = await second.sandbox.operations.showAccount(account.id);
  expect({ ...after, listeners: [], clock: undefined }).toEqual({
    ...before,
    listeners: [],
    clock: undefined,
  });
  expect((await second.sandbox.operations.listHistory(account.id)).emails).toMatchObject([
    { status: 'delivered' },
  ]);
  expect(second.sandbox.certificateAuthority).toBe(first.sandbox.certificateAuthority);
  await using again = await openRawClient(second.number(465), first.sandbox.certificateAuthority);
  await again.reply();
  await again.say('EHLO client.example');
  expect(await again.say(`AUTH PLAIN ${plain(account)}`)).toMatch(/^235 /);
});

test('what was accepted and not yet delivered is delivered after the restart', async () => {
  const data = newFolder();
  const down = await startProbed({
    data,
    parts: {
      writer: (own) => ({ ...own, handOver: async () => ({ kind: 'not now', why: 'down' }) }),
    },
  });
  const account = await down.newAccount();
  await using client = await down.inData(account, 'x@a.example');
  client.send(`From: ${senderOf(account)}\r\n\r\nx\r\n.\r\n`);
  expect(await client.reply()).toBe('250 Ok');
  await down.sandbox.operations.waitSettled(account.id, 5_000);
  expect((await down.sandbox.operations.listHistory(account.id)).emails).toMatchObject([
    { status: 'deferred' },
  ]);
  await down[Symbol.asyncDispose]();

  await using up = await startProbed({ data });
  await up.sandbox.operations.setMailbox(account.id, true);
  await up.sandbox.operations.waitSettled(account.id, 5_000);
  expect((await up.sandbox.operations.listHistory(account.id)).emails).toMatchObject([
    { status: 'delivered' },
  ]);
  expect(up.delivered).toHaveLength(1);
});

test('an email that its server does not take within the time of the choice is given up, and stays charged', async () => {
  await using down = await startProbed({
    choices: { giveUpMs: 0 },
    parts: {
      writer: (own) => ({ ...own, handOver: async () => ({ kind: 'not now', why: 'down' }) }),
    },
  });
  const account = await down.newAccount({ balance: 5 });
  await using client = await down.inData(account, 'x@a.example');
  client.send(`From: ${senderOf(account)}\r\n\r\nx\r\n.\r\n`);
  expect(await client.reply()).toBe('250 Ok');
  await down.sandbox.operations.waitSettled(account.id, 5_000);
  expect((await down.sandbox.operations.listHistory(account.id)).emails).toMatchObject([
    { status: 'failed' },
  ]);
  expect((await down.sandbox.operations.showAccount(account.id)).balance).toBe(4);
});

test('listeners of an account’s own are open again, on numbers of their own', async () => {
  const data = newFolder();
  const first = await startProbed({ data });
  const account = await first.newAccount({ listeners: 'own' });
  await first[Symbol.asyncDispose]();

  await using second = await startProbed({ data });
  const { listeners } = await second.sandbox.operations.showAccount(account.id);
  expect(listeners.map((each) => each.number)).not.toContain(second.number(587));
  await using client = await openRawClient(listeners.find((each) => each.port === 587)?.number ?? 0);
  expect(await client.reply()).toMatch(/^220 /);
});

test('no password stands in the database, and the keys are their owner’s alone', async () => {
  const data = newFolder();
  const probed = await startProbed({ data });
  const account = await probed.newAccount();
  await probed[Symbol.asyncDispose]();
  const database = await readFile(join(data, 'gauntlet.db'), 'latin1');
  expect(database).toContain(account.id);
  expect(database).not.toContain(account.connections[0]?.password);
  expect((await stat(join(data, 'keys.json'))).mode & 0o077).toBe(0);
});

test('a certificate authority that was lost from the folder is there again after a start', async () => {
  const data = newFolder();
  await (await startProbed({ data }))[Symbol.asyncDispose]();
  await rm(join(data, 'ca.pem'));
  await using again = await startProbed({ data });
  expect(await readFile(join(data, 'ca.pem'), 'utf8')).toBe(again.sandbox.certificateAuthority);
});

test('a seed is refused where the state is kept: ids and nonces would repeat after a restart', async () => {
  const data = newFolder();
  await expect(startProbed({ data, seed: 'x' })).rejects.toThrow('leave out');
  await expect(stat(data)).rejects.toThrow('ENOENT');
});

/** What starting on a folder says. */
async function refusal(data: string): Promise<string> {
  const fault: unknown = await startProbed({ data }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(fault).toBeInstanceOf(DataFolderError);
  return fault instanceof Error ? fault.message : '';
}

test('a folder that another sandbox uses is told, and is free again after it', async () => {
  const data = newFolder();
  const first = await startProbed({ data });
  expect(await refusal(data)).toBe(
    `${join(data, 'gauntlet.db')} is in use by another sandbox. End that one, or name another folder.`,
  );
  await first[Symbol.asyncDispose]();
  await using _second = await startProbed({ data });
});

test('what is no data folder is told, and stays as it is', async () => {
  const file = newFolder();
  await writeFile(file, 'not a folder');
  expect(await refusal(file)).toContain(`${file} cannot be a data folder`);

  const keyless = newFolder();
  await mkdir(keyless);
  await writeFile(join(keyless, 'keys.json'), '{ "sealingKey": ');
  expect(await refusal(keyless)).toContain('keys.json does not hold the keys of a sandbox');
});

/** All files of a folder with what they hold and who may read them. */
async function contents(data: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(data)).toSorted();
  const read = async (name: string) =>
    `${(await stat(join(data, name))).mode} ${await readFile(join(data, name), 'latin1')}`;
  return new Map(await Promise.all(names.map(async (name) => [name, await read(name)] as const)));
}

test.each([
  ['its keys are missing', async (data: string) => rm(join(data, 'keys.json')), 'keys.json is missing'],
  [
    'its keys are cut',
    async (data: string) => writeFile(join(data, 'keys.json'), '{ "sealingKey": ', { mode: 0o600 }),
    'keys.json does not hold the keys of a sandbox',
  ],
  [
    'its database is text',
    async (data: string) => writeFile(join(data, 'gauntlet.db'), 'no database, however one looks at it'),
    'gauntlet.db is no database. Begin with a new folder.',
  ],
  [
    'its database is damaged',
    async (data: string) => {
      const octets = await readFile(join(data, 'gauntlet.db'));
      await writeFile(join(data, 'gauntlet.db'), octets.fill(0x55, 20_000, octets.length));
    },
    'gauntlet.db is damaged',
  ],
])('a folder of which %s is told, and nothing is written to it', async (_what, damage, sentence) => {
  const data = newFolder();
  await (await startProbed({ data }))[Symbol.asyncDispose]();
  await rm(join(data, 'ca.pem'));
  await damage(data);
  const before = await contents(data);
  expect(await refusal(data)).toContain(sentence);
  expect(await contents(data)).toEqual(before);
});

/** A folder as a process that was killed leaves it: what it committed is in the log still. */
async function killedFolder(): Promise<string> {
  const [live, left] = [newFolder(), newFolder()];
  const probed = await startProbed({ data: live });
  await probed.newAccount();
  await cp(live, left, { recursive: true });
  await probed[Symbol.asyncDispose]();
  return left;
}

test('a killed process and a damaged database: its log is left as it is', async () => {
  const data = await killedFolder();
  const octets = await readFile(join(data, 'gauntlet.db'));
  await writeFile(join(data, 'gauntlet.db'), octets.fill(0x55, 20_000, octets.length));
  const kept = () => readFile(join(data, 'gauntlet.db-wal'), 'latin1');
  const before = await kept();
  expect(before.length).toBeGreaterThan(0);
  expect(await refusal(data)).toContain('gauntlet.db is damaged');
  expect(await kept()).toBe(before);
});

test('the keys of another folder are told in a sentence', async () => {
  const [data, other] = [await killedFolder(), await killedFolder()];
  await cp(join(other, 'keys.json'), join(data, 'keys.json'));
  expect(await refusal(data)).toContain('keys.json holds other keys');
});

test('all files are their owner’s alone, in a folder that is open to all', async () => {
  const data = newFolder();
  await mkdir(data);
  await chmod(data, 0o777);
  await using probed = await startProbed({ data });
  await probed.newAccount();
  const modes = [...(await contents(data))].map(([name, text]) => [
    name,
    Number(text.split(' ', 1)[0]) & 0o777,
  ]);
  expect(modes.map(([name]) => name)).toEqual(expect.arrayContaining(['ca.pem', 'gauntlet.db', 'keys.json']));
  expect(new Set(modes.map(([, mode]) => mode))).toEqual(new Set([0o600]));
});

test('two first starts on one folder at once end with one sandbox, and keys that open its passwords', async () => {
  const data = newFolder();
  const started = await Promise.allSettled([
    startProbed({ data }),
    startProbed({ data }),
    startProbed({ data }),
  ]);
  const up = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const [first] = up;
  expect(up).toHaveLength(1);
  const account = await first?.newAccount();
  await first?.[Symbol.asyncDispose]();
  await using again = await startProbed({ data });
  const found = await again.sandbox.operations.showAccount(account?.id ?? '');
  expect(found.connections[0]?.password).toBe(account?.connections[0]?.password);
});

test('a database of another version is told, not written to', async () => {
  const data = newFolder();
  await (await startProbed({ data }))[Symbol.asyncDispose]();
  {
    using database = new DatabaseSync(join(data, 'gauntlet.db'));
    database.exec('PRAGMA user_version = 99');
  }
  expect(await refusal(data)).toContain('was written by another version of Gauntlet.');
});
