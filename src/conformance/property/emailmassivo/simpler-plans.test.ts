import { emailmassivo } from '../../../contract/emailmassivo/emailmassivo.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseScenario } from '../../scenario/parse-scenario.ts';
import { planOf } from './arbitraries.ts';
import type { Plan } from './plan.ts';
import { origin, plan } from './plan-fixture.ts';
import { properties } from './properties.ts';
import { seedNumber } from '../seed-number.ts';
import { simplerPlans } from './simpler-plans.ts';
import type { Step } from './step.ts';
import { writeScenario } from './write-scenario.ts';

const textOf = (of: Plan) => writeScenario(of, origin).text;

const bare = plan([], { balance: 0, roles: ['accepts'] });
const session: Step = { kind: 'session', at: 1, login: 'first', form: 'session' };

const composites: readonly [what: string, step: Step, over?: Partial<Plan>][] = [
  ['a lock', { kind: 'lockout', at: 1, login: 'first', between: 2 }],
  ['a subscription', { kind: 'subscription', at: 1, recipient: 0, isOver: true }],
  ['a bad mailbox', { kind: 'bad mailboxes', at: 1, recipient: 0, waitMs: 86_400_000, more: 2 }],
  [
    'a rate window',
    { kind: 'rate window', at: 1 },
    { rate: { limit: 2, perMs: 10_000 }, second: 'same account' },
  ],
  ['a recovery', { kind: 'recovery', at: 1, recipient: 0, from: 'full', to: 'accepts' }],
  ['a burst', { kind: 'burst', at: 1, recipient: 0, times: 2 }],
  [
    'a transaction',
    {
      kind: 'transaction',
      at: 1,
      recipients: [0, 1],
      message: { from: 'own', fields: [], body: [], large: false },
      interlude: 'nothing',
      pipelined: false,
    },
    { roles: ['accepts', 'full'] },
  ],
];

/** The dialogue but for what says nothing: waits at its end, and RSET where no transaction is. */
function dialogueOf(of: Plan): string {
  return textOf(of).replaceAll(/ {2}(?:W: settled|C: rset\n {2}S: 250 \* {3}\[protocol\.rset\])\n/g, '');
}

test.each(composites)('%s is the same dialogue, thing by thing', (_what, step, over = {}) => {
  const whole: Plan = { ...bare, balance: 30, ...over, steps: [session, step] };
  const split = [...simplerPlans(whole)].filter((simpler) => simpler.steps.length > whole.steps.length);
  expect(split.map(dialogueOf)).toContain(dialogueOf(whole));
});

test('whatever stands in a plan, each simpler one is a scenario, and simplifying comes to an end', () => {
  const { weights } = properties.sessions;
  const everything = { ...weights, lockout: 2, subscription: 2, 'bad mailboxes': 2, 'rate window': 2 };
  fc.assert(
    fc.property(planOf(everything), fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), (drawn, choices) => {
      let left = drawn;
      for (let taken = 0; ; taken += 1) {
        const simpler = [...simplerPlans(left)];
        // as if some other of them failed each time
        const next = simpler[(choices[taken % choices.length] ?? 0) % Math.max(1, simpler.length)];
        if (next === undefined) break;
        expect(parseScenario(textOf(next), { id: 'x', file: 'x', contract: emailmassivo })).toMatchObject({
          kind: 'scenario',
        });
        left = next;
        expect(taken).toBeLessThan(5_000);
      }
      expect(left.steps).toEqual([]);
    }),
    { numRuns: 20, seed: seedNumber('simpler', 'plans', 0) },
  );
});

test('a plan that says nothing more than it must has no simpler one', () => {
  expect([...simplerPlans(bare)]).toEqual([]);
});
