import { emailmassivo } from '../contract/emailmassivo/emailmassivo.ts';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseScenario } from '../conformance/scenario/parse-scenario.ts';
import { showScenarioError } from '../conformance/scenario/scenario-error.ts';

const folder = fileURLToPath(new URL('../../fixtures/broken-scenarios/', import.meta.url));
const files = (await readdir(folder)).filter((name) => name.endsWith('.scenario.yaml')).toSorted();
const told = new Map(
  await Promise.all(
    files.map(async (name): Promise<readonly [string, readonly string[]]> => {
      const parsed = parseScenario(await readFile(`${folder}${name}`), {
        id: name,
        file: name,
        contract: emailmassivo,
      });
      return [name, parsed.kind === 'errors' ? parsed.errors.map(showScenarioError) : []];
    }),
  ),
);

test('there are sixty files at least, each broken in a way of its own', () => {
  expect(files.length).toBeGreaterThanOrEqual(60);
});

test('each file with one mistake gets one message', () => {
  const others = [...told].filter(
    ([name, messages]) => !name.startsWith('several-') && messages.length !== 1,
  );
  expect(others).toEqual([]);
});

test('each message names line and column, and ends as a sentence', () => {
  const shapeless = [...told.values()]
    .flat()
    .filter((message) => !/^\S+\.yaml:\d+:\d+: .*(?:[.?]|group)$/s.test(message));
  expect(shapeless).toEqual([]);
});

test('what each file is told is as the golden table has it', async () => {
  const table = [...told].map(
    ([name, messages]) => `${name}\n${messages.map((line) => `  ${line.slice(name.length + 1)}\n`).join('')}`,
  );
  await expect(table.join('\n')).toMatchFileSnapshot(`${folder}messages.txt`);
});
