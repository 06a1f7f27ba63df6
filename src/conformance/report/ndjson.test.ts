import { describe, expect, test } from 'vitest';
import { readRunEvents, recordPieces } from './ndjson.ts';
import { contract } from '../result/contract-fixture.ts';
import { failing, finished, started } from './run-fixture.ts';

describe('the record', () => {
  test('is read back as it was written, one event a line', () => {
    const text = [...recordPieces(failing)].join('');
    expect(text.trimEnd().split('\n')).toHaveLength(failing.length);
    expect(readRunEvents(text, { file: 'a.ndjson', former: contract })).toEqual(
      JSON.parse(JSON.stringify(failing)),
    );
  });

  test('holds no control character but its line feeds', () => {
    const text = [
      ...recordPieces([
        started,
        {
          kind: 'wire',
          case: 'a',
          t: 0,
          session: 1,
          direction: 'S',
          octets: '\u0000\u007f\u009b\u2028',
          tls: true,
        },
        finished,
      ]),
    ].join('');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028]/u);
    expect(readRunEvents(text, { file: 'a.ndjson', former: contract })).toMatchObject([
      started,
      { octets: '\u0000\u007f\u009b\u2028' },
      finished,
    ]);
  });
});

describe('a record that cannot be used', () => {
  const whole = [...recordPieces(failing)].join('');
  const read =
    (text: string, unfinished = false) =>
    () =>
      readRunEvents(text, { file: 'run.ndjson', unfinished, former: contract });
  const lines = whole.trimEnd().split('\n');

  test.each([
    ['another file', 'title: Same\n', 'run.ndjson:1: This is no record of a run'],
    ['nothing', '', 'run.ndjson:1: This is no record of a run'],
    [
      'a line that is no event',
      [lines[0], '{"kind":"what"}', ''].join('\n'),
      'run.ndjson:2: This line is no event',
    ],
    [
      'another form',
      whole.replace('"schema":3', '"schema":1'),
      'run.ndjson:1: The record has the form 1, and this',
    ],
    [
      'a line cut in two',
      whole.slice(0, -20),
      `run.ndjson:${lines.length}: The record breaks off in this line.`,
    ],
    [
      'a rule that the contract of the run does not have',
      whole.replaceAll('"about":"billing.per-recipient"', '"about":"billing.per-head"'),
      'run.ndjson:2: This line names the rule billing.per-head, which the contract of the run does not have.',
    ],
    [
      'a mode that the contract of the run does not have',
      whole.replaceAll('"mode":"587"', '"mode":"2587"'),
      'This line names the mode 2587, which the contract of the run does not have.',
    ],
    ['no end', `${lines.slice(0, -1).join('\n')}\n`, 'run.ndjson: The record has no end'],
  ])('%s', (_what, text, sentence) => {
    expect(read(text)).toThrow(sentence);
  });

  test('is read up to where it breaks off, where that is wanted', () => {
    expect(read(whole.slice(0, -20), true)()).toEqual(
      readRunEvents(whole, { file: 'a', former: contract }).slice(0, -1),
    );
    expect(read('title: Same\n', true)).toThrow('no record of a run');
  });
});

describe('a record of the form before', () => {
  test('is read as if it had named the contract of its time', () => {
    const { contract: _, ...beginning } = started;
    const text = [...recordPieces(failing.slice(1))].join('');
    const old = `${JSON.stringify({ ...beginning, schema: 2 })}\n${text}`;
    expect(readRunEvents(old, { file: 'a', former: contract })).toEqual(JSON.parse(JSON.stringify(failing)));
  });

  test('is held to that contract', () => {
    const { contract: _, ...beginning } = started;
    const old = `${JSON.stringify({ ...beginning, schema: 2 })}\n${[...recordPieces(failing.slice(1))].join('')}`;
    const former = { ...contract, modes: ['25'] };
    expect(() => readRunEvents(old, { file: 'a', former })).toThrow('a:2: This line names the mode 465+tls');
  });
});

test('an old record keeps the sentences that held when it was written', () => {
  const renamed = {
    ...contract,
    rules: contract.rules.map((rule) => ({ ...rule, statement: `Formerly: ${rule.statement}` })),
  };
  const text = [...recordPieces([{ ...started, contract: renamed }, finished])].join('');
  const [first] = readRunEvents(text, { file: 'a', former: contract });
  expect(first).toEqual({ ...started, contract: renamed });
});
