import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mutatedRooms, type AutomaticMutant } from './automatic-mutant.ts';
import { GatewayProcess } from './gateway-process.ts';
import { instrumentTree } from './instrument.ts';
import { lookOfKind, readLookKinds, readUnreachedPlaces } from './looked-at.ts';
import { sampleMutants } from './sample.ts';
import { joinJudged, scoreOf, showScore } from './score.ts';
import { shareOf, showShare } from './share.ts';
import { isOnTopic, unknownTopics } from './topics.ts';
import type { Judgement, Verdict } from './verdict.ts';

/** A project with one small file in each room, and a sandbox that is only its text. */
async function makeProject(small: string, sandbox = ''): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'automatic-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const room of mutatedRooms) {
    await mkdir(join(folder, 'src', room), { recursive: true });
    await writeFile(join(folder, 'src', room, 'small.ts'), small);
    await writeFile(join(folder, 'src', room, 'small.test.ts'), small);
  }
  await writeFile(join(folder, 'src/sandbox/sandbox.ts'), sandbox);
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await mkdir(join(folder, 'node_modules'));
  await symlink(join(folder, 'package.json'), join(folder, 'node_modules/package.json'));
  return folder;
}

const small = 'export const isLarge = (size: number): boolean => size > 10;\n';

test('mutants of every room are built into a copy; tests are no part of them', async () => {
  const project = await makeProject(small);
  const mutants = await instrumentTree(project, join(project, 'copy'));
  expect(new Set(mutants.map(({ room }) => room))).toEqual(new Set(mutatedRooms));
  expect(new Set(mutants.map(({ file }) => file.split('/').at(-1)))).toEqual(new Set(['small.ts']));
  expect(mutants).toContainEqual(
    expect.objectContaining({
      file: 'smtp/small.ts',
      line: 1,
      original: 'size > 10',
      replacement: 'size >= 10',
    }),
  );
  expect(await readFile(join(project, 'copy/src/smtp/small.ts'), 'utf8')).toContain('stryMutAct');
});

test('a mutant keeps its id when lines come and go around it', async () => {
  const before = await instrumentTree(await makeProject(small), join(await makeProject(small), 'copy'));
  const moved = `// a new line\nexport const other = 1 + 2;\n${small}`;
  const after = await instrumentTree(await makeProject(moved), join(await makeProject(small), 'copy'));
  const ids = new Set(after.map(({ id }) => id));
  expect(before.filter(({ id }) => !ids.has(id))).toEqual([]);
  expect(ids.size).toBe(after.length);
  expect(after.length).toBeGreaterThan(before.length);
});

test('the mutant that is asked for is on before the first module is read', async () => {
  const project = await makeProject(
    small,
    `import { isLarge } from '../smtp/small.ts';
     const atLoad = isLarge(10);
     export const createSandbox = async () => ({ controlUrl: String(atLoad) });`,
  );
  const copy = join(project, 'copy');
  const mutants = await instrumentTree(project, copy);
  const number = mutants.find(
    ({ file, replacement }) => file === 'smtp/small.ts' && replacement === 'size >= 10',
  )?.number;
  const started = async (mutant: string | undefined) => {
    using gateway = new GatewayProcess(copy, mutant);
    const url = await gateway.start({ host: '127.0.0.1', port: 1 });
    return url;
  };
  expect([await started(undefined), await started(number)]).toEqual(['false', 'true']);
});

test.each([
  ['ends by itself', 'process.exit(3)', { how: 'crash', message: 'the process ended: exit code 3' }],
  ['cannot start', 'throw new Error("no port")', { how: 'crash', message: 'no port' }],
  ['never comes back', 'for (;;);', { how: 'hang', message: 'no answer within 3 s' }],
])('a gateway that %s is told from a harness that fails', async (_what, body, why) => {
  const project = await makeProject(small, `export const createSandbox = async () => { ${body} };`);
  const copy = join(project, 'copy');
  await instrumentTree(project, copy);
  using gateway = new GatewayProcess(copy, undefined, 3_000);
  await expect(gateway.start({ host: '127.0.0.1', port: 1 })).rejects.toMatchObject(why);
});

const mutantIn = (room: AutomaticMutant['room'], at: number): AutomaticMutant => ({
  id: `${room}-${at}`,
  number: String(at),
  room,
  file: `${room}/x.ts`,
  line: 1,
  mutator: 'x',
  original: 'a',
  replacement: 'b',
});

test('a sample has of each room its share, and the same for the same seed', () => {
  const all = [
    ...Array.from({ length: 60 }, (_, at) => mutantIn('smtp', at)),
    ...Array.from({ length: 30 }, (_, at) => mutantIn('sandbox/policy', at)),
    ...Array.from({ length: 10 }, (_, at) => mutantIn('sandbox/store', at)),
  ];
  const sample = sampleMutants(all, 20, 'one');
  const count = (room: string) => sample.filter((mutant) => mutant.room === room).length;
  expect([count('smtp'), count('sandbox/policy'), count('sandbox/store')]).toEqual([12, 6, 2]);
  expect(sampleMutants(all, 20, 'one')).toEqual(sample);
  expect(sampleMutants(all, 20, 'other')).not.toEqual(sample);
  expect(sampleMutants(all, 500, 'one')).toHaveLength(100);
});

test('a share of few is told with how little it says', () => {
  // the interval that tables give for 45 of 60
  expect(showShare(shareOf(45, 60))).toBe('45 of 60 (75.0 %, 62.8–84.2)');
  expect(shareOf(10, 10)).toMatchObject({
    value: 1,
    high: expect.closeTo(1, 6),
    low: expect.closeTo(0.722, 3),
  });
  expect(shareOf(0, 0)).toMatchObject({ low: 0, high: 1 });
});

test('what nobody can see is left out of the score; what nobody has looked at is not', () => {
  const survived: Judgement = { kind: 'survived', played: 1, unrepeated: 0 };
  const caught: Judgement = { kind: 'caught', how: 'finding', by: 'x @587', rule: 'error.450', what: '' };
  const verdict = (id: string, scripted: Judgement, generated?: Judgement): Verdict => ({
    id,
    scripted,
    generated,
    ms: 1,
  });
  const verdicts = [
    verdict('smtp-0', caught),
    verdict('smtp-1', survived, caught),
    verdict('smtp-2', survived, survived),
    verdict('smtp-3', survived, survived),
    verdict('smtp-4', survived, survived),
  ];
  const look = { where: '', change: '', why: '' };
  const judged = joinJudged(
    verdicts.map((_, at) => mutantIn('smtp', at)),
    new Map(verdicts.map((one) => [one.id, one])),
    new Map([
      ['smtp-2', { kind: 'equivalent', ...look }],
      ['smtp-3', { kind: 'hole', ...look }],
      // one that is caught by now is no survivor, whatever was said of it
      ['smtp-0', { kind: 'equivalent', ...look }],
    ]),
  );
  expect(showScore(scoreOf(judged))).toMatch(
    /^5 mutants: caught 2 of 4 .*scripted suite alone 1 of 4 .*left out 1 equivalent and 0 invisible; survivors 1 holes and 1 not/,
  );
});

test('a look at what no case reaches is none at what cases reach', () => {
  const survived = (id: string, played: number): Verdict => ({
    id,
    scripted: { kind: 'survived', played, unrepeated: 0 },
    generated: undefined,
    ms: 1,
  });
  const verdicts = [survived('smtp-0', 0), survived('smtp-1', 3)];
  const judged = joinJudged(
    verdicts.map((_, at) => mutantIn('smtp', at)),
    new Map(verdicts.map((one) => [one.id, one])),
    new Map(),
    new Map([['smtp/x.ts', { kind: 'invisible', where: '', change: '', why: '', seenBy: '' }]]),
  );
  expect(showScore(scoreOf(judged))).toMatch(
    /left out 0 equivalent and 1 invisible; survivors 0 holes and 1 not/,
  );
});

test('what no case reaches is seen by a test that is there', async () => {
  const project = new URL('../../', import.meta.url);
  const places = await readUnreachedPlaces(new URL('unreached.json', import.meta.url));
  for (const [file, place] of places) {
    expect([file, existsSync(new URL(`src/${file}`, project))]).toEqual([file, true]);
    const tests = place.kind === 'invisible' ? place.seenBy.split(', ') : [];
    expect(tests.filter((each) => !existsSync(new URL(each, project)))).toEqual([]);
    expect(tests.length).toBeGreaterThan(0);
  }
});

test('what is said once is said of a file that is there, and of nothing but its kind', async () => {
  const project = new URL('../../', import.meta.url);
  const kinds = await readLookKinds(new URL('said-once.json', import.meta.url));
  for (const { file, look } of kinds) {
    const tests = look.kind === 'invisible' ? look.seenBy.split(', ') : [];
    expect([`src/${file}`, ...tests].filter((each) => !existsSync(new URL(each, project)))).toEqual([]);
  }
  const choice = { file: 'sandbox/policy/choices.ts', mutator: 'StringLiteral' };
  expect(lookOfKind(kinds, { ...choice, original: "'Sends that count.'" })?.kind).toBe('equivalent');
  expect(lookOfKind(kinds, { ...choice, original: "'PLAIN'" })).toBeUndefined();
});

test('a finding is on topic where its rule is about what the changed file does', () => {
  expect(unknownTopics()).toEqual([]);
  expect(isOnTopic('sandbox/store/accepted-mails.ts', 'error.451.window')).toBe(true);
  expect(isOnTopic('sandbox/store/accepted-mails.ts', 'delivery.content')).toBe(false);
  expect(isOnTopic('sandbox/gateway/session.ts', 'delivery.content')).toBe(true);
});
