import { exec } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readDocument, shows, type DocumentBlock } from './read-document.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

test.each(['docs/write-a-scenario.md'])(
  '%s can be followed from an empty folder, block by block',
  { timeout: 120_000 },
  async (path) => {
    const blocks = readDocument(await readFile(join(project, path), 'utf8'));
    expect(blocks.length).toBeGreaterThan(3);
    const folder = await mkdtemp(join(tmpdir(), 'reader-'));
    // the first block that does not do what the document says; those after it build on it
    expect(await follow(path, folder, blocks)).toBeUndefined();
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

async function follow(
  path: string,
  folder: string,
  blocks: readonly DocumentBlock[],
): Promise<string | undefined> {
  let output = '';
  for (const block of blocks) {
    const place = `${path}:${block.line}`;
    if (block.kind === 'file') {
      await mkdir(join(folder, dirname(block.path)), { recursive: true });
      await writeFile(join(folder, block.path), block.text);
    } else if (block.kind === 'output') {
      if (!shows(output, block.text)) return `${place} prints what does not come:\n${output}`;
    } else {
      output = '';
      for (const command of block.commands) {
        const end = await type(folder, command);
        output += end.output;
        if (end.exitCode !== block.exitCode)
          return `${place}: ${command} ended with ${end.exitCode}\n${end.output}`;
      }
    }
  }
  return undefined;
}

/** Types a command in a folder, as a shell does. What would install the package puts this one in its place. */
async function type(folder: string, command: string): Promise<{ output: string; exitCode: number }> {
  if (command.startsWith('npm install')) {
    const modules = join(folder, 'node_modules');
    await mkdir(join(modules, '.bin'), { recursive: true });
    await symlink(project, join(modules, 'smtp-gauntlet'));
    await symlink(join(project, 'bin/gauntlet.cjs'), join(modules, '.bin/gauntlet'));
    return { output: '', exitCode: 0 };
  }
  return new Promise((resolve) => {
    exec(
      command.replaceAll(/^npx /gm, ''),
      {
        cwd: folder,
        env: {
          // no Mailpit, so that the embedded mailbox is named whatever this machine has
          PATH: [join(folder, 'node_modules/.bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
          HOME: folder,
        },
      },
      (fault, stdout, stderr) =>
        resolve({ output: `${stdout}${stderr}`, exitCode: fault === null ? 0 : (fault.code ?? 99) }),
    );
  });
}
