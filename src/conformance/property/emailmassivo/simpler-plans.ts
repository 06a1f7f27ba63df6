import { withoutSomeSteps, withoutTwoSteps } from '../fewer-steps.ts';
import { sessionNumbers } from './draft.ts';
import type { Plan } from './plan.ts';
import { plainerSteps } from './plainer-steps.ts';
import { partsOf } from './composite-steps.ts';

/**
 * Plans that say less than this one, the boldest first: without some of its steps, with steps that say one thing each in
 * place of those that say many, and with what is usual in place of what is not. Pure, and each leads closer to an end.
 */
export function* simplerPlans(plan: Plan): Generator<Plan> {
  for (const steps of withoutSomeSteps(plan.steps)) yield { ...plan, steps };
  yield* inSmallSteps(plan);
  yield* withUsualSituation(plan);
  yield* inOtherSessions(plan);
  yield* withPlainerSteps(plan);
  for (const steps of withoutTwoSteps(plan.steps)) yield { ...plan, steps };
}

/** With steps that say one thing each, all of them or one, so that what is useless in one can be left out. */
function* inSmallSteps(plan: Plan): Generator<Plan> {
  const world = { rate: plan.rate ?? { limit: 0, perMs: 1 }, recipients: plan.roles.length };
  const small = plan.steps.map((step) => partsOf(step, world));
  const composite = [...small.keys()].filter((at) => small[at]?.length !== 1);
  if (composite.length > 1) yield { ...plan, steps: small.flat() };
  for (const at of composite) yield { ...plan, steps: plan.steps.toSpliced(at, 1, ...(small[at] ?? [])) };
}

/** With what most scenarios begin with. */
function* withUsualSituation(plan: Plan): Generator<Plan> {
  const noLimits = { rate: undefined, sizeLimit: undefined, recipientLimit: undefined, sendLimit: undefined };
  const usual = { ...noLimits, second: undefined, third: undefined, standsApart: undefined } as const;
  const isUnusual = (key: keyof typeof usual) => plan[key] !== undefined;
  // the table is closed, so its keys are these
  const unusual = (Object.keys(usual) as readonly (keyof typeof usual)[]).filter(isUnusual);
  if (unusual.length > 1) yield { ...plan, ...usual };
  for (const key of unusual) yield { ...plan, [key]: undefined };
  if (plan.domain !== 'verified') yield { ...plan, domain: 'verified' };
  if (plan.mode !== '587') yield { ...plan, mode: '587' };
  const { roles } = plan;
  if (roles.length > 1) {
    yield { ...plan, roles: roles.slice(0, 1) };
    yield { ...plan, roles: roles.slice(0, -1) };
  }
  for (const [at, role] of roles.entries()) {
    if (role !== 'accepts') yield { ...plan, roles: roles.with(at, 'accepts') };
  }
  for (const balance of [0, 1, 2, 3]) {
    if (balance < plan.balance) yield { ...plan, balance };
  }
}

/** With one session in place of another of a higher number. */
function* inOtherSessions(plan: Plan): Generator<Plan> {
  const used = new Set(plan.steps.flatMap((step) => ('at' in step ? [step.at] : [])));
  for (const from of sessionNumbers.toReversed()) {
    if (!used.has(from)) continue;
    for (const to of sessionNumbers) {
      if (to >= from) continue;
      const steps = plan.steps.map((step) => ('at' in step && step.at === from ? { ...step, at: to } : step));
      yield { ...plan, steps };
    }
  }
}

/** With one step said more plainly. */
function* withPlainerSteps(plan: Plan): Generator<Plan> {
  for (const [at, step] of plan.steps.entries()) {
    for (const said of plainerSteps(step)) yield { ...plan, steps: plan.steps.with(at, said) };
  }
}
