import { spawn } from 'node:child_process';
import { mkdtemp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecord } from './read-record.ts';
import { gauntlet, projectFolder } from './command-line-fixture.ts';

const folder = await mkdtemp(join(tmpdir(), 'gauntlet-options-'));
afterAll(() => rm(folder, { recursive: true }));
const mine = join(folder, 'mine');
const scenario = (title: string, reply: string, about = 'protocol.rset') =>
  `title: ${title}\nabout: ${about}\nmodes: [587, 25]\ndialogue: |\n  C: <open>\n  C: RSET\n  S: ${reply}\n`;
beforeAll(async () => {
  await mkdir(mine);
  await writeFile(join(mine, 'good.scenario.yaml'), scenario('A good one', '250 *'));
  await writeFile(join(mine, 'bad.scenario.yaml'), scenario('A bad one', '299 *'));
  await writeFile(join(mine, 'other.scenario.yaml'), scenario('Another', '250 *', 'protocol.vrfy'));
});

let count = 0;
/** Runs on the embedded mailbox; tells the exit code, what was printed, and the cases that were played. */
async function run(...words: readonly string[]) {
  const record = join(folder, `run-${(count += 1)}.ndjson`);
  const ended = await gauntlet('run', ...words, '--mailbox', 'embedded', '--report', `ndjson=${record}`);
  const text = await readFile(record, 'utf8').catch(() => '');
  const events = text === '' ? [] : readRecord(text, { file: record });
  const cases = events.flatMap((event) =>
    event.kind === 'case-started' ? [event.case.replace(/^.*\/mine\//, '')] : [],
  );
  return { ...ended, record, events, cases: cases.toSorted() };
}

describe.concurrent('gauntlet run plays', () => {
  test.each([
    [
      ['--grep', 'GOOD one'],
      ['good @25', 'good @587'],
    ],
    [['--grep', 'good @25$'], ['good @25']],
    [
      ['--rule', 'protocol.vrfy'],
      ['other @25', 'other @587'],
    ],
    [['--rule', 'protocol.*', '--grep', 'other', '--mode', '25'], ['other @25']],
    [
      ['--grep', 'good', '--mode', '25', '--repeat', '3'],
      ['good @25', 'good @25 ~2', 'good @25 ~3'],
    ],
  ])('with %j: %j', async (words, cases) => {
    const ended = await run(mine, ...words);
    expect(ended).toMatchObject({ exitCode: 0, cases });
  });

  test('each case in exactly one of the shards', async () => {
    const shards = await Promise.all(['1/2', '2/2'].map((shard) => run(mine, '--shard', shard)));
    expect(shards.map(({ cases }) => cases.length)).toEqual([3, 3]);
    expect(new Set(shards.flatMap(({ cases }) => cases)).size).toBe(6);
    expect(shards[1]?.events[0]).toMatchObject({ shard: { index: 2, of: 2 } });
  });

  test('no further case after a bad one with --bail, and says how many it did not', async () => {
    const ended = await run(mine, '--bail', '--jobs', '1');
    expect(ended).toMatchObject({ exitCode: 1, cases: ['bad @587'] });
    expect(ended.stdout).toContain('The run ended after 1 bad case; 5 of 6 cases were not played.');
    expect(ended.events.at(-1)).toMatchObject({ how: 'bailed' });
  });

  test('a case no longer than --case-timeout', async () => {
    const ended = await run(mine, '--grep', 'good', '--case-timeout', '1ms');
    expect(ended.exitCode).toBe(1);
    expect(ended.stdout).toContain('errored in 2 modes, first 587: the case took longer than 0.001 s');
  });
});

describe('--choice', () => {
  test('makes the gateway choose otherwise, and stands in the command that plays the case again', async () => {
    const slow = join(folder, 'slow.scenario.yaml');
    await writeFile(
      slow,
      'title: Two messages\nabout: error.451.window\ngiven: { recipients: { to: accepts } }\nmodes: [587]\ndialogue: |\n  C: <session>\n  C: <send to>\n  C: MAIL FROM:<${sender}>\n  S: 250 *\n',
    );
    const ended = await run(slow, '--choice', 'rateLimit=1');
    expect(ended.exitCode).toBe(1);
    expect(ended.stdout).toContain('received  451 4.3.2 Rate limit exceeded, retry after 10 seconds');
    expect(ended.stdout).toContain('--choice rateLimit=1');
    expect((await run(slow)).exitCode).toBe(0);
  });

  test('of a name that does not exist ends with 2, whichever command takes it', async () => {
    const ended = await Promise.all(
      ['run', 'explore', 'replay'].map((command) => gauntlet(command, '--choice', 'rateLimt=1')),
    );
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2]);
    for (const { stderr } of ended) expect(stderr).toContain('Did you mean "rateLimit"?');
  });
});

describe('a baseline', () => {
  test('lets only new findings fail', async () => {
    const before = await run(mine);
    expect(before.exitCode).toBe(1);
    const summary = join(folder, 'before.json');
    expect(await gauntlet('report', before.record, '--report', `json=${summary}`)).toMatchObject({
      exitCode: 0,
    });
    for (const baseline of [before.record, summary]) {
      const again = await run(mine, '--baseline', baseline);
      expect(again.exitCode).toBe(0);
      expect(again.stdout).toContain('known: protocol.rset');
      expect(again.stdout).toContain('Baseline: 0 new findings, 2 known of the 2 that it has.');
    }
    const narrower = await run(mine, '--mode', '25');
    const more = await run(mine, '--baseline', narrower.record);
    expect(more.exitCode).toBe(1);
    expect(more.stdout).toContain('Baseline: 1 new finding, 1 known of the 1 that it has.');
  });

  test('is not overwritten by a report', async () => {
    const file = join(folder, 'same.ndjson');
    const ended = await gauntlet('run', mine, '--baseline', file, '--report', `ndjson=${file}`);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toContain('would be overwritten');
  });
});

/** Starts a run that goes on until it is told to end. */
function start(...words: readonly string[]) {
  const child = spawn(process.execPath, ['bin/gauntlet.cjs', 'run', ...words, '--mailbox', 'embedded'], {
    cwd: projectFolder,
  });
  let stdout = '';
  let look: () => void = () => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    look();
  });
  const ended = new Promise<number | null>((resolve) => void child.once('close', resolve));
  return {
    ended,
    interrupt: () => child.kill('SIGINT'),
    text: () => stdout,
    /** Waits until it has printed a text so many times. */
    printed: (text: string, times = 1) =>
      new Promise<void>((resolve) => {
        look = () => {
          if (stdout.split(text).length > times) resolve();
        };
        look();
      }),
  };
}

test('Ctrl-C: what has begun is finished, what there is is reported, exit code 130', async () => {
  const [record, junit] = [join(folder, 'cut.ndjson'), join(folder, 'cut.xml')];
  const own = start('--jobs', '2', '--report', `ndjson=${record}`, '--report', `junit=${junit}`);
  await own.printed('Gateway ');
  own.interrupt();
  expect(await own.ended).toBe(130);
  expect(own.text()).toMatch(/The run was interrupted; \d+ of \d+ cases were not played\./);
  expect(readRecord(await readFile(record, 'utf8'), { file: record }).at(-1)).toMatchObject({
    how: 'interrupted',
  });
  expect(await readFile(junit, 'utf8')).toContain('</testsuites>');
});

test('--watch runs what is saved, tells a mistake without ending, and ends with Ctrl-C', async () => {
  const watched = join(folder, 'watched');
  await mkdir(watched);
  const file = join(watched, 'one.scenario.yaml');
  await writeFile(file, scenario('First', '250 *'));
  await writeFile(join(watched, 'two.scenario.yaml'), scenario('Second', '250 *'));
  const own = start(watched, '--watch', '--report', `ndjson=${join(folder, 'watch.ndjson')}`);
  await own.printed('Waiting for a scenario to be saved', 1);
  expect(own.text()).toContain('(4 cases,');
  await writeFile(file, 'title: [');
  await own.printed('Waiting for a scenario to be saved', 2);
  await writeFile(file, scenario('First', '299 *'));
  await own.printed('Waiting for a scenario to be saved', 3);
  expect(own.text()).toContain('(2 cases,');
  // as vim, JetBrains and sed -i save: another file takes the place of the old one, time after time
  for (const time of [4, 5]) {
    await writeFile(join(folder, 'beside'), scenario('First', `29${time} *`));
    await rename(join(folder, 'beside'), file);
    await own.printed('Waiting for a scenario to be saved', time);
    expect(own.text()).toContain(`expected  29${time} *`);
  }
  own.interrupt();
  expect(await own.ended).toBe(1);
});

describe.concurrent('bad input gets a sentence and exit code 2', () => {
  test.each([
    [['--rule', 'error.45'], '"error.45" is no rule. Did you mean "error.454"?'],
    [['--grep', '('], '--grep takes a regular expression'],
    [['--grep', 'nothing is called so'], 'Of 6 cases none is left by --grep.'],
    [['--shard', '0/2'], '--shard takes a part and how many there are, as 2/5, not "0/2".'],
    [['--shard', '3/2'], '--shard'],
    [['--shard', '7/7'], 'The shard 7/7 is empty: there are 6 cases.'],
    [['--repeat', '0'], '--repeat takes a whole number of at least 1'],
    [['--bail', 'never'], '--bail takes a whole number'],
    [['--case-timeout', '30'], '--case-timeout takes a time such as 500ms, 30s or 2m'],
    [['--baseline', 'nowhere.json'], 'nowhere.json cannot be read'],
    [['--baseline', 'package.json'], 'package.json: This is no baseline.'],
    [['--report', 'html=a', '--report', 'tap=./a'], 'Two reports would be written to'],
    [['--report', 'html'], 'is no report'],
  ])('%j', async (words, sentence) => {
    const ended = await gauntlet('run', mine, '--mailbox', 'embedded', ...words);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toContain(sentence);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
  });
});
