import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkRooms, findImports, importsOf, readRoomTable } from './rooms-for-tests.ts';

const table = await readRoomTable(new URL('./rooms.json', import.meta.url));

test('every import in the tree keeps to the table of rooms, and every allowance is used', async () => {
  const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const imports = [
    ...(await findImports(folder('..'))),
    ...(await findImports(folder('../../proof'), 'proof')),
    ...(await findImports(folder('../../bench'), 'bench')),
  ];
  expect(imports.length).toBeGreaterThan(100);
  expect(checkRooms(table, imports)).toEqual([]);
});

test('the picture of the parts shows the rooms of the table', async () => {
  const picture = await readFile(new URL('../../docs/ARCHITECTURE.md', import.meta.url), 'utf8');
  const shown = [...picture.matchAll(/^\| `([^`]+)` \|/gm)].map(([, room = '']) => room);
  expect(shown.toSorted()).toEqual(
    Object.keys(table.rooms)
      .filter((room) => room !== '.')
      .toSorted(),
  );
});

describe('a planted mistake is seen', () => {
  const broken = (file: string, text: string) =>
    checkRooms(table, importsOf(file, text)).filter((sentence) => sentence.startsWith(file));

  test.each([
    [
      'the wall between the wings',
      'conformance/runner/x.ts',
      "import { a } from '../../sandbox/sandbox.ts';",
    ],
    ['the same for a type', 'conformance/runner/x.ts', "import type { A } from '../../sandbox/sandbox.ts';"],
    ['a re-export', 'sandbox/policy/x.ts', "export { a } from '../store/store.ts';"],
    ['a dynamic import', 'smtp/x.ts', "const a = await import('../contract/contract.ts');"],
    ['a built-in where there is none', 'sandbox/policy/x.ts', "import { readFile } from 'node:fs';"],
    ['a package of another room', 'app/x.ts', "import { SMTPServer } from 'smtp-server';"],
    ['a test package outside a test', 'app/x.ts', "import { test } from 'vitest';"],
    ['a file in no room', 'attic/x.ts', "import 'zod';"],
  ])('%s', (_what, file, text) => {
    expect(broken(file, text)).toHaveLength(1);
    expect(broken(file, text)[0]).toContain(`${file}:1`);
  });

  test.each([
    ['its own room', 'smtp/x.ts', "import { a } from './reply.ts';"],
    ['common ground', 'mailbox/x.ts', "import net from 'node:net';"],
    ['a test package in a test', 'smtp/x.test.ts', "import { test } from 'vitest';"],
  ])('%s is no mistake', (_what, file, text) => {
    expect(broken(file, text)).toEqual([]);
  });

  test('an allowance that nothing uses', () => {
    expect(checkRooms(table, []).length).toBeGreaterThan(10);
  });
});
