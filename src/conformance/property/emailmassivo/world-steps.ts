import { mailboxComesUp, monthAfter } from './account-model.ts';
import type { Draft } from './draft.ts';
import type { Step, WorldStep } from './step.ts';

/** Appends a change of the world; it changes nothing where it would say what is so. */
export function changeWorld(draft: Draft, change: WorldStep): void {
  const named = 'login' in change && change.login !== undefined ? change.login : 'first';
  const whose = draft.beginning.present.includes(named) ? named : 'first';
  const prefix = whose === 'first' ? '' : `${whose}: `;
  const account = draft.account(whose);
  const login = draft.beginning.logins[whose];
  switch (change.kind) {
    case 'balance':
      draft.change(`${prefix}balance ${change.sends}`);
      account.prepaid = change.sends;
      account.monthly.length = 0;
      return;
    case 'buy':
      draft.change(`${prefix}buy ${change.plan} ${change.sends}`);
      if (change.plan === 'prepaid') account.prepaid += change.sends;
      else account.monthly.push({ left: change.sends, endsAt: monthAfter(draft.now) });
      return;
    case 'maintenance':
      // it belongs to listeners of one's own, where another account's logins are refused
      if (draft.maintenance === change.on || !draft.isOneAccount) return;
      draft.change(`maintenance ${change.on ? 'on' : 'off'}`);
      draft.maintenance = change.on;
      return;
    case 'block':
      if (login.blocked === change.blocked) return;
      draft.change(`${prefix}${change.blocked ? 'block' : 'unblock'}`);
      login.blocked = change.blocked;
      if (!change.blocked) login.bad = [];
      return;
    case 'new-password':
      draft.change(`${prefix}new password`);
      draft.newPasswords[whose] += 1;
      return;
    case 'record':
      if (!account.registered) return;
      draft.change(`${change.published ? 'publish' : 'remove'} ${change.record}`);
      if (change.published) account.records.add(change.record);
      else account.records.delete(change.record);
      return;
    case 'verify-domain':
      if (!account.registered) return;
      draft.change('verify domain');
      account.verified = account.records.size === 3;
      return;
    case 'role': {
      const { recipients } = draft.beginning;
      const name = recipients[change.recipient % recipients.length] ?? 'to';
      // its fate would be decided by a role that it was not sent to
      if (account.emails.some((email) => email.recipient === name && email.status === 'deferred')) return;
      draft.change(`${name} is ${change.role}`);
      account.roles.set(name, change.role);
      if (change.role === 'suppressed') account.suppressed.add(name);
      else account.suppressed.delete(name);
      return;
    }
    case 'mailbox':
      if (account.mailboxUp === change.up) return;
      draft.change(change.up ? 'mailbox up' : 'mailbox down');
      if (change.up) {
        mailboxComesUp(account, draft.now);
        draft.accepted();
        draft.settle();
      } else account.mailboxUp = false;
      return;
  }
}

const lengths = {
  '1ms': 1,
  '4s': 4_000,
  '9999ms': 9_999,
  '10s': 10_000,
  '10001ms': 10_001,
  '4m59s': 299_000,
  '5m': 300_000,
  '23h': 23 * 3_600_000,
  '24h': 24 * 3_600_000,
  '27d': 27 * 24 * 3_600_000,
} as const;

/** Appends time that passes; about a plan only where there is one that has not ended. */
export function passTime(draft: Draft, passes: Extract<Step, { kind: 'time' }>['passes']): void {
  if (passes !== 'to the end of a plan' && passes !== 'a millisecond before a plan ends') {
    draft.pass(typeof passes === 'number' ? passes : lengths[passes]);
    return;
  }
  const ends = draft
    .account('first')
    .monthly.map(({ endsAt }) => endsAt)
    .filter((at) => at > draft.now);
  const soonest = Math.min(...ends) - draft.now - (passes === 'to the end of a plan' ? 0 : 1);
  if (ends.length > 0 && soonest > 0) draft.pass(soonest);
}
