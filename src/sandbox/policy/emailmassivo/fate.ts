import type { Fate, RecipientFacts } from '../fate.ts';

/** What becomes of an email to an address of a role (rules `sandbox.recipients`, `history.statuses`). */
export function fateOf({ role }: Pick<RecipientFacts, 'role'>): Fate {
  switch (role) {
    case 'nonexistent':
      return { kind: 'stays here', status: 'bounced', reason: 'The recipient has no mailbox.' };
    case 'refused':
      return { kind: 'stays here', status: 'rejected', reason: 'The recipient refuses the email.' };
    case 'full':
      return { kind: 'stays here', status: 'deferred', reason: 'The mailbox of the recipient is full.' };
    case 'unsubscribes':
      return { kind: 'handed over', status: 'unsubscribed' };
    case 'complains':
      return { kind: 'handed over', status: 'complained' };
    case undefined:
    default:
      return { kind: 'handed over', status: 'delivered' };
  }
}

/** Whether an outcome puts the recipient on the suppression list. */
export function suppresses(status: string): boolean {
  return status === 'unsubscribed' || status === 'complained';
}
