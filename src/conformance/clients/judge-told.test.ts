import { describe, expect, test } from 'vitest';
import { clientCases } from './cases-fixture.ts';
import { factsOf, sends, type Line } from './facts-fixture.ts';
import type { Told } from './told.ts';

function told(id: string, lines: readonly Line[], word: Told) {
  const facts = factsOf([{ lines, closed: 50 }], { told: word, charged: 1 });
  return clientCases.find((one) => one.id === id)?.told(facts);
}

const exit = (exitCode: number): Told => ({ kind: 'exit', exitCode, output: '' });
const nobody = { accepted: [], rejected: [], deferred: [], unknown: [], failed: [] };
const says = (list: keyof typeof nobody): Told => ({
  kind: 'result',
  result: { ...nobody, [list]: ['first@a.example'] },
  output: '',
});

describe('a cut after the final dot: the gateway has the mail, and no reply said so', () => {
  const cut = sends(0, '<1@a>', undefined);
  test.each([
    ['that it does not know', says('unknown'), 'right'],
    ['to try again later', exit(75), 'acceptable'],
    ['to try again later, by address', says('deferred'), 'acceptable'],
    ['that it failed', exit(1), 'acceptable'],
    ['that it was refused', says('rejected'), 'wrong'],
    ['that it was sent', exit(0), 'wrong'],
  ] as const)('the caller is told %s', (_what, word, grade) => {
    for (const id of ['cut-after-dot', 'silent-after-dot']) expect(told(id, cut, word)?.grade).toBe(grade);
  });

  test('the harm is what was charged', () => {
    expect(told('cut-after-dot', cut, exit(75))?.harm).toContain('one send is charged so far');
  });
});

describe('words follow what was seen', () => {
  const refused: readonly Line[] = [
    [0, 'S', '220 gateway'],
    [1, 'C', 'MAIL FROM:<a@a.example>'],
    [2, 'S', '451 4.3.2 Rate limit exceeded, retry after 10 seconds'],
  ];
  const broken = refused.slice(0, 2);

  test('a reply that said no is named, and shown beside the client’s word', () => {
    expect(told('rate-limit', refused, says('unknown'))).toMatchObject({
      what: expect.stringContaining('refused it with 451') as string,
      evidence: { reply: { at: 2, line: 'S1: 451 4.3.2 Rate limit exceeded, retry after 10 seconds' } },
    });
    expect(told('rate-limit', refused, says('rejected'))?.what).toContain('though 451 asks to try later');
  });

  test('where none was given none is spoken of', () => {
    expect(told('cut-session', broken, says('unknown'))?.what).not.toMatch(/repl|refused/);
    expect(told('cut-session', broken, says('rejected'))?.what).toContain('though no reply said so');
  });

  test('a client that met another refusal than the case forces is judged by that', () => {
    const other: readonly Line[] = [...broken, [2, 'S', '550 5.6.0 Message contains bare CR or LF']];
    expect(told('rate-limit', other, says('rejected'))?.grade).toBe('right');
  });

  test('what was pipelined behind a refusal is answered 503, which is no refusal of the recipient', () => {
    const pipelined: readonly Line[] = [
      ...refused,
      [3, 'C', 'RCPT TO:<first@a.example>'],
      [3, 'S', '503 5.5.1 Bad sequence of commands'],
    ];
    expect(told('rate-limit', pipelined, says('rejected'))).toMatchObject({
      grade: 'wrong',
      evidence: { reply: { at: 2 } },
    });
    expect(told('rate-limit', pipelined, exit(69))?.grade).toBe('acceptable');
  });

  test('a line of the mail that was answered decides nothing', () => {
    const noise: readonly Line[] = [
      ...refused,
      [3, 'C', 'hello'],
      [3, 'S', '500 5.5.1 Command not recognized'],
    ];
    expect(told('rate-limit', noise, says('rejected'))?.what).toContain('451');
  });
});
