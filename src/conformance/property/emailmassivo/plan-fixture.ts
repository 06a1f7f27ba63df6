import type { Plan } from './plan.ts';
import type { Step } from './step.ts';

/** Where a scenario of the tests comes from. */
export const origin = { property: 'test', seed: 's', path: '0:0', date: '2026-01-01' };

/** A plan of these steps on an account that has all it needs, and whatever else a test wants otherwise. */
export function plan(steps: readonly Step[], over: Partial<Plan> = {}): Plan {
  return {
    mode: '587',
    balance: 5,
    sendLimit: undefined,
    domain: 'verified',
    second: undefined,
    rate: undefined,
    sizeLimit: undefined,
    recipientLimit: undefined,
    roles: ['accepts', 'suppressed'],
    clock: '2026-01-31T10:00:00.000Z',
    steps,
    ...over,
  };
}
