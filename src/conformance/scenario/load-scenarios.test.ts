import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadScenarios } from './load-scenarios.ts';
import { multiplyByModes } from './matrix.ts';
import { showScenarioError } from './scenario-error.ts';

let suiteFolder = '';
beforeAll(async () => {
  suiteFolder = join(await mkdtemp(join(tmpdir(), 'suite-')), 'scenarios');
  await mkdir(join(suiteFolder, 'billing'), { recursive: true });
  await writeFile(
    join(suiteFolder, 'billing', 'copies.scenario.yaml'),
    'title: Copies\nabout: billing.split\ncases:\n  - title: To\n    dialogue: |\n      C: <open>\n  - title: Bcc alone\n    dialogue: |\n      C: <open>\n',
  );
  await writeFile(
    join(suiteFolder, 'smoke.scenario.yaml'),
    'title: Smoke\nabout: billing.split\nmodes: [25]\ndialogue: |\n  C: <open>\n',
  );
});
afterAll(() => rm(join(suiteFolder, '..'), { recursive: true }));

async function idsOf(...paths: readonly string[]): Promise<readonly string[]> {
  const { scenarios, errors } = await loadScenarios(paths, { suiteFolder });
  return [...errors.map(showScenarioError), ...multiplyByModes(scenarios, ['587', '25']).map(({ id }) => id)];
}

describe('what a path names', () => {
  test('nothing: the whole suite', async () => {
    expect(await idsOf()).toEqual([
      'billing/copies#to @587',
      'billing/copies#to @25',
      'billing/copies#bcc-alone @587',
      'billing/copies#bcc-alone @25',
      'smoke @25',
    ]);
  });

  test('a folder, a file, an id, a case, a case in a mode', async () => {
    expect(await idsOf(join(suiteFolder, 'billing'))).toHaveLength(4);
    expect(await idsOf(join(suiteFolder, 'smoke.scenario.yaml'))).toEqual(['smoke @25']);
    expect(await idsOf('billing/copies')).toHaveLength(4);
    expect(await idsOf('billing/copies#bcc-alone')).toHaveLength(2);
    expect(await idsOf('billing/copies#bcc-alone @587')).toEqual(['billing/copies#bcc-alone @587']);
  });

  test('nothing that there is: an error with what was perhaps meant', async () => {
    expect(await idsOf('billing/copeis')).toEqual([
      'billing/copeis:1:1: "billing/copeis" is no file, no folder with scenarios and no case\'s id. Did you mean "billing/copies"?',
    ]);
    expect(await idsOf('billing/copies#bcc')).toEqual([
      'scenarios/billing/copies.scenario.yaml:1:1: There is no case "#bcc" here.',
    ]);
  });
});
