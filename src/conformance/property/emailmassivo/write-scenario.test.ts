import { emailmassivo } from '../../../contract/emailmassivo/emailmassivo.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modes } from '../../../contract/emailmassivo/transition.ts';
import { multiplyByModes } from '../../scenario/matrix.ts';
import { parseScenario } from '../../scenario/parse-scenario.ts';
import { planOf } from './arbitraries.ts';
import { origin, plan } from './plan-fixture.ts';
import { properties, propertyNames } from './properties.ts';
import { seedNumber } from '../seed-number.ts';
import type { Step } from './step.ts';
import { writeScenario } from './write-scenario.ts';

const own = { from: 'own', fields: [], body: ['text'], large: false } as const;

const login: Step = { kind: 'session', at: 1, login: 'first', form: 'session' };
const toBoth: Step = {
  kind: 'transaction',
  at: 1,
  recipients: [0, 1],
  message: own,
  interlude: 'nothing',
  pipelined: false,
};

test.each(propertyNames)('%s: whatever is drawn is a scenario that can be played', (name) => {
  fc.assert(
    fc.property(planOf(properties[name].weights), (drawn) => {
      const parsed = parseScenario(writeScenario(drawn, origin).text, {
        id: 'x',
        file: 'x',
        contract: emailmassivo,
      });
      const cases = parsed.kind === 'errors' ? parsed.errors : multiplyByModes([parsed.scenario], modes);
      expect({ kind: parsed.kind, cases: cases.length }).toEqual({ kind: 'scenario', cases: 1 });
    }),
    { numRuns: 100, seed: seedNumber('parse', name, 0) },
  );
});

test('the end that is written is what the rules make of the dialogue', () => {
  const { text } = writeScenario(plan([login, toBoth]), origin);
  expect(text).toContain('  S: 550 Email receiver unsubscribe or complaint\n');
  expect(text).toContain(
    '  delivered: {"ann":["m1"]}\n  charged: 1\n  balance: 4\n  history: {"ann":[{"status":"delivered",',
  );
  expect(text).toContain('  suppressed: ["bob"]\n');
});

test('a subscription is used first, and ends to the millisecond, the last day clamped', () => {
  const buy: Step = { kind: 'world', change: { kind: 'buy', plan: 'monthly', sends: 3 } };
  const before: Step = { kind: 'time', passes: 'a millisecond before a plan ends' };
  const at: Step = { kind: 'time', passes: 'to the end of a plan' };
  const last = writeScenario(plan([buy, login, toBoth, before]), origin).text;
  expect(last).toContain('  T: to 2026-02-28T09:59:59.999Z\n');
  expect(last).toContain('  balance: 7\n');
  const over = writeScenario(plan([buy, login, toBoth, at]), origin);
  expect(over.text).toContain('  T: to 2026-02-28T10:00:00.000Z\n');
  expect(over.text).toContain('  balance: 5\n');
  expect(over.states).toContain('a subscription has ended unused');
});

test('a step that cannot be taken where the dialogue stands adds nothing', () => {
  const nothing: readonly Step[] = [
    { kind: 'mail', at: 2, plan: { path: 'own', parameter: 'none' } },
    { kind: 'end', at: 3, how: 'QUIT' },
    { kind: 'time', passes: 'to the end of a plan' },
    { kind: 'world', change: { kind: 'mailbox', up: true } },
    { kind: 'auth', at: 1, login: 'first', credentials: 'old', times: 1 },
  ];
  expect(writeScenario(plan([login, ...nothing]), origin).text).toBe(
    writeScenario(plan([login]), origin).text,
  );
});

test('time that open sessions would not outlive closes them first', () => {
  const { text } = writeScenario(plan([login, { kind: 'time', passes: '24h' }]), origin);
  expect(text).toMatch(/C: <session>\n {2}C: <close>\n {2}T: to /);
});

test('the same plan is written the same, and the same seed draws the same plans', () => {
  const draw = () =>
    fc.sample(planOf(properties.sessions.weights), { numRuns: 20, seed: seedNumber('a', 'b', 1) });
  expect(draw()).toEqual(draw());
  expect(seedNumber('a', 'b', 1)).not.toBe(seedNumber('a', 'b', 2));
});
