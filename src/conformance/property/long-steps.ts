import type { Draft } from './draft.ts';
import { takeLoginStep } from './session-steps.ts';
import type { Step } from './step.ts';
import { burst, recipientName } from './transaction-steps.ts';
import { sayVerb } from './verb-steps.ts';
import { changeWorld, passTime } from './world-steps.ts';

/** Appends what takes days: sessions are opened again where time has closed them. */
export function takeLongStep(
  draft: Draft,
  step: Extract<Step, { kind: 'bad mailboxes' | 'subscription' }>,
): void {
  const { at, recipient } = step;
  const name = recipientName(draft, recipient);
  const open = () => takeLoginStep(draft, { kind: 'session', at, login: 'first', form: 'session' });
  if (draft.maintenance) return;
  open();
  if (step.kind === 'subscription') {
    changeWorld(draft, { kind: 'buy', plan: 'monthly', sends: 3 });
    burst(draft, at, name, 1);
    passTime(draft, step.isOver ? 'to the end of a plan' : 'a millisecond before a plan ends');
    open();
    burst(draft, at, name, 1);
    return;
  }
  // a lower rate would be the first to say no
  if (draft.situation.rate.limit < 20) return;
  changeWorld(draft, { kind: 'balance', sends: 40 });
  changeWorld(draft, { kind: 'role', recipient, role: 'nonexistent' });
  burst(draft, at, name, 10);
  if (step.waitMs > 0) {
    draft.pass(step.waitMs);
    open();
  }
  burst(draft, at, name, step.more);
  if (draft.sessions[at].open) sayVerb(draft, at, 'NOOP');
}
