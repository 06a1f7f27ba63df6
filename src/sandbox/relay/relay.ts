/**
 * Takes queued emails to their fate, one email per recipient, and writes the outcome back. It knows no billing and
 * tells the client nothing.
 */
import type { EmailStatus, Role } from '../../contract/vocabulary.ts';
import { addressKeyOf } from '../../smtp/address-equality.ts';
import { isBadOutcome } from '../policy/block-decision.ts';
import type { Choices } from '../policy/choices.ts';
import type { Clock } from '../policy/clock.ts';
import type { Policy } from '../policy/policy.ts';
import { reservedRole } from '../policy/reserved-recipients.ts';
import type { ClockState, QueuedEmail } from '../store/account-record.ts';
import type { Store } from '../store/store.ts';
import type { Courtesy } from './courtesy.ts';
import { deliveryCopy } from './delivery-copy.ts';
import type { HandOver } from './delivery.ts';
import type { SmarthostWriter } from './smarthost.ts';

/** What the relay works with. */
export interface RelayParts {
  readonly store: Store;
  readonly writer: SmarthostWriter;
  readonly policy: Pick<Policy, 'block'>;
  readonly choices: Choices;
  readonly courtesy: Courtesy;
  /** What an account's clock shows; outcomes are written by it. */
  readonly accountNow: (clock: ClockState) => number;
  /** Deferred emails wait by the wall clock, which no test moves. */
  readonly wallClock: Clock;
  readonly onFault: (fault: unknown) => void;
}

/** A relay at work. */
export interface Relay extends AsyncDisposable {
  /** Emails may be due: look. */
  wake(): void;
  /** A client handed something in: look, and stand aside for clients after a burst. */
  arrived(): void;
  /** How many emails of an account are being handed over at this moment. */
  inFlight(account: string): number;
  /** Somebody waits for what is queued: until this is disposed of clients are not given way to. */
  awaited(): Disposable;
  /** Resolves after the next outcome is written, whosever it is. */
  nextOutcome(): Promise<void>;
}

/** Emails handed over side by side. */
const WORKERS = 16;
/** Emails read from the store at a time; what waits behind them stays there, not in memory. */
const BATCH = 128;
/** Milliseconds until a deferred email is tried again: after the first attempt, and at most. */
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 5 * 60_000;

/** Starts a relay; it works until it is disposed of, and what is not delivered by then waits in the store. */
export function startRelay(parts: RelayParts): Relay {
  const { store, wallClock, courtesy } = parts;
  const waiting: QueuedEmail[] = [];
  const inFlight = new Map<string, QueuedEmail>();
  let outcome = Promise.withResolvers<void>();
  let stopped = false;
  let looking: Promise<void> | undefined;
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  const work = async (email: QueuedEmail): Promise<void> => {
    inFlight.set(email.id, email);
    try {
      await settle(parts, email);
    } catch (fault) {
      parts.onFault(fault);
    } finally {
      inFlight.delete(email.id);
      outcome.resolve();
      outcome = Promise.withResolvers<void>();
    }
  };

  const look = async (): Promise<void> => {
    for (;;) {
      if (waiting.length === 0) {
        await courtesy.giveWay();
        // those that are under way when the store is asked, not when it has answered
        const underWay = new Set(inFlight.keys());
        waiting.push(...(await store.takeDue(wallClock.now(), BATCH, underWay)));
      }
      if (stopped || waiting.length === 0) return;
      for (const email of waiting.splice(0, WORKERS - inFlight.size)) {
        courtesy.noteHandOver();
        void work(email);
      }
      if (inFlight.size >= WORKERS) await outcome.promise;
    }
  };

  const wake = (): void => {
    if (stopped) return;
    if (looking !== undefined) {
      again = true;
      return;
    }
    again = false;
    looking = look()
      .catch(parts.onFault)
      .then(() => {
        looking = undefined;
        if (again) wake();
      });
  };

  // nobody says when a deferred email's time has come
  timer = setInterval(wake, FIRST_RETRY_MS);
  timer.unref();
  wake();

  return {
    wake,
    arrived: () => {
      courtesy.noteArrival();
      wake();
    },
    inFlight: (account) => [...inFlight.values()].filter((email) => email.account === account).length,
    awaited: () => courtesy.awaited(),
    nextOutcome: () => outcome.promise,
    [Symbol.asyncDispose]: async () => {
      stopped = true;
      clearInterval(timer);
      await looking;
      while (inFlight.size > 0) await outcome.promise;
      await parts.writer[Symbol.asyncDispose]();
    },
  };
}

async function settle(parts: RelayParts, email: QueuedEmail): Promise<void> {
  const { store, writer } = parts;
  const standing = await store.readStanding(email.account);
  // its account may have been deleted while it waited here
  if (standing === undefined) return;
  const key = addressKeyOf(email.recipient) ?? email.recipient;
  const role = (await store.readRecipient(email.account, key)).role ?? reservedRole(key) ?? 'accepts';
  const refused = refusedAs(role);
  if (refused !== undefined) {
    await writeOutcome(parts, email, refused);
    return;
  }
  const handedOver: HandOver =
    role === 'full' || !standing.mailboxUp
      ? { kind: 'not now', why: 'the mailbox takes nothing' }
      : await writer.handOver({
          reversePath: email.sender,
          forwardPath: email.recipient,
          message: deliveryCopy(email),
        });
  switch (handedOver.kind) {
    case 'taken': {
      const reaction = reactionAs(role);
      if (reaction !== undefined) await store.suppress(email.account, key, email.recipient);
      await writeOutcome(parts, email, reaction ?? 'delivered');
      return;
    }
    case 'refused':
      await writeOutcome(parts, email, 'rejected');
      return;
    case 'not now':
      await writeOutcome(parts, email, 'deferred');
      // a mailbox that came up while this was on its way hastened only what was deferred by then
      if (!standing.mailboxUp && (await store.readStanding(email.account))?.mailboxUp === true) {
        await store.hastenDeferred(email.account);
      }
      return;
  }
}

/** Writes an outcome by the account's clock; one too many bad ones blocks the connection (rule `connection.block`). */
async function writeOutcome(parts: RelayParts, email: QueuedEmail, status: EmailStatus): Promise<void> {
  const { store, policy, choices, wallClock } = parts;
  const standing = await store.readStanding(email.account);
  if (standing === undefined) return;
  const now = parts.accountNow(standing.clock);
  if (status === 'deferred') {
    const wallNow = wallClock.now();
    const isOver = wallNow - email.queuedAt >= choices.giveUpMs;
    await store.setEmailStatus(
      email.id,
      isOver ? 'failed' : 'deferred',
      now,
      wallNow + retryDelay(email.attempts),
    );
    return;
  }
  await store.setEmailStatus(email.id, status, now);
  if (!isBadOutcome(status)) return;
  // nothing is left to decide: without this each outcome of a blocked connection would count all before it
  if ((await store.readConnection(email.connection))?.blocked !== false) return;
  const badAt = await store.readBadOutcomes(email.connection, now - choices.badMailboxWindowMs);
  if (policy.block({ now, badAt, choices })) await store.setBlocked(email.connection, true);
}

/** The final state of an email that its recipient's server does not take (rule `history.statuses`). */
function refusedAs(role: Role): EmailStatus | undefined {
  if (role === 'nonexistent') return 'bounced';
  return role === 'refused' ? 'rejected' : undefined;
}

/** What a recipient does after the delivery (rule `history.statuses`). */
function reactionAs(role: Role): EmailStatus | undefined {
  if (role === 'unsubscribes') return 'unsubscribed';
  return role === 'complains' ? 'complained' : undefined;
}

function retryDelay(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LONGEST_RETRY_MS);
}
