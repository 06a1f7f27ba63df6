import { describe, expect, test } from 'vitest';
import { factsOf, sends } from '../facts-fixture.ts';
import { afterDotCases } from './after-dot.ts';

/** A case of these. */
const find = (id: string) => afterDotCases.find((one) => one.id === id);

describe('a server that is silent after the final dot', () => {
  const message = (at: number, replied: number | undefined, closed: number | undefined) => ({
    lines: [
      ...sends(at, '<1@a>', undefined),
      ...(replied === undefined ? [] : ([[replied, 'S', '250 Ok']] as const)),
    ],
    ...(closed !== undefined && { closed }),
  });
  const running = { told: { kind: 'running', output: '' }, charged: 1 } as const;
  test.each([
    ['waits for the reply', factsOf([message(0, 15_000, 15_010)], { charged: 1 }), 'right'],
    ['leaves after ten seconds', factsOf([message(0, undefined, 10_000)], { charged: 1 }), 'wrong'],
    ['leaves after two minutes', factsOf([message(0, undefined, 120_000)], { charged: 1 }), 'acceptable'],
    ['leaves after ten minutes', factsOf([message(0, undefined, 600_000)], { charged: 1 }), 'right'],
    ['is still waiting', factsOf([message(0, undefined, undefined)], running), 'not observed'],
  ] as const)('a client that %s', (_how, facts, grade) => {
    expect(find('silent-after-dot')?.wire(facts).grade).toBe(grade);
  });

  test('one that sends again is judged by copies and charges', () => {
    const thrice = [0, 10_000, 20_000].map((at) => message(at, undefined, at + 9_000));
    const judged = find('silent-after-dot')?.wire(factsOf(thrice, { charged: 3 }));
    expect(judged).toMatchObject({
      grade: 'dangerous',
      what: expect.stringContaining('got it 3 times') as string,
      harm: '3 copies were sent, and 3 sends charged.',
    });
  });

  test('a reply to a client that has left is none', () => {
    const left = message(0, undefined, 5_000);
    const facts = factsOf([{ lines: left.lines, closed: 5_000, after: [[9_000, 'S', '250 Ok']] }], {
      charged: 1,
    });
    expect(find('silent-after-dot')?.wire(facts).grade).toBe('wrong');
  });
});
