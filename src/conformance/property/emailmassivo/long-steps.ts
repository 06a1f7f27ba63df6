import type { Draft, LoginName, SessionNumber } from './draft.ts';
import { takeLoginStep } from './session-steps.ts';
import type { Step } from './step.ts';
import { burst, recipientName, sayMail } from './transaction-steps.ts';
import { sayVerb } from './verb-steps.ts';
import { changeWorld, passTime } from './world-steps.ts';

/** Appends what takes time: sessions are opened again where it has closed them. */
export function takeLongStep(
  draft: Draft,
  step: Extract<Step, { kind: 'bad mailboxes' | 'subscription' | 'rate window' }>,
): void {
  if (draft.maintenance) return;
  if (step.kind === 'rate window') return tryWindow(draft, step.at);
  const { at, recipient } = step;
  const name = recipientName(draft, recipient);
  const open = () => openAs(draft, at, 'first');
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

function openAs(draft: Draft, at: SessionNumber, login: LoginName): void {
  takeLoginStep(draft, { kind: 'session', at, login, form: 'session' });
}

/** More MAILs than these show no more than these. */
const FEW_MAILS = 3;

function tryWindow(draft: Draft, at: SessionNumber): void {
  const { limit, perMs } = draft.situation.rate;
  if (limit > FEW_MAILS) return;
  const other: SessionNumber = at === 1 ? 2 : 1;
  openAs(draft, at, 'first');
  openAs(draft, other, 'second');
  const mail = (number: SessionNumber): void => {
    const isOpen = () => draft.sessions[number].open;
    if (isOpen() && draft.sessions[number].transaction !== undefined) sayVerb(draft, number, 'rset');
    if (isOpen() && sayMail(draft, number)) sayVerb(draft, number, 'rset');
  };
  for (let said = 0; said <= limit; said += 1) mail(at);
  mail(other);
  draft.pass(perMs - 1);
  mail(at);
  draft.pass(1);
  mail(at);
}
