import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { describe, expect, test } from 'vitest';
import { modes } from '../../contract/emailmassivo/transition.ts';
import { multiplyByModes } from '../scenario/matrix.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { chooseCases } from './choose-cases.ts';
import { play } from './play-scripted-fixture.ts';
import { afterSmoke } from './scripted-gateway-fixture.ts';
import { withinLimit } from './time-limit.ts';

function read(id: string, text: string): Scenario {
  const parsed = parseScenario(text, { id, file: `${id}.scenario.yaml`, contract: emailmassivo });
  if (parsed.kind === 'errors') throw parsed.errors[0] ?? new Error('no scenario');
  return parsed.scenario;
}
const rset = read(
  'a/rset',
  'title: Reset\nabout: protocol.rset\ndialogue: |\n  C: <open>\n  C: RSET\n  S: 250 *\n',
);
const refused = read(
  'a/refused',
  'title: Refused\nabout: protocol.rset\ndialogue: |\n  C: <open>\n  C: RSET\n  S: 299 *\n',
);

const changing = read(
  'a/changing',
  'title: C\nabout: protocol.rset\ndialogue: |\n  C: <open>\n  W: balance 1\n  C: RSET\n  S: 250 *\n',
);

describe('cases are chosen', () => {
  const cases = multiplyByModes([rset, refused], modes);
  const ids = (choice: Parameters<typeof chooseCases>[2]) =>
    chooseCases(emailmassivo, cases, choice).map(({ id }) => id);

  test('by what they are called, and by the rules that they hold', () => {
    expect(ids({ grep: /reset/i })).toHaveLength(5);
    expect(ids({ grep: /refused @25$/ })).toEqual(['a/refused @25']);
    expect(ids({ rules: ['protocol.rset'] })).toHaveLength(10);
    expect(ids({ rules: ['error.450'] })).toEqual([]);
  });

  test('in parts of one size, which together are the whole', () => {
    const parts = [1, 2, 3].map((index) => ids({ shard: { index, of: 3 } }));
    expect(parts.map(({ length }) => length)).toEqual([4, 3, 3]);
    expect(parts.flat().toSorted()).toEqual(ids({}).toSorted());
  });

  test('several times under names of their own', () => {
    expect(ids({ grep: /rset @587$/, repeat: 3 })).toEqual([
      'a/rset @587',
      'a/rset @587 ~2',
      'a/rset @587 ~3',
    ]);
  });
});

describe('a finding that is known', () => {
  test('is marked and fails nothing', async () => {
    const { summary, events } = await play(refused, { more: { isKnown: () => true } });
    expect(summary).toMatchObject({ exitCode: 0, counts: { failed: 1 } });
    expect(events.find(({ kind }) => kind === 'finding')).toMatchObject({ known: true });
  });

  test('is asked for by its case and itself; another one fails', async () => {
    const { summary } = await play(refused, {
      more: {
        isKnown: ({ group, mode }, { rule }) =>
          group === 'a/rset' && mode === '587' && rule === 'protocol.rset',
      },
    });
    expect(summary.exitCode).toBe(1);
  });
});

describe('the record', () => {
  test('says what was to be said, what was played at each moment, and which reply was read where', async () => {
    const { events } = await play(rset);
    const started = events.find((event) => event.kind === 'case-started');
    expect(started?.dialogue).toEqual([
      { line: 4, source: 'C: <open>' },
      { line: 5, source: 'C: RSET' },
      { line: 6, source: 'S: 250 *' },
    ]);
    const said = events.flatMap((event) =>
      event.kind === 'wire' && event.direction === 'C' ? [[event.octets, event.line]] : [],
    );
    expect(said).toEqual([
      ['EHLO client.example\r\n', 4],
      ['RSET\r\n', 5],
      ['QUIT\r\n', undefined],
    ]);
    const heard = events.flatMap((event) => (event.kind === 'heard' ? [event.line] : []));
    expect(heard).toEqual([4, 4, 6, undefined]);
  });
});

describe('a limit of time', () => {
  test('is not felt by what is done before', async () => {
    expect(await withinLimit(Promise.resolve('done'), 10_000, () => 'late')).toBe('done');
    expect(await withinLimit(Promise.resolve('done'), undefined, () => 'late')).toBe('done');
  });

  test('ends what never ends', async () => {
    expect(await withinLimit(new Promise<string>(() => undefined), 1, () => 'late')).toBe('late');
  });

  test('makes a case errored', async () => {
    const silent = { answer: (line: string) => (line === 'RSET' ? '' : undefined) };
    const { outcomes } = await play(rset, { ...silent, more: { caseTimeoutMs: 50 } });
    expect(outcomes).toEqual(['errored the case took longer than 0.05 s']);
  });

  test('and what the case does later is not told', async () => {
    const late = Promise.withResolvers<{ kind: 'done' }>();
    const arrange = afterSmoke((usual) =>
      Promise.resolve(
        usual.kind === 'arranged'
          ? { ...usual, situation: { ...usual.situation, change: () => late.promise } }
          : usual,
      ),
    );
    const { outcomes, events } = await play(changing, { arrange, more: { caseTimeoutMs: 50 } });
    expect(outcomes).toEqual(['errored the case took longer than 0.05 s']);
    const told = events.length;
    late.resolve({ kind: 'done' });
    await new Promise((resolve) => void setImmediate(resolve));
    expect(events).toHaveLength(told);
  });
});
