import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  loadScenarioTests,
  openScenarioStage,
  ScenarioFailure,
  type ScenarioStage,
} from './scenario-tests.ts';

let folder = '';
let stage: ScenarioStage | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scenarios-'));
  stage = await openScenarioStage({});
});
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function playOne(text: string): Promise<unknown> {
  await writeFile(join(folder, 'one.scenario.yaml'), text);
  const [first] = await loadScenarioTests({ paths: [folder], modes: ['587'] });
  if (first === undefined || stage === undefined) throw new Error('There is no case.');
  return first.play(stage).catch((fault: unknown) => fault);
}

const wrong = `title: Cc is free
about: billing.per-recipient
given: { recipients: { to: accepts, cc: accepts } }
dialogue: |
  C: <session>
  C: <send to, cc>
then: { charged: 1 }
`;

test('a failure says what the terminal says, and leads to the line of the file', async () => {
  const failure = await playOne(wrong);
  expect(failure).toBeInstanceOf(ScenarioFailure);
  const { message, stack, expected, actual } = failure as ScenarioFailure;
  expect({ expected, actual }).toEqual({ expected: '1', actual: '2' });
  const file = join(folder, 'one.scenario.yaml');
  expect(message).toContain(`${relative('.', file)}:7:9`);
  expect(message).toMatch(/= your expectation, .* billing\.per-recipient \(documented\)/);
  expect(stack).toContain(`at scenario (${file}:7:9)`);
});

test('what passes passes, and what is withdrawn says why it is not played', async () => {
  expect(await playOne(wrong.replace('charged: 1', 'charged: 2'))).toEqual({ kind: 'passed' });
  const withdrawn = `${wrong}withdrawn: { why: the page has changed, since: '2026-01-01' }\n`;
  expect(await playOne(withdrawn)).toEqual({
    kind: 'skipped',
    why: 'withdrawn: the page has changed (since 2026-01-01)',
  });
});

test('a mistake in a file is told with its place', async () => {
  await expect(playOne(wrong.replace('charged', 'chraged'))).rejects.toThrow(
    /one\.scenario\.yaml:7:9: There is no key "chraged" here\. Did you mean "charged"\?/,
  );
});
