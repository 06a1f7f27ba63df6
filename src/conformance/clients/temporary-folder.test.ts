import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openTemporaryFolder } from './temporary-folder.ts';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

test('a folder goes away with this; that of a process that was killed, with the next one', async () => {
  const module = fileURLToPath(new URL('./temporary-folder.ts', import.meta.url));
  const prefix = `gauntlet-test-${process.pid}`;
  const program = `
    const { openTemporaryFolder } = await import(${JSON.stringify(module)});
    const folder = await openTemporaryFolder(${JSON.stringify(prefix)});
    process.stdout.write(folder.path + '\\n');
    setInterval(() => undefined, 1_000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const [line] = await new Promise<readonly string[]>((resolve) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.split('\n')));
  });
  const left = line ?? '';
  // as long as it runs it keeps its folder
  {
    await using own = await openTemporaryFolder(prefix);
    expect([await exists(left), await exists(own.path)]).toEqual([true, true]);
  }
  child.kill('SIGKILL');
  await ended;
  const next = await openTemporaryFolder(prefix);
  expect([await exists(left), await exists(next.path)]).toEqual([false, true]);
  await next[Symbol.asyncDispose]();
  expect(await exists(next.path)).toBe(false);
});
