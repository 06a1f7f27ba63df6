/** What the guide says of quotas, and what is chosen where it names no number. */

/** Recipients of one message (rule `limit.recipients`). */
export const RECIPIENT_LIMIT = 50;
/** Octets of one message (rule `limit.size`): 40 MB, read as 40 times 1024 times 1024. */
export const SIZE_LIMIT = 40 * 1024 * 1024;
/** The time that the sending quota rolls over, in milliseconds (rule `quota.window`). */
export const QUOTA_WINDOW_MS = 24 * 60 * 60_000;

/** Recipients in 24 hours and in a second, by what an account may do (rules `access.sandbox`, `access.production.limits`). */
export const quotasOfAccess = {
  sandbox: { sendQuota: 200, sendRate: 1 },
  production: { sendQuota: 50_000, sendRate: 14 },
} as const;
