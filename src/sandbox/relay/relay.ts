/**
 * Takes queued emails to their fate, one email per recipient, and writes the outcome back. It knows no billing and
 * tells the client nothing.
 */
import type { RelayParts } from './relay-parts.ts';
import { pauseAfter } from './retry.ts';
import { emailsToSettle, settle, type EmailToSettle } from './settle.ts';

/** A relay at work. */
export interface Relay extends AsyncDisposable {
  /** Emails may be due: look. */
  wake(): void;
  /** A client handed something in: look, and stand aside for clients after a burst. */
  arrived(): void;
  /** How many emails of an account are being handed over at this moment. */
  inFlight(account: string): number;
  /** How many emails, whosever they are, were taken to an outcome since the relay began. */
  outcomes(): number;
  /** Somebody waits for what is queued: until this is disposed of clients are not given way to. */
  awaited(): Disposable;
  /** Resolves after the next outcome is written, whosever it is. */
  nextOutcome(): Promise<void>;
}

/** Emails handed over side by side. */
const WORKERS = 16;
/** Emails read from the store at a time; what waits behind them stays there, not in memory. */
const BATCH = 128;
/** Milliseconds between two looks at what is due: nobody says when a deferred email's time has come. */
const LOOK_MS = 1_000;

/** Starts a relay; it works until it is disposed of, and what is not delivered by then waits in the store. */
export function startRelay(parts: RelayParts): Relay {
  const { store, wallClock, pacing } = parts;
  const waiting: EmailToSettle[] = [];
  const inFlight = new Map<string, EmailToSettle>();
  let outcome = Promise.withResolvers<void>();
  let outcomes = 0;
  const stopping = new AbortController();
  const stop = stopping.signal;
  // in a row; what the store cannot do now it can hardly do a moment later
  let faults = 0;
  let looking: Promise<void> | undefined;
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  const work = async (email: EmailToSettle): Promise<void> => {
    inFlight.set(email.id, email);
    try {
      await settle(parts, email, stop);
      faults = 0;
      outcomes += 1;
    } catch (fault) {
      faults += 1;
      parts.onFault(fault);
    } finally {
      inFlight.delete(email.id);
      outcome.resolve();
      outcome = Promise.withResolvers<void>();
    }
  };

  const look = async (): Promise<void> => {
    for (;;) {
      if (faults > 0) await parts.pause(pauseAfter(faults), stop);
      if (waiting.length === 0) {
        await pacing.yieldToClients();
        // those that are under way when the store is asked, not when it has answered
        const underWay = new Set(inFlight.keys());
        waiting.push(...emailsToSettle(await store.takeDue(wallClock.now(), BATCH, underWay)));
      }
      if (stop.aborted || waiting.length === 0) return;
      for (const email of waiting.splice(0, WORKERS - inFlight.size)) {
        pacing.noteHandOver();
        void work(email);
      }
      if (inFlight.size >= WORKERS) await outcome.promise;
    }
  };

  const wake = (): void => {
    if (stop.aborted) return;
    if (looking !== undefined) {
      again = true;
      return;
    }
    again = false;
    looking = look()
      .catch((fault: unknown) => {
        faults += 1;
        parts.onFault(fault);
      })
      .then(() => {
        looking = undefined;
        if (again) wake();
      });
  };

  timer = setInterval(wake, LOOK_MS);
  timer.unref();
  wake();

  return {
    wake,
    arrived: () => {
      pacing.noteArrival();
      wake();
    },
    inFlight: (account) => [...inFlight.values()].filter((email) => email.account === account).length,
    outcomes: () => outcomes,
    awaited: () => pacing.awaited(),
    nextOutcome: () => outcome.promise,
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      clearInterval(timer);
      await looking;
      while (inFlight.size > 0) await outcome.promise;
      await parts.writer[Symbol.asyncDispose]();
    },
  };
}
