import type { Draft } from './draft.ts';
import { partsOf, type StepWorld } from './composite-steps.ts';
import { takeLoginStep } from './session-steps.ts';
import type { Step } from './step.ts';
import { takeTransactionStep } from './transaction-steps.ts';
import { endSession, sayVerb } from './verb-steps.ts';
import { changeWorld, passTime } from './world-steps.ts';

/** Appends what a step says and what must come; a step that cannot be taken where the draft stands adds nothing. */
export function takeStep(draft: Draft, step: Step): void {
  switch (step.kind) {
    case 'time':
      return passTime(draft, step.passes);
    case 'world':
      return changeWorld(draft, step.change);
    case 'lockout':
    case 'recovery':
    case 'bad mailboxes':
    case 'subscription':
    case 'rate window':
      if (!canBeTaken(draft, step)) return;
      for (const part of partsOf(step, worldOf(draft))) takeStep(draft, part);
      return;
    case 'segments':
      if (draft.sessions[step.at].open) draft.sessions[step.at].cut = step.cut;
      return;
    case 'session':
    case 'connect':
    case 'hello':
    case 'starttls':
    case 'auth':
    case 'exchange':
      return takeLoginStep(draft, step);
    case 'mail':
    case 'rcpt':
    case 'data':
    case 'transaction':
    case 'cut':
    case 'burst':
      if (draft.sessions[step.at].open) takeTransactionStep(draft, step);
      return;
    case 'verb':
      if (draft.sessions[step.at].open) sayVerb(draft, step.at, step.what);
      return;
    case 'end':
      if (draft.sessions[step.at].open) endSession(draft, step.at, step.how);
      return;
  }
}

function worldOf({ beginning: { rate, recipients } }: Draft): StepWorld {
  return { rate, recipients: recipients.length };
}

/** Bad mailboxes are met only where no lower rate is the first to say no. */
const MANY_MAILS = 20;
/** More MAILs than these show no more of a window than these. */
const FEW_MAILS = 3;

/** Whether a composite step shows what it is meant to show where the draft stands. */
function canBeTaken({ maintenance, beginning, sessions }: Draft, step: Step): boolean {
  if (maintenance) return false;
  if (step.kind === 'bad mailboxes') return beginning.rate.limit >= MANY_MAILS;
  if (step.kind === 'rate window') return beginning.rate.limit <= FEW_MAILS;
  return step.kind === 'recovery' ? sessions[step.at].open : true;
}
