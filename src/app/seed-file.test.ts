import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSeed } from './seed-file.ts';

const folder = await mkdtemp(join(tmpdir(), 'gauntlet-seed-'));
afterAll(() => rm(folder, { recursive: true }));

async function fileWith(...accounts: readonly unknown[]): Promise<string> {
  const path = join(folder, 'seed.json');
  await writeFile(path, JSON.stringify({ accounts }));
  return path;
}

const connection = { name: 'App', sender: 'a@app.example' };

describe('a seed file', () => {
  test('gives accounts with their defaults filled in', async () => {
    const path = await fileWith({ balance: 7, connections: [{ ...connection, login: 'app' }] });
    expect((await readSeed(path, { isKept: true })).accounts).toMatchObject([
      { balance: 7, domains: [], listeners: 'shared', connections: [{ login: 'app', blocked: false }] },
    ]);
  });

  test.each([
    ['balanse', { balanse: 1 }, 'accounts.0:'],
    ['pasword', { connections: [{ ...connection, pasword: 'x' }] }, 'accounts.0.connections.0:'],
    ['stat', { domains: [{ name: 'a.example', state: 'verified', stat: 1 }] }, 'accounts.0.domains.0:'],
    ['rol', { recipients: [{ address: 'a@b.c', role: 'full', rol: 1 }] }, 'accounts.0.recipients.0:'],
    ['ratelimit', { limits: { ratelimit: 1 } }, 'accounts.0.limits:'],
    ['forzen', { clock: { forzen: true } }, 'accounts.0.clock:'],
  ])('with the misspelt key %s is refused, with its place', async (key, account, place) => {
    const path = await fileWith(account);
    const reading = readSeed(path, { isKept: false });
    await expect(reading).rejects.toMatchObject({ name: 'UsageError' });
    await expect(reading).rejects.toThrow(`${path}: ${place} Unrecognized key: "${key}"`);
  });

  test('holds what the control API holds: no account is larger than there', async () => {
    const path = await fileWith({ connections: Array.from({ length: 101 }, () => connection) });
    await expect(readSeed(path, { isKept: false })).rejects.toThrow('accounts.0.connections:');
  });

  test('whose accounts are kept must have a login to find each again by', async () => {
    const path = await fileWith({ connections: [connection, { ...connection, login: 'second' }] }, {});
    await expect(readSeed(path, { isKept: false })).resolves.toMatchObject({ accounts: [{}, {}] });
    const reading = readSeed(path, { isKept: true });
    await expect(reading).rejects.toThrow('accounts.0.connections.0.login: with --data');
    await expect(reading).rejects.toThrow('accounts.1.connections.0.login: with --data');
  });
});
