import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { scenarioJsonSchema } from '../conformance/scenario/schema.ts';

test('scenarios/scenario.schema.json is what `gauntlet schema` prints', async () => {
  const file = await readFile(new URL('../../scenarios/scenario.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(file)).toEqual(scenarioJsonSchema());
});
