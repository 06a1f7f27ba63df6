import { describe, expect, test } from 'vitest';
import { readRunEvents, recordPieces } from './ndjson.ts';
import { failing, finished, started } from './run-fixture.ts';

describe('the record', () => {
  test('is read back as it was written, one event a line', () => {
    const text = [...recordPieces(failing)].join('');
    expect(text.trimEnd().split('\n')).toHaveLength(failing.length);
    expect(readRunEvents(text, { file: 'a.ndjson' })).toEqual(JSON.parse(JSON.stringify(failing)));
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
    expect(readRunEvents(text, { file: 'a.ndjson' })).toMatchObject([
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
      readRunEvents(text, { file: 'run.ndjson', unfinished });
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
      whole.replace('"schema":2', '"schema":1'),
      'run.ndjson:1: The record has the form 1, and this',
    ],
    [
      'a line cut in two',
      whole.slice(0, -20),
      `run.ndjson:${lines.length}: The record breaks off in this line.`,
    ],
    ['no end', `${lines.slice(0, -1).join('\n')}\n`, 'run.ndjson: The record has no end'],
  ])('%s', (_what, text, sentence) => {
    expect(read(text)).toThrow(sentence);
  });

  test('is read up to where it breaks off, where that is wanted', () => {
    expect(read(whole.slice(0, -20), true)()).toEqual(readRunEvents(whole, { file: 'a' }).slice(0, -1));
    expect(read('title: Same\n', true)).toThrow('no record of a run');
  });
});
