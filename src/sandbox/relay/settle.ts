import { addressKeyOf } from '../../smtp/address-equality.ts';
import type { Fate } from '../policy/fate.ts';
import type { AccountStanding, EmailOutcome, QueuedEmail } from '../store/account-record.ts';
import type { HandOver } from './delivery.ts';
import { writeNotice } from './notice.ts';
import { deliverableMessage, deliveryCopy, type DeliverableMessage } from './delivery-copy.ts';
import type { RelayParts } from './relay-parts.ts';
import { pauseAfter, retryDelay } from './retry.ts';

/** Longest reason in the history, in characters; what a mailbox says beyond is cut. */
export const LONGEST_REASON = 500;

/** What one attempt came to. */
type Attempt = Pick<EmailOutcome, 'status' | 'reason'> & {
  /** Whether the mailbox answered to the message itself, not to the session or the envelope. */
  readonly aboutMessage?: boolean;
};

/** An email with its message, read for the first copy that needs it and for all others of the same message. */
export interface EmailToSettle extends QueuedEmail {
  readonly deliverable: () => DeliverableMessage;
}

/** Emails that were read together; those of one message share its reading. */
export function emailsToSettle(emails: readonly QueuedEmail[]): readonly EmailToSettle[] {
  const readings = new Map<Uint8Array, () => DeliverableMessage>();
  return emails.map((email) => {
    const deliverable = readings.get(email.message) ?? readOnce(email.message);
    readings.set(email.message, deliverable);
    return { ...email, deliverable };
  });
}

function readOnce(message: Uint8Array): () => DeliverableMessage {
  let read: DeliverableMessage | undefined;
  return () => (read ??= deliverableMessage(message));
}

/**
 * Takes one email to its fate and writes that down. What was handed over is handed over once: an outcome that cannot be
 * written now is written later, until `stop` is aborted.
 */
export async function settle(parts: RelayParts, email: EmailToSettle, stop: AbortSignal): Promise<void> {
  const { store, policy } = parts;
  const standing = await store.readStanding(email.account);
  // its account may have been deleted while it waited here
  if (standing === undefined) return;
  const key = addressKeyOf(email.recipient) ?? email.recipient;
  const { role = policy.reservedRole(key), suppressed } = await store.readRecipient(email.account, key);
  const fate = policy.fateOf({ key, role, suppressed });
  const attempt = await sendNotice(parts, email, fate, await tryOnce(parts, email, fate, standing));
  await insist(parts, stop, async () => {
    if (policy.suppresses(attempt.status, key)) await store.suppress(email.account, key, email.recipient);
    await writeOutcome(parts, email, attempt);
  });
  // a mailbox that came up while this was on its way hastened only what was deferred by then
  if (attempt.status !== 'deferred' || standing.mailboxUp) return;
  if ((await store.readStanding(email.account))?.mailboxUp === true)
    await store.makeDeferredDue(email.account);
}

async function tryOnce(
  { writer }: RelayParts,
  email: EmailToSettle,
  fate: Fate,
  standing: AccountStanding,
): Promise<Attempt> {
  if (fate.kind === 'stays here') return { status: fate.status, reason: fate.reason };
  if (!standing.mailboxUp)
    return { status: 'deferred', reason: 'The mailbox was taken away from the relay.' };
  const handedOver = await writer.handOver({
    reversePath: email.sender,
    forwardPath: email.recipient,
    message: deliveryCopy(email, email.deliverable()),
  });
  return attemptAfter(handedOver, fate);
}

/** Sends what comes back for an email, once its fate is fulfilled; a notice that nobody takes is lost, as RFC 5321 §6.1 has it. */
async function sendNotice(
  { writer, onFault }: RelayParts,
  email: EmailToSettle,
  { notice, status }: Fate,
  attempt: Attempt,
): Promise<Attempt> {
  if (notice === undefined || attempt.status !== status || email.sender === '') return attempt;
  const delivery = await writeNotice(notice, email, email.deliverable().octets);
  const handedOver = await writer.handOver(delivery);
  if (handedOver.kind !== 'taken')
    onFault(new Error(`The mailbox did not take the ${notice.kind} for ${email.id}: ${handedOver.why}`));
  return attempt;
}

function attemptAfter(handedOver: HandOver, { status }: Fate): Attempt {
  switch (handedOver.kind) {
    case 'taken':
      return { status };
    case 'refused':
      return { status: 'rejected', reason: `The mailbox refused the email: ${handedOver.why}` };
    case 'not now':
      return {
        status: 'deferred',
        reason: `The mailbox did not take the email: ${handedOver.why}`,
        aboutMessage: handedOver.about === 'message',
      };
  }
}

/** Writes until it is written, with longer and longer pauses; what is not written when the relay ends is tried anew later. */
async function insist(parts: RelayParts, stop: AbortSignal, write: () => Promise<void>): Promise<void> {
  for (let faults = 1; ; faults += 1) {
    try {
      await write();
      return;
    } catch (fault) {
      parts.onFault(fault);
      if (stop.aborted) return;
      await parts.pause(pauseAfter(faults), stop);
    }
  }
}

/** Writes an outcome by the account's clock; one too many bad ones blocks the connection (rule `connection.block`). */
async function writeOutcome(parts: RelayParts, email: QueuedEmail, attempt: Attempt): Promise<void> {
  const { store, policy, choices, wallClock } = parts;
  const standing = await store.readStanding(email.account);
  if (standing === undefined) return;
  const now = parts.accountNow(standing.clock);
  const wallAt = wallClock.now();
  const outcome = {
    status: attempt.status,
    at: now,
    wallAt,
    reason: attempt.reason?.slice(0, LONGEST_REASON),
  };
  if (attempt.status === 'deferred') {
    const limit =
      attempt.aboutMessage === true ? Math.min(choices.messageGiveUpMs, choices.giveUpMs) : choices.giveUpMs;
    const isOver = wallAt - email.queuedAt >= limit;
    const next = { nextAttemptAt: wallAt + retryDelay(email.attempts) };
    await store.setEmailStatus(email.id, isOver ? { ...outcome, status: 'failed' } : { ...outcome, ...next });
    return;
  }
  await store.setEmailStatus(email.id, outcome);
  if (!policy.countsTowardsBlock(attempt.status)) return;
  // nothing is left to decide: without this each outcome of a blocked connection would count all before it
  if ((await store.readConnection(email.connection))?.blocked !== false) return;
  const badAt = await store.readBadOutcomes(email.connection, now - choices.badMailboxWindowMs);
  if (policy.block({ now, badAt, choices })) await store.setBlocked(email.connection, true);
}
