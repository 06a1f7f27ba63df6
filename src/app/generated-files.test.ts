import { amazonSes } from '../contract/amazon-ses/amazon-ses.ts';
import { emailmassivo } from '../contract/emailmassivo/emailmassivo.ts';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { summaryJsonSchema } from '../conformance/report/summary-schema.ts';
import { runEventJsonSchema } from '../conformance/result/run-event.ts';
import { languagePage } from '../conformance/scenario/language-page.ts';
import { scenarioJsonSchema } from '../conformance/scenario/schema.ts';

test.each([
  ['scenarios/scenario.schema.json', 'scenario', () => scenarioJsonSchema(emailmassivo)],
  [
    'scenarios/amazon-ses/scenario.schema.json',
    'scenario --provider amazon-ses',
    () => scenarioJsonSchema(amazonSes),
  ],
  ['docs/schemas/summary.schema.json', 'summary', summaryJsonSchema],
  ['docs/schemas/run.schema.json', 'run', runEventJsonSchema],
])('%s is what `gauntlet schema %s` prints', async (path, _what, print) => {
  const file = await readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
  expect(JSON.parse(file)).toEqual(print());
});

test('docs/scenario-language.md is what `npm run language` prints', async () => {
  const file = await readFile(new URL('../../docs/scenario-language.md', import.meta.url), 'utf8');
  expect(file).toBe(languagePage(emailmassivo));
});
