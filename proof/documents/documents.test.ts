import { exec, execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { followBlocks } from './follow-blocks.ts';
import { readDocument, shows } from './read-document.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** The package as it is published: built, for Node strips no types under `node_modules`. */
const packageFolder = await mkdtemp(join(tmpdir(), 'package-'));
beforeAll(async () => {
  for (const name of ['package.json', 'bin']) {
    await cp(join(project, name), join(packageFolder, name), { recursive: true });
  }
  for (const name of ['scenarios', 'docs', 'dist-web', 'node_modules']) {
    await symlink(join(project, name), join(packageFolder, name));
  }
  const compiler = join(project, 'node_modules/typescript/bin/tsc');
  const built = ['-p', join(project, 'tsconfig.build.json'), '--outDir', join(packageFolder, 'dist')];
  await promisify(execFile)(process.execPath, [compiler, ...built]);
}, 120_000);
afterAll(() => rm(packageFolder, { recursive: true }));

const documents = [
  'README.md',
  'docs/write-a-scenario.md',
  'docs/check-a-client.md',
  'docs/explore.md',
  'docs/reports.md',
  'docs/in-vitest.md',
];

test.each(documents)(
  '%s can be followed from an empty folder, block by block',
  { timeout: 300_000 },
  async (path) => {
    const blocks = readDocument(await readFile(join(project, path), 'utf8'));
    expect(blocks.length).toBeGreaterThan(0);
    const folder = await mkdtemp(join(tmpdir(), 'reader-'));
    await install(folder);
    // the first block that does not do what the document says; those after it build on it
    const typed = (command: string, input: string) => type(folder, command, input);
    expect(await followBlocks(path, folder, blocks, typed)).toBeUndefined();
    await rm(folder, { recursive: true });
  },
);

test('what a document prints is held to what came', () => {
  const came = 'a\nb 1.5 s\nc\nd\n';
  expect(shows(came, 'a\nb 9 s\n')).toBe(true);
  expect(shows(came, 'a\n…\nd\n')).toBe(true);
  expect(shows(came, 'a\nc\n')).toBe(false);
  expect(shows(came, 'b … s\n')).toBe(true);
});

/** Puts the package, and what a reader may have beside it, where `npm install` would. */
async function install(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '.bin'), { recursive: true });
  await symlink(packageFolder, join(modules, 'smtp-gauntlet'));
  await symlink(join(packageFolder, 'bin/gauntlet.cjs'), join(modules, '.bin/gauntlet'));
  await symlink(join(project, 'node_modules/nodemailer'), join(modules, 'nodemailer'));
}

/** Types a command in a folder, as a shell does, and what it asks for. What would install the package does nothing. */
async function type(
  folder: string,
  command: string,
  input: string,
): Promise<{ output: string; exitCode: number }> {
  if (command.startsWith('npm install')) return { output: '', exitCode: 0 };
  return new Promise((resolve) => {
    const child = exec(
      command.replaceAll(/^npx /gm, ''),
      {
        cwd: folder,
        env: {
          // no Mailpit, so that the embedded mailbox is named whatever this machine has
          PATH: [join(folder, 'node_modules/.bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
          HOME: folder,
          // a reader's second command finds what the first compiled; so do all readers here
          NODE_COMPILE_CACHE: join(packageFolder, 'compiled'),
        },
        maxBuffer: 64 * 1024 * 1024,
      },
      (fault, stdout, stderr) =>
        resolve({ output: `${stdout}${stderr}`, exitCode: fault === null ? 0 : (fault.code ?? 99) }),
    );
    // a command that asks for nothing may be gone before its input is
    child.stdin?.on('error', () => undefined).end(input);
  });
}
