import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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
  const { scenarios, errors } = await loadScenarios(paths, {
    suite: { own: suiteFolder },
    contract: emailmassivo,
  });
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

  test('a file outside the suite: its id is the way to it, and finds it again', async () => {
    const outside = join(suiteFolder, '..', 'my@mails', 'a#b');
    await mkdir(join(outside, 'one'), { recursive: true });
    await mkdir(join(outside, 'two'));
    const text =
      'title: Same\nabout: billing.split\ncases:\n  - title: To\n    dialogue: |\n      C: <open>\n  - title: Cc\n    modes: [25]\n    dialogue: |\n      C: <open>\n';
    await writeFile(join(outside, 'one', 'same.scenario.yaml'), text);
    await writeFile(join(outside, 'two', 'same.scenario.yaml'), text);
    const way = relative('.', outside);
    const ids = ['one', 'two'].flatMap((folder) => [
      `${way}/${folder}/same#to @587`,
      `${way}/${folder}/same#to @25`,
      `${way}/${folder}/same#cc @25`,
    ]);
    expect(await idsOf(outside)).toEqual(ids);
    expect(await idsOf(`${way}/one/same`)).toEqual(ids.slice(0, 3));
    expect(await idsOf(`${way}/two/same#cc`)).toEqual([`${way}/two/same#cc @25`]);
    for (const id of ids) expect(await idsOf(id)).toEqual([id]);
  });

  test('two files under one id: an error, for a report could not tell them apart', async () => {
    const folder = join(suiteFolder, '..', 'twice');
    await mkdir(folder);
    const text = 'title: Twice\nabout: billing.split\ndialogue: |\n  C: <open>\n';
    await writeFile(join(folder, 'twice'), text);
    await writeFile(join(folder, 'twice.scenario.yaml'), text);
    const way = relative('.', folder);
    const [error] = await idsOf(join(folder, 'twice'), join(folder, 'twice.scenario.yaml'));
    expect(error).toBe(
      `${way}/twice.scenario.yaml:1:1: Its id "${way}/twice" is that of ${way}/twice too. Run the two apart, or rename one.`,
    );
  });

  test('nothing that is played: an error, also beside what is', async () => {
    expect((await idsOf('smoke @587', 'billing/copies'))[0]).toBe(
      `${relative('.', suiteFolder)}/smoke.scenario.yaml:1:1: Nothing here is played in the mode 587, only in 25.`,
    );
  });

  test('nothing that there is: an error with what was perhaps meant', async () => {
    expect(await idsOf('billing/copeis')).toEqual([
      'billing/copeis:1:1: "billing/copeis" is no file, no folder with scenarios and no case\'s id. Did you mean "billing/copies"?',
    ]);
    expect(await idsOf('billing/copies#bcc')).toEqual([
      `${relative('.', suiteFolder)}/billing/copies.scenario.yaml:1:1: There is no case "#bcc" here.`,
    ]);
  });
});
