import type { SessionNumber } from './draft.ts';
import { ownMail } from './mail-verb.ts';
import { plainMessage } from './message-plan.ts';
import type { Step } from './step.ts';

/** What the parts of a step depend on. */
export interface StepWorld {
  readonly rate: { readonly limit: number; readonly perMs: number };
  /** How many recipients there are. */
  readonly recipients: number;
}

/**
 * What a step says, thing by thing; the step itself where it says one. Dialogues are written from the parts of most
 * composite steps, and shrinking puts the parts of all of them in their place, so that what is useless in one can be left out.
 */
export function partsOf(step: Step, { rate, recipients }: StepWorld): readonly Step[] {
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
      const { at, message, interlude } = step;
      return step.pipelined
        ? [step]
        : [...envelope(at, step.recipients), { kind: 'data', at, message, interlude }];
    }
    case 'cut':
      // it names everybody where no transaction is open
      return [...envelope(step.at, [...Array(recipients).keys()]), step];
    case 'burst':
      return repeat(step.times, emailSteps(step.at, step.recipient));
    case 'recovery': {
      const { at, recipient } = step;
      return [
        { kind: 'mail', at, plan: ownMail },
        ...[step.from, step.to].flatMap((role): readonly Step[] => [
          { kind: 'world', change: { kind: 'role', recipient, role } },
          { kind: 'rcpt', at, recipient, form: 'plain' },
        ]),
      ];
    }
    case 'subscription': {
      const email: Step = { kind: 'burst', at: step.at, recipient: step.recipient, times: 1 };
      return [
        session(step.at),
        { kind: 'world', change: { kind: 'buy', plan: 'monthly', sends: 3 } },
        email,
        { kind: 'time', passes: step.isOver ? 'to the end of a plan' : 'a millisecond before a plan ends' },
        session(step.at),
        email,
      ];
    }
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
      const other: SessionNumber = at === 1 ? 2 : 1;
      return [
        session(at),
        { ...session(other), login: 'second' },
        ...repeat(rate.limit + 1, mailSteps(at)),
        ...mailSteps(other),
        { kind: 'time', passes: rate.perMs - 1 },
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

function session(at: SessionNumber): Extract<Step, { kind: 'session' }> {
  return { kind: 'session', at, login: 'first', form: 'session' };
}

function mailSteps(at: SessionNumber): readonly Step[] {
  return [
    { kind: 'mail', at, plan: ownMail },
    { kind: 'verb', at, what: 'rset' },
  ];
}

function envelope(at: SessionNumber, recipients: readonly number[]): readonly Step[] {
  return [
    { kind: 'mail', at, plan: ownMail },
    ...recipients.map((recipient): Step => ({ kind: 'rcpt', at, recipient, form: 'plain' })),
  ];
}

function emailSteps(at: SessionNumber, recipient: number): readonly Step[] {
  return [...envelope(at, [recipient]), { kind: 'data', at, message: plainMessage, interlude: 'nothing' }];
}

function repeat(times: number, steps: readonly Step[]): readonly Step[] {
  return Array.from({ length: times }, () => steps).flat();
}
