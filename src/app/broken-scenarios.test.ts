import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseScenario } from '../conformance/scenario/parse-scenario.ts';
import { showScenarioError } from '../conformance/scenario/scenario-error.ts';

const folder = fileURLToPath(new URL('../../fixtures/broken-scenarios/', import.meta.url));
const files = (await readdir(folder)).filter((name) => name.endsWith('.scenario.yaml'));

test('there are twenty files, each broken in a way of its own', () => {
  expect(files.length).toBeGreaterThanOrEqual(20);
});

test.each(files)('%s is told as its golden file has it', async (name) => {
  const text = await readFile(`${folder}${name}`, 'utf8');
  const parsed = parseScenario(text, { id: name, file: name });
  const told = parsed.kind === 'errors' ? parsed.errors.map((error) => `${showScenarioError(error)}\n`) : [];
  expect(told.length).toBeGreaterThan(0);
  await expect(told.join('')).toMatchFileSnapshot(`${folder}${name.replace('.scenario.yaml', '.txt')}`);
});
