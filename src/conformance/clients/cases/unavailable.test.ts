import { describe, expect, test } from 'vitest';
import { factsOf, type Line } from '../facts-fixture.ts';
import { clientCases } from '../cases-fixture.ts';

/** A case of these. */
const find = (id: string) => clientCases.find((one) => one.id === id);

describe('421 to EHLO', () => {
  const session = (at: number, ...late: readonly Line[]) => ({
    lines: [
      [at, 'S', '220 gateway'],
      [at, 'C', 'EHLO client.example'],
      [at, 'S', '421 4.4.5 Server is temporarily unavailable'],
      ...late,
    ] as const,
    closed: at + 100,
  });
  test.each([
    ['goes away', factsOf([session(0)]), 'right'],
    ['says QUIT', factsOf([session(0, [1, 'C', 'QUIT'])]), 'right'],
    ['says HELO', factsOf([session(0, [1, 'C', 'HELO client.example'])]), 'wrong'],
    ['comes again at once', factsOf([session(0), session(200)]), 'wrong'],
    ['comes again after longer and longer', factsOf([session(0), session(3_000), session(9_000)]), 'right'],
  ] as const)('a client that %s', (_how, facts, grade) => {
    expect(find('unavailable-ehlo')?.wire(facts).grade).toBe(grade);
  });

  test('the evidence is the HELO and the reply that should have stopped it', () => {
    const facts = factsOf([session(0, [1, 'C', 'HELO client.example'])]);
    expect(find('unavailable-ehlo')?.wire(facts).evidence).toMatchObject({
      line: 'C1: HELO client.example',
      reply: { line: 'S1: 421 4.4.5 Server is temporarily unavailable' },
    });
  });

  test('the reason is said to be lost where it is', () => {
    const harm = (output: string) =>
      find('unavailable-ehlo')?.wire(
        factsOf([session(0, [1, 'C', 'HELO client.example'])], {
          told: { kind: 'exit', exitCode: 1, output },
        }),
      ).harm;
    expect(harm('unexpected end of file')).toMatch(/reason is lost/);
    expect(harm('got 421 4.4.5 Server is temporarily unavailable')).not.toMatch(/reason is lost/);
  });
});
