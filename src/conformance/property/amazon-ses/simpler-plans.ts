import { withoutSomeSteps, withoutTwoSteps } from '../fewer-steps.ts';
import type { Plan, Step } from './plan.ts';

/** Plans that say less than this one, the boldest first. Pure, and each leads closer to an end. */
export function* simplerPlans(plan: Plan): Generator<Plan> {
  for (const steps of withoutSomeSteps(plan.steps)) yield { ...plan, steps };
  for (const [at, step] of plan.steps.entries()) {
    for (const parts of plainer(step)) yield { ...plan, steps: plan.steps.toSpliced(at, 1, ...parts) };
  }
  const usual = {
    sendQuota: undefined,
    sendRate: undefined,
    recipientLimit: undefined,
    sizeLimit: undefined,
  };
  // the table is closed, so its keys are these
  for (const key of Object.keys(usual) as readonly (keyof typeof usual)[]) {
    if (plan[key] !== undefined) yield { ...plan, [key]: undefined };
  }
  if (plan.access === 'sandbox') yield { ...plan, access: 'production' };
  if (!plan.isVerified) yield { ...plan, isVerified: true };
  if (plan.roles.length > 1) yield { ...plan, roles: plan.roles.slice(0, -1) };
  for (const [at, role] of plan.roles.entries()) {
    if (role !== 'accepts') yield { ...plan, roles: plan.roles.with(at, 'accepts') };
  }
  for (const steps of withoutTwoSteps(plan.steps)) yield { ...plan, steps };
}

/** What can stand in place of a step: its parts, or what is more usual. */
function* plainer(step: Step): Generator<readonly Step[]> {
  if ('at' in step && step.at !== 1) yield [{ ...step, at: 1 }];
  switch (step.kind) {
    case 'send': {
      const { message, recipients } = step;
      if (recipients.length > 1) yield [{ ...step, recipients: recipients.slice(0, -1) }];
      if (message !== 'plain') yield [{ ...step, message: 'plain' }];
      return;
    }
    case 'mail':
      if (step.path !== 'own') yield [{ ...step, path: 'own' }];
      if (step.parameter !== 'none') yield [{ ...step, parameter: 'none' }];
      return;
    case 'rcpt':
      if (step.path !== 'named') yield [{ ...step, path: 'named' }];
      if (step.recipient !== 0) yield [{ ...step, recipient: 0 }];
      return;
    case 'data':
      if (step.interlude !== 'nothing') yield [{ ...step, interlude: 'nothing' }];
      if (step.message !== 'plain') yield [{ ...step, message: 'plain' }];
      return;
    case 'auth':
      if (!step.isRight) yield [{ ...step, isRight: true }];
      return;
    case 'open':
      yield [{ kind: 'session', at: step.at }];
      return;
    case 'session':
    case 'close':
    case 'verb':
    case 'time':
    case 'maintenance':
    case 'block':
      return;
  }
}
