import { exec } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { followBlocks, type Typed } from './follow-blocks.ts';
import { readDocument } from './read-document.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const document = 'docs/add-a-provider.md';
const folder = await mkdtemp(join(tmpdir(), 'contributor-'));
afterAll(() => rm(folder, { recursive: true }));

/** A clone of the project, as somebody has it who adds to it. */
async function clone(): Promise<void> {
  for (const name of ['bin', 'src', 'scenarios', 'package.json', 'tsconfig.json', 'tsconfig.build.json'])
    await cp(join(project, name), join(folder, name), { recursive: true });
  for (const name of ['node_modules', 'dist-web']) await symlink(join(project, name), join(folder, name));
  // `npx` finds the command of the package in which it is typed
  await mkdir(join(folder, 'own-bin'));
  const command = join(folder, 'own-bin', 'gauntlet');
  await writeFile(command, `#!/bin/sh\nexec node "${join(folder, 'bin/gauntlet.cjs')}" "$@"\n`);
  await chmod(command, 0o755);
}

function type(command: string): Promise<Typed> {
  const path = [
    join(folder, 'own-bin'),
    join(project, 'node_modules/.bin'),
    dirname(process.execPath),
    '/usr/bin',
    '/bin',
  ];
  return new Promise((resolve) => {
    exec(
      command.replaceAll(/^npx /gm, ''),
      { cwd: folder, env: { PATH: path.join(':'), HOME: folder }, maxBuffer: 64 * 1024 * 1024 },
      (fault, stdout, stderr) =>
        resolve({ output: `${stdout}${stderr}`, exitCode: fault === null ? 0 : (fault.code ?? 99) }),
    );
  });
}

test('the page adds a provider of four rules, block by block', { timeout: 300_000 }, async () => {
  await clone();
  const blocks = readDocument(await readFile(join(project, document), 'utf8'));
  expect(blocks.filter(({ kind }) => kind === 'file')).toHaveLength(5);
  // the first block that does not do what the page says; those after it build on it
  expect(await followBlocks(document, folder, blocks, type)).toBeUndefined();
  // and what it writes has the types of the project
  expect(await type('tsc --noEmit -p tsconfig.build.json')).toEqual({ output: '', exitCode: 0 });
});
