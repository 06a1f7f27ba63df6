import { defaultClock } from '../situation/defaults.ts';
import { loginChoices } from '../situation/given.ts';
import type { Needs } from '../situation/needs.ts';
import type { TargetDescription } from './target-description.ts';

/** Sends that a case has unless it says otherwise; a gateway in use is taken to have as many. */
const usualBalance = 100;

/** The first need that a described gateway cannot meet, in words; `undefined` where it meets all. */
export function missingNeed(needs: Needs, description: TargetDescription): string | undefined {
  return (
    missingAccount(needs, description) ??
    missingLimit(needs, description) ??
    missingRecipient(needs, description) ??
    missingControl(needs)
  );
}

function missingAccount(needs: Needs, { senders, logins, login }: TargetDescription): string | undefined {
  if (needs.access !== undefined) return `an account whose access is ${needs.access}`;
  if ((needs.identities?.size ?? 0) > 0) return 'identities that can be set';
  if (needs.sendQuota !== undefined || needs.sendRate !== undefined) return 'quotas that can be set';
  if (needs.balance !== usualBalance || needs.plans.length > 0) return 'a balance that can be set';
  if (needs.domain !== 'verified' && senders[needs.domain] === undefined)
    return `a sender whose domain is ${needs.domain}`;
  if (needs.connection !== 'active' && logins[needs.connection] === undefined)
    return `a login whose connection is ${needs.connection}`;
  if (needs.secondLogin !== undefined && logins[`second of ${accountOf(needs.secondLogin)}`] === undefined)
    return `a second login of ${accountOf(needs.secondLogin)}`;
  if (needs.thirdLogin !== undefined) return 'a third login';
  const chosen = loginChoices.find((one) => {
    const { login: name, password } = needs.chosen?.[one] ?? {};
    return name !== undefined || password !== undefined;
  });
  if (chosen !== undefined) return `a ${chosen} login that the case chooses`;
  return login === 'none' && needs.secondLogin !== undefined ? 'a login' : undefined;
}

/** Whose a second login is, in the description's words. */
export function accountOf(login: NonNullable<Needs['secondLogin']>): 'the same account' | 'another account' {
  return login === 'same account' ? 'the same account' : 'another account';
}

function missingLimit(needs: Needs, { limits }: TargetDescription): string | undefined {
  const { rate } = needs;
  const has = limits.rate;
  if (rate !== undefined && (has?.limit !== rate.limit || has['per-ms'] !== rate.perMs))
    return `a rate limit of ${rate.limit} in ${rate.perMs} ms`;
  const wanted = {
    'send-limit': needs.sendLimit,
    'session-limit': needs.sessionLimit,
    'size-limit': needs.sizeLimit,
    'recipient-limit': needs.recipientLimit,
  };
  const other = (Object.keys(wanted) as (keyof typeof wanted)[]).find(
    (key) => wanted[key] !== undefined && wanted[key] !== limits[key],
  );
  return other === undefined ? undefined : `a ${other} of ${wanted[other]}`;
}

function missingRecipient({ recipients }: Needs, description: TargetDescription): string | undefined {
  const wanted = new Map<string, number>();
  for (const role of recipients.values()) wanted.set(role, (wanted.get(role) ?? 0) + 1);
  for (const [role, number] of wanted) {
    const known = description.recipients[role] ?? [];
    if (known.some((address) => address.includes('*'))) continue;
    if (known.length < number)
      return `${number === 1 ? 'a recipient' : `${number} recipients`} that ${saying(role, number)}`;
  }
  return undefined;
}

/** A role as what a recipient does or is: `accepts`, `is full`. */
function saying(role: string, number: number): string {
  if (role.endsWith('s')) return number === 1 ? role : role.slice(0, -1);
  return `${number === 1 ? 'is' : 'are'} ${role}`;
}

function missingControl({ clock, triggers, mechanisms, changes }: Needs): string | undefined {
  if (clock !== defaultClock) return 'a clock that can be set';
  if (triggers.length > 0) return 'triggers';
  if (mechanisms !== undefined) return 'mechanisms of AUTH that can be chosen';
  const change = changes.find((kind) => kind !== 'settled');
  return change === undefined ? undefined : `a world that can be changed (${change})`;
}
