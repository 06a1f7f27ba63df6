import { expect, test } from 'vitest';
import { showOutcome, worstOutcome } from './result.ts';
import { runEventSchema, type RunEvent } from './run-event.ts';

test('outcomes are read as words', () => {
  expect(showOutcome('not-arranged')).toBe('not arranged');
  expect(showOutcome('failed')).toBe('failed');
});

test('the worst of several outcomes wins, and nothing at all is passed', () => {
  expect(worstOutcome(['passed', 'not-observed', 'differs'])).toBe('differs');
  expect(worstOutcome(['errored', 'failed'])).toBe('failed');
  expect(worstOutcome([])).toBe('passed');
});

test('events survive being written and read', () => {
  const event: RunEvent = {
    kind: 'case-finished',
    case: 'billing/copies @587',
    outcome: 'not-arranged',
    why: 'plans',
    met: ['billing.split'],
    costs: { ms: 12.5 },
  };
  expect(runEventSchema.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
});

test('an event with something that is no id of a rule is refused', () => {
  const event = {
    kind: 'case-finished',
    case: 'a @587',
    outcome: 'passed',
    met: ['No rule'],
    costs: { ms: 1 },
  };
  expect(runEventSchema.safeParse(event).success).toBe(false);
});
