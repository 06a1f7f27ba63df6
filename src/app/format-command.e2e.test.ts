import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { gauntletIn } from './command-line-fixture.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'format-'));
});
afterEach(() => rm(folder, { recursive: true }));

const spoilt = 'about: error.450\ntitle: One\ndialogue: |\n    C:  <session>\n';
const formed = 'title: One\nabout: error.450\ndialogue: |\n  C: <session>\n';

test('--check names what has another form and writes nothing; without it the file is written', async () => {
  const file = join(folder, 'one.scenario.yaml');
  await writeFile(file, spoilt);
  const checked = await gauntletIn(folder, 'format', '--check', '.');
  expect(checked).toMatchObject({ exitCode: 1, stderr: '' });
  expect(checked.stdout).toContain('has another form: one.scenario.yaml');
  expect(await readFile(file, 'utf8')).toBe(spoilt);
  const written = await gauntletIn(folder, 'format', '.');
  expect(written).toMatchObject({
    exitCode: 0,
    stdout: 'formatted: one.scenario.yaml\n1 scenario file, 1 formatted.\n',
  });
  expect(await readFile(file, 'utf8')).toBe(formed);
});

test('what is no YAML is told, and a path that names nothing', async () => {
  await writeFile(join(folder, 'one.scenario.yaml'), 'title: a: b\n');
  const broken = await gauntletIn(folder, 'format', '.');
  expect(broken.exitCode).toBe(2);
  expect(broken.stderr).toContain('one.scenario.yaml. `gauntlet lint` tells why.');
  const nothing = await gauntletIn(folder, 'format', 'nowhere');
  expect(nothing.exitCode).toBe(2);
  expect(nothing.stderr).toContain('"nowhere" is no file');
});
