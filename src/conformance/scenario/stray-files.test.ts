import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findStrayFiles } from './stray-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'gauntlet-stray-'));
afterAll(() => rm(folder, { recursive: true }));
const scenario = 'title: One\nabout: protocol.rset\ndialogue: |\n  C: <open>\n';
let count = 0;

async function strayNames(name: string, text = scenario): Promise<readonly string[]> {
  const own = join(folder, String((count += 1)));
  await mkdir(join(own, 'deep/node_modules'), { recursive: true });
  await writeFile(join(own, 'deep', name), text);
  return (await findStrayFiles(own)).map(({ code, message }) => `${code}: ${message}`);
}

test.each([
  ['foo.yaml', 'foo'],
  ['foo.yml', 'foo'],
  ['foo.scenario.yml', 'foo'],
  ['foo.Scenario.YAML', 'foo'],
  ['foo.scenario', 'foo'],
  ['foo.test.yaml', 'foo.test'],
])('%s is named, with the name that it must have', async (name, stem) => {
  expect(await strayNames(name)).toEqual([
    `stray-file: This looks like a scenario, and is not read: the name must end in .scenario.yaml. Rename it to ${stem}.scenario.yaml.`,
  ]);
});

test.each([
  ['foo.scenario.yaml', scenario],
  ['target.yaml', 'name: mine\nlisteners: {}\n'],
  ['workflow.yml', 'title: build\non: push\n'],
  ['foo.txt', scenario],
  ['scenario.schema.json', '{}'],
  ['node_modules/foo.yaml', scenario],
])('%s is not', async (name, text) => {
  expect(await strayNames(name, text)).toEqual([]);
});

test('what is no folder has none', async () => {
  expect(await findStrayFiles(join(folder, 'nowhere'))).toEqual([]);
});
