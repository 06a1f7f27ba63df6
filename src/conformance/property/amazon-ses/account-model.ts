/**
 * One account as the rules say it stands: an independent second writing of them, simpler than the gateway's own. Times in
 * milliseconds.
 */
import { QUOTA_WINDOW_MS, quotasOfAccess } from '../../../contract/amazon-ses/limits.ts';
import type { Plan, Role } from './plan.ts';

/** The time over which the rate is measured (rule `rate.burst`). */
const BURST_MS = 5_000;

/** One email, and what became of it. */
export interface ModelEmail {
  readonly recipient: string;
  readonly message: string;
  readonly status: string;
}

/** An account. */
export interface AccountModel {
  readonly roles: ReadonlyMap<string, Role>;
  readonly quotas: { readonly daily: number; readonly burst: number };
  /** How many recipients were accepted, and when. */
  readonly uses: { readonly at: number; readonly recipients: number }[];
  readonly suppressed: Set<string>;
  readonly emails: ModelEmail[];
  isBlocked: boolean;
}

/** The names of a plan's recipients. */
export const names = ['ann', 'bob', 'cat', 'dan'] as const;

/** The account at the beginning of a plan. */
export function accountOf({ access, sendQuota, sendRate, roles }: Plan): AccountModel {
  const usual = quotasOfAccess[access];
  const rate = sendRate ?? usual.sendRate;
  const named = roles.map((role, at) => [names[at] ?? 'ann', role] as const);
  return {
    roles: new Map(named),
    quotas: { daily: sendQuota ?? usual.sendQuota, burst: (rate * BURST_MS) / 1_000 },
    uses: [],
    suppressed: new Set(named.flatMap(([name, role]) => (role === 'suppressed' ? [name] : []))),
    emails: [],
    isBlocked: false,
  };
}

/** Which quota a message for so many recipients would exceed: that of the day is looked at first. */
export function exceeded(
  account: AccountModel,
  recipients: number,
  now: number,
): 'daily' | 'rate' | undefined {
  const used = (windowMs: number) =>
    account.uses.reduce((sum, use) => sum + (use.at > now - windowMs ? use.recipients : 0), 0);
  if (used(QUOTA_WINDOW_MS) + recipients > account.quotas.daily) return 'daily';
  return used(BURST_MS) + recipients > account.quotas.burst ? 'rate' : undefined;
}

/** Accepts a message: what is used, and an email for each recipient with what becomes of it. */
export function acceptMessage(
  account: AccountModel,
  recipients: readonly string[],
  message: string,
  now: number,
): void {
  account.uses.push({ at: now, recipients: recipients.length });
  for (const recipient of recipients) {
    const status = statusFor(account, recipient);
    account.emails.push({ recipient, message, status });
    // hard bounces and complaints fill the list (rule `suppression.filled`)
    if (status === 'bounced' || status === 'complained') account.suppressed.add(recipient);
  }
}

function statusFor({ suppressed, roles }: AccountModel, recipient: string): string {
  if (suppressed.has(recipient)) return 'suppressed';
  switch (roles.get(recipient)) {
    case 'nonexistent':
    case 'listed':
      return 'bounced';
    case 'complains':
      return 'complained';
    case undefined:
    case 'accepts':
    case 'out-of-office':
    case 'suppressed':
      return 'delivered';
  }
}

/** Whether an email is in the mailbox of its recipient. */
export function isInMailbox({ status }: ModelEmail): boolean {
  return status === 'delivered' || status === 'complained';
}
