import { describe, expect, test } from 'vitest';
import { expandRepeats } from './expand-repeats.ts';
import { formatScenario } from './format-scenario.ts';

const groups = new Map([['many', 3]]);
const raw = (text: string) =>
  text.split('\n').map((line, at) => ({ text: line, position: { line: at + 1, column: 1 } }));
const linesOf = (text: string) => expandRepeats(raw(text), groups).lines.map((line) => line.text);
const mistakesOf = (text: string) =>
  expandRepeats(raw(text), groups).problems.map(({ position, sentence }) => `${position.line} ${sentence}`);

describe('a loop', () => {
  test.each([
    ['repeat 2\nC: NOOP ${n}\nend', ['C: NOOP 1', 'C: NOOP 2']],
    ['repeat 2\nC${n}: <session>\nend', ['C1: <session>', 'C2: <session>']],
    ['repeat each many\nC: RCPT TO:<${many}>\nend', [1, 2, 3].map((n) => `C: RCPT TO:<\${many-${n}}>`)],
    ['repeat each many 2 to 3\nC: <send many>\nend', ['C: <send many-2>', 'C: <send many-3>']],
    ['repeat each many 1 to 1\nW: many is full\nend', ['W: many-1 is full']],
    ['repeat each many 1 to 1\nC: VRFY ${many|local|upper}\nend', ['C: VRFY ${many-1|local|upper}']],
    [
      'repeat 2\nrepeat 2\nC: NOOP ${n}\nend\nC: RSET\nend',
      ['C: NOOP 1', 'C: NOOP 2', 'C: RSET', 'C: NOOP 1', 'C: NOOP 2', 'C: RSET'],
    ],
    ['C: <send many>', ['C: <send many-1, many-2, many-3>']],
    ['C: <envelope many 2 to 3, cc>', ['C: <envelope many-2, many-3, cc>']],
    ['C: <send to> x3', ['C: <send to> x3']],
  ])('%s', (text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });

  test('keeps the line as written, for findings', () => {
    expect(expandRepeats(raw('C: <send many>'), groups).lines[0]?.written).toBe('C: <send many>');
  });

  test.each([
    ['repeat many\nend', '1 "repeat many" is no loop: write "repeat 3", "repeat each NAME"'],
    ['repeat each mny\nend', '1 There is no group of recipients "mny". Did you mean "many"?'],
    ['repeat each many 2 to 9\nend', '1 "many" has 3 recipients: a range lies within 1 to 3.'],
    ['repeat 0\nend', '1 "repeat 0" plays nothing'],
    ['repeat 3\nC: NOOP', '1 This loop has no end'],
    ['C: NOOP\nend', '2 No loop ends here'],
    ['repeat 99999\nrepeat 99999\nC: NOOP\nend\nend', '2 Written out, this loop has more than 20000 lines'],
  ])('%s is a mistake', (text, told) => {
    expect(mistakesOf(text)).toEqual([expect.stringContaining(told)]);
  });
});

test('the one form has what stands in a loop two blanks further in', () => {
  const text =
    'title: One\nabout: error.450\ndialogue: |\n  repeat 2\n  repeat 3\n  C:  NOOP\n  end\n    end\n  C: RSET\n';
  const formatted =
    'title: One\nabout: error.450\ndialogue: |\n  repeat 2\n    repeat 3\n      C: NOOP\n    end\n  end\n  C: RSET\n';
  expect(formatScenario(text)).toBe(formatted);
  expect(formatScenario(formatted)).toBe(formatted);
});
