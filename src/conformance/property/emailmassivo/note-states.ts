import { balanceOf, countedMails, isLocked } from './account-model.ts';
import { sessionNumbers, type Draft } from './draft.ts';
import { modelStates, type ModelState } from './model-state.ts';

/** Notes the states that a draft is in. */
export function noteStates(draft: Draft): void {
  for (const state of modelStates) if (isIn(draft, state)) draft.reached.add(state);
}

function isIn(draft: Draft, state: ModelState): boolean {
  const { now, beginning } = draft;
  const account = draft.account('first');
  const { first } = beginning.logins;
  const open = sessionNumbers.map((number) => draft.sessions[number]).filter((session) => session.open);
  switch (state) {
    case 'a login is locked':
      return Object.values(beginning.logins).some((login) => isLocked(login, now));
    case 'a connection is blocked':
      return first.blocked;
    case 'a connection is blocked by bad mailboxes':
      return first.blocked && first.bad.length > 0;
    case 'maintenance':
      return draft.maintenance;
    case 'maintenance in mid-transfer':
      return draft.maintenance && draft.lines.some((line) => line.includes('<rest of message'));
    case 'a domain is not verified':
      return !account.verified;
    case 'the rate limit is met':
      return countedMails(first, now, beginning.rate.perMs) >= beginning.rate.limit;
    case 'the balance is used up':
      return account.charged > 0 && balanceOf(account, now) === 0;
    case 'a recipient was charged for':
      return account.charged > 0;
    case 'a send limit is used up':
      return first.sendLimit !== undefined && first.sendsUsed >= first.sendLimit;
    case 'a subscription is being used':
      return account.monthly.some(({ left, endsAt }) => left > 0 && endsAt > now) && account.charged > 0;
    case 'a subscription has ended unused':
      return account.monthly.some(({ left, endsAt }) => left > 0 && endsAt <= now);
    case 'the mailbox is down':
      return !account.mailboxUp;
    case 'an email is deferred':
      return account.emails.some(({ status }) => status === 'deferred');
    case 'a password was replaced':
      return Object.values(draft.newPasswords).some((times) => times > 0);
    case 'a recipient took himself off':
      return account.emails.some(({ status }) => status === 'unsubscribed' || status === 'complained');
    case 'two sessions of one balance':
      return open.filter(({ login }) => login !== undefined && draft.account(login) === account).length > 1;
    case 'two accounts at once':
      return open.some(({ login }) => login !== undefined && draft.account(login) !== account);
    case 'three sessions open':
      return open.length > 2;
    case 'a message was cut':
      return draft.lines.some(
        (line, at) => line.includes('<first half of') && /<(?:close|reset)>/.test(draft.lines[at + 1] ?? ''),
      );
    case 'a transaction is open':
      return open.some(({ transaction }) => transaction !== undefined);
  }
}
