import { plainAuth, type AuthPlan } from './auth-plan.ts';
import type { MessagePlan } from './message-plan.ts';
import type { Step } from './step.ts';

const barest: MessagePlan = { from: 'own', fields: [], body: [], large: false };

/** The step said more plainly, in each way in which it can be. */
export function* plainerSteps(step: Step): Generator<Step> {
  switch (step.kind) {
    case 'session':
      if (step.form !== 'session') yield { ...step, form: 'session' };
      if (step.login !== 'first') yield { ...step, login: step.login === 'third' ? 'second' : 'first' };
      if (step.tls !== undefined) yield { ...step, tls: undefined };
      return;
    case 'starttls':
      if (step.tls !== undefined) yield { ...step, tls: undefined };
      if (step.commandBehind) yield { ...step, commandBehind: false };
      return;
    case 'mail':
      if (step.plan.path !== 'own') yield { ...step, plan: { ...step.plan, path: 'own' } };
      if (step.plan.parameter !== 'none') yield { ...step, plan: { ...step.plan, parameter: 'none' } };
      return;
    case 'rcpt':
      if (step.form !== 'plain') yield { ...step, form: 'plain' };
      if (step.recipient !== 0) yield { ...step, recipient: 0 };
      return;
    case 'transaction':
      if (step.pipelined) yield { ...step, pipelined: false };
      for (const at of step.recipients.keys()) {
        if (step.recipients.length > 1) yield { ...step, recipients: step.recipients.toSpliced(at, 1) };
      }
      yield* plainerMessages(step);
      return;
    case 'data':
      yield* plainerMessages(step);
      return;
    case 'cut':
      for (const message of plainer(step.message)) yield { ...step, message };
      if (step.octets > 0) yield { ...step, octets: 0 };
      return;
    case 'exchange':
      if (step.isFresh) yield { ...step, isFresh: false };
      for (const plan of plainerAuths(step.plan)) yield { ...step, plan };
      return;
    case 'auth':
      if (step.times > 1) yield { ...step, times: step.times - 1 };
      if (step.login !== 'first') yield { ...step, login: 'first' };
      return;
    case 'end':
      if (step.how !== 'close') yield { ...step, how: 'close' };
      return;
    case 'segments':
    case 'connect':
    case 'hello':
    case 'lockout':
    case 'recovery':
    case 'bad mailboxes':
    case 'subscription':
    case 'rate window':
    case 'burst':
    case 'verb':
    case 'time':
      return;
    case 'world': {
      const { change } = step;
      if ('login' in change && change.login !== undefined)
        yield { ...step, change: { ...change, login: undefined } };
      return;
    }
  }
}

function* plainerMessages(step: Extract<Step, { kind: 'data' | 'transaction' }>): Generator<Step> {
  if (step.interlude !== 'nothing') yield { ...step, interlude: 'nothing' };
  for (const message of plainer(step.message)) yield { ...step, message };
}

/** With one part of the exchange as it mostly is. */
function* plainerAuths(plan: AuthPlan): Generator<AuthPlan> {
  if (plan.interlude !== plainAuth.interlude) yield { ...plan, interlude: plainAuth.interlude };
  if (plan.fault !== plainAuth.fault) yield { ...plan, fault: plainAuth.fault };
  if (plan.says !== plainAuth.says) yield { ...plan, says: plainAuth.says };
  if (plan.mechanism !== plainAuth.mechanism) yield { ...plan, mechanism: plainAuth.mechanism };
  if (plan.initial !== plainAuth.initial) yield { ...plan, initial: plainAuth.initial };
  if (plan.faultAt !== plainAuth.faultAt) yield { ...plan, faultAt: plainAuth.faultAt };
}

/** The barest of all, or without one field or line. */
function* plainer(message: MessagePlan): Generator<MessagePlan> {
  const { from, fields, body, large } = message;
  if (from === 'own' && fields.length === 0 && body.length === 0 && !large) return;
  yield barest;
  if (from !== 'own') yield { ...message, from: 'own' };
  if (large) yield { ...message, large: false };
  for (const at of fields.keys()) yield { ...message, fields: fields.toSpliced(at, 1) };
  for (const at of body.keys()) yield { ...message, body: body.toSpliced(at, 1) };
}
