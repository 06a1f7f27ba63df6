import { withoutSomeSteps, withoutTwoSteps } from '../fewer-steps.ts';
import { sessionNumbers, type SessionNumber } from './draft.ts';
import type { Plan } from './plan.ts';
import { plainerSteps } from './plainer-steps.ts';
import type { Step } from './step.ts';
import { plainMessage } from './transaction-steps.ts';

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
  const small = plan.steps.map((step) => smallSteps(step, plan));
  const composite = [...small.keys()].filter((at) => small[at]?.length !== 1);
  if (composite.length > 1) yield { ...plan, steps: small.flat() };
  for (const at of composite) yield { ...plan, steps: plan.steps.toSpliced(at, 1, ...(small[at] ?? [])) };
}

/** What a step says, thing by thing; the step itself where it says one. */
function smallSteps(step: Step, plan: Plan): readonly Step[] {
  switch (step.kind) {
    case 'lockout': {
      const attempt = { kind: 'auth', at: step.at, login: step.login } as const;
      return [
        { ...attempt, credentials: 'wrong', times: 5 },
        { kind: 'time', passes: 299_000 },
        { ...attempt, credentials: 'right', times: step.between },
        { kind: 'time', passes: 1_000 },
        { ...attempt, credentials: 'right', times: 1 },
      ];
    }
    case 'transaction': {
      const { at, recipients, message, interlude } = step;
      return step.pipelined
        ? [step]
        : [...envelope(at, recipients), { kind: 'data', at, message, interlude }];
    }
    case 'cut':
      // it names everybody where no transaction is open
      return [...envelope(step.at, [...plan.roles.keys()]), step];
    case 'burst':
      return repeat(step.times, emailSteps(step.at, step.recipient));
    case 'recovery': {
      const { at, recipient } = step;
      return [
        { kind: 'mail', at, plan: ownMailPlan },
        ...[step.from, step.to].flatMap((role): readonly Step[] => [
          { kind: 'world', change: { kind: 'role', recipient, role } },
          { kind: 'rcpt', at, recipient, form: 'plain' },
        ]),
      ];
    }
    case 'subscription':
      return [
        session(step.at),
        { kind: 'world', change: { kind: 'buy', plan: 'monthly', sends: 3 } },
        ...emailSteps(step.at, step.recipient),
        { kind: 'time', passes: step.isOver ? 'to the end of a plan' : 'a millisecond before a plan ends' },
        session(step.at),
        ...emailSteps(step.at, step.recipient),
      ];
    case 'bad mailboxes': {
      const { at, recipient } = step;
      return [
        session(at),
        { kind: 'world', change: { kind: 'balance', sends: 40 } },
        { kind: 'world', change: { kind: 'role', recipient, role: 'nonexistent' } },
        { kind: 'burst', at, recipient, times: 10 },
        ...(step.waitMs > 0 ? ([{ kind: 'time', passes: step.waitMs }, session(at)] as const) : []),
        { kind: 'burst', at, recipient, times: step.more },
        { kind: 'verb', at, what: 'NOOP' },
      ];
    }
    case 'rate window': {
      const { at } = step;
      const { limit = 0, perMs = 1 } = plan.rate ?? {};
      const other: SessionNumber = at === 1 ? 2 : 1;
      return [
        session(at),
        { ...session(other), login: 'second' },
        ...repeat(limit + 1, mailSteps(at)),
        ...mailSteps(other),
        { kind: 'time', passes: perMs - 1 },
        ...mailSteps(at),
        { kind: 'time', passes: 1 },
        ...mailSteps(at),
      ];
    }
    case 'session':
    case 'segments':
    case 'connect':
    case 'hello':
    case 'starttls':
    case 'auth':
    case 'exchange':
    case 'mail':
    case 'rcpt':
    case 'data':
    case 'verb':
    case 'end':
    case 'time':
    case 'world':
      return [step];
  }
}

const ownMailPlan = { path: 'own', parameter: 'none' } as const;

function session(at: SessionNumber): Extract<Step, { kind: 'session' }> {
  return { kind: 'session', at, login: 'first', form: 'session' };
}

function mailSteps(at: SessionNumber): readonly Step[] {
  return [
    { kind: 'mail', at, plan: ownMailPlan },
    { kind: 'verb', at, what: 'rset' },
  ];
}

function envelope(at: SessionNumber, recipients: readonly number[]): readonly Step[] {
  return [
    { kind: 'mail', at, plan: ownMailPlan },
    ...recipients.map((recipient): Step => ({ kind: 'rcpt', at, recipient, form: 'plain' })),
  ];
}

function emailSteps(at: SessionNumber, recipient: number): readonly Step[] {
  return [...envelope(at, [recipient]), { kind: 'data', at, message: plainMessage, interlude: 'nothing' }];
}

function repeat(times: number, steps: readonly Step[]): readonly Step[] {
  return Array.from({ length: times }, () => steps).flat();
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
