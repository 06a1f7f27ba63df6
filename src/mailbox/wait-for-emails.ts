import { MailboxError } from './mailbox-error.ts';
import type { StoredEmail } from './stored-email.ts';

/** What to wait for. */
export interface WaitRequest {
  readonly address: string;
  /** At least so many emails. */
  readonly count: number;
  /** Limit in milliseconds of real time; the mailbox is asked at least once. */
  readonly timeoutMs: number;
}

/** Real time, in milliseconds from an arbitrary start. */
export interface WaitClock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

const firstPauseMs = 5;
const longestPauseMs = 200;

/** Looks again and again, with growing pauses, until enough emails are there or the time is up. */
export async function waitForEmails(
  request: WaitRequest,
  look: (address: string) => Promise<readonly StoredEmail[]>,
  clock: WaitClock,
): Promise<readonly StoredEmail[]> {
  const end = clock.now() + request.timeoutMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const emails = await look(request.address);
    if (emails.length >= request.count) return emails;
    const leftMs = end - clock.now();
    if (leftMs <= 0) throw explainTimeout(request, emails);
    await clock.sleep(Math.min(pauseMs, leftMs));
  }
}

function explainTimeout(request: WaitRequest, emails: readonly StoredEmail[]): MailboxError {
  const there =
    emails.length === 0
      ? 'none was there'
      : `there were ${emails.length}: ${emails.map((email) => `"${email.subject}" (${email.id})`).join(', ')}`;
  return new MailboxError(
    'mailbox-timeout',
    `Waited ${request.timeoutMs} ms for ${request.count} emails to ${request.address}; ${there}. ` +
      'Look whether the mail was refused or still waits somewhere, or allow more time.',
  );
}
