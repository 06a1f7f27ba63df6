import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createSealer } from './sealer.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { describeBilling } from './store-billing-behaviour.ts';
import { describeStore } from './store-behaviour.ts';

const folder = await mkdtemp(join(tmpdir(), 'gauntlet-store-'));
afterAll(() => rm(folder, { recursive: true }));
let files = 0;

describe('SQLite in memory', () => {
  describeStore(async () => openSqliteStore(':memory:'));
  describeBilling(async () => openSqliteStore(':memory:'));
});
describe('SQLite in a file', () => {
  const open = async () => openSqliteStore(join(folder, `${(files += 1)}.db`));
  describeStore(open);
  describeBilling(open);
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
