import { addressKeyOf } from '../../smtp/address-equality.ts';
import type { EmailStatus, Role } from '../../contract/emailmassivo/vocabulary.ts';
import { isBadOutcome } from '../policy/emailmassivo/block-decision.ts';
import { reservedRole } from '../policy/emailmassivo/reserved-recipients.ts';
import type { AccountStanding, EmailOutcome, QueuedEmail } from '../store/account-record.ts';
import type { HandOver } from './delivery.ts';
import { deliverableMessage, deliveryCopy, type DeliverableMessage } from './delivery-copy.ts';
import type { RelayParts } from './relay-parts.ts';
import { pauseAfter, retryDelay } from './retry.ts';

/** Longest reason in the history, in characters; what a mailbox says beyond is cut. */
export const LONGEST_REASON = 500;

/** Where an email goes at this attempt. */
type Fate = Pick<EmailOutcome, 'status' | 'reason'> & {
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
  const { store } = parts;
  const standing = await store.readStanding(email.account);
  // its account may have been deleted while it waited here
  if (standing === undefined) return;
  const key = addressKeyOf(email.recipient) ?? email.recipient;
  const role = (await store.readRecipient(email.account, key)).role ?? reservedRole(key) ?? 'accepts';
  const fate = await fateOf(parts, email, role, standing);
  await insist(parts, stop, async () => {
    if (suppresses(fate.status)) await store.suppress(email.account, key, email.recipient);
    await writeOutcome(parts, email, fate);
  });
  // a mailbox that came up while this was on its way hastened only what was deferred by then
  if (fate.status !== 'deferred' || standing.mailboxUp) return;
  if ((await store.readStanding(email.account))?.mailboxUp === true)
    await store.makeDeferredDue(email.account);
}

async function fateOf(
  { writer }: RelayParts,
  email: EmailToSettle,
  role: Role,
  standing: AccountStanding,
): Promise<Fate> {
  if (role === 'nonexistent') return { status: 'bounced', reason: 'The recipient has no mailbox.' };
  if (role === 'refused') return { status: 'rejected', reason: 'The recipient refuses the email.' };
  if (role === 'full') return { status: 'deferred', reason: 'The mailbox of the recipient is full.' };
  if (!standing.mailboxUp)
    return { status: 'deferred', reason: 'The mailbox was taken away from the relay.' };
  const handedOver = await writer.handOver({
    reversePath: email.sender,
    forwardPath: email.recipient,
    message: deliveryCopy(email, email.deliverable()),
  });
  return fateAfter(handedOver, role);
}

function fateAfter(handedOver: HandOver, role: Role): Fate {
  switch (handedOver.kind) {
    case 'taken':
      return { status: reactionAs(role) ?? 'delivered' };
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
async function writeOutcome(parts: RelayParts, email: QueuedEmail, fate: Fate): Promise<void> {
  const { store, policy, choices, wallClock } = parts;
  const standing = await store.readStanding(email.account);
  if (standing === undefined) return;
  const now = parts.accountNow(standing.clock);
  const wallAt = wallClock.now();
  const outcome = { status: fate.status, at: now, wallAt, reason: fate.reason?.slice(0, LONGEST_REASON) };
  if (fate.status === 'deferred') {
    const limit =
      fate.aboutMessage === true ? Math.min(choices.messageGiveUpMs, choices.giveUpMs) : choices.giveUpMs;
    const isOver = wallAt - email.queuedAt >= limit;
    const next = { nextAttemptAt: wallAt + retryDelay(email.attempts) };
    await store.setEmailStatus(email.id, isOver ? { ...outcome, status: 'failed' } : { ...outcome, ...next });
    return;
  }
  await store.setEmailStatus(email.id, outcome);
  if (!isBadOutcome(fate.status)) return;
  // nothing is left to decide: without this each outcome of a blocked connection would count all before it
  if ((await store.readConnection(email.connection))?.blocked !== false) return;
  const badAt = await store.readBadOutcomes(email.connection, now - choices.badMailboxWindowMs);
  if (policy.block({ now, badAt, choices })) await store.setBlocked(email.connection, true);
}

/** What a recipient does after the delivery (rule `history.statuses`). */
function reactionAs(role: Role): EmailStatus | undefined {
  if (role === 'unsubscribes') return 'unsubscribed';
  return role === 'complains' ? 'complained' : undefined;
}

function suppresses(status: EmailStatus): boolean {
  return status === 'unsubscribed' || status === 'complained';
}
