import { expect, test } from 'vitest';
import { parseScenario } from '../../scenario/parse-scenario.ts';
import { showScenarioError } from '../../scenario/scenario-error.ts';
import { amazonSesModel } from './model.ts';

const { contract, draw, properties, states } = amazonSesModel;
const origin = { property: 'sessions', seed: 'of the test', path: '0:0', date: '2026-01-15' };
const plansOf = (property: string, count: number) =>
  draw({ property, modes: contract.modes.map(({ mode }) => mode), count, seed: 7 });

test.each(Object.keys(properties))(
  'each plan of %s is written as a scenario that can be read',
  (property) => {
    for (const plan of plansOf(property, 150)) {
      const parsed = parseScenario(plan.write(origin).text, { id: 'x', file: 'x', contract });
      expect(parsed.kind === 'errors' ? parsed.errors.map(showScenarioError) : []).toEqual([]);
    }
  },
);

test('the same seed draws the same, and another property something else', () => {
  const textsOf = (property: string) => plansOf(property, 20).map((plan) => plan.write(origin).text);
  expect(textsOf('quotas')).toEqual(textsOf('quotas'));
  expect(textsOf('quotas')).not.toEqual(textsOf('protocol'));
  expect(draw({ property: 'none', modes: [], count: 5, seed: 1 })).toEqual([]);
});

test('every state of the model is reached', () => {
  const reached = new Set(
    Object.keys(properties).flatMap((property) =>
      plansOf(property, 400).flatMap((plan) => [...plan.write(origin).states]),
    ),
  );
  expect(states.filter((state) => !reached.has(state))).toEqual([]);
});

test('what is simpler says less, until nothing is left to leave out', () => {
  const [plan] = plansOf('sessions', 1);
  let simplest = plan;
  let turns = 0;
  for (let next = plan; next !== undefined; [next] = [...(simplest?.simpler() ?? [])].slice(0, 1)) {
    simplest = next;
    turns += 1;
    expect(turns).toBeLessThan(500);
  }
  expect(simplest?.write(origin).text).toContain('C: <open>');
});
