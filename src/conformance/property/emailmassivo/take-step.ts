import type { Draft } from './draft.ts';
import { takeLongStep } from './long-steps.ts';
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
    case 'bad mailboxes':
    case 'subscription':
    case 'rate window':
      return takeLongStep(draft, step);
    case 'segments':
      if (draft.sessions[step.at].open) draft.sessions[step.at].cut = step.cut;
      return;
    case 'session':
    case 'connect':
    case 'hello':
    case 'starttls':
    case 'auth':
    case 'lockout':
    case 'exchange':
      return takeLoginStep(draft, step);
    case 'mail':
    case 'rcpt':
    case 'data':
    case 'transaction':
    case 'recovery':
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
