import type { Store } from '../store/store.ts';
import type { EmailStatus } from '../../contract/vocabulary.ts';
import type { SessionRecorder, TranscriptRecorder } from '../gateway/transcript-recorder.ts';

/** Something that happened in an account. */
export type AccountEvent =
  | {
      readonly kind: 'email';
      readonly email: string;
      readonly recipient: string;
      readonly status: EmailStatus;
      /** Why it is deferred, bounced, rejected or failed. */
      readonly reason?: string;
    }
  | { readonly kind: 'session'; readonly session: string; readonly state: 'opened' | 'closed' };

/** An event with its place in the log; ids rise, so that a listener can resume behind the last one it saw. */
export interface LoggedEvent {
  readonly id: number;
  readonly account: string;
  readonly event: AccountEvent;
}

/** The latest events, and whoever waits for the next. */
export interface EventLog {
  publish(account: string, event: AccountEvent): void;
  /** The events of an account behind `after`, as far as they are kept. */
  since(account: string, after: number): readonly LoggedEvent[];
  /** The id of the newest event. */
  readonly newest: number;
  /** Resolves at the next event of the account. */
  next(account: string): Promise<void>;
  /** Counts a stream of an account's events, until it is disposed of; `undefined` where there are too many already. */
  openStream(account: string): Disposable | undefined;
}

/** Events kept; a listener that was away for longer misses some, and sees it by the gap in the ids. */
export const KEPT_EVENTS = 10_000;
/** Streams that may be open at once, of one account and in all: each hears every event of its account. */
export const MOST_STREAMS_OF_ACCOUNT = 50;
export const MOST_STREAMS = 500;

/** A log in memory, with a listener to all that happens, in which each account's events and listeners are found without looking at the others'. */
export function createEventLog(
  hear: (account: string, event: AccountEvent) => void = () => undefined,
): EventLog {
  let newest = 0;
  let count = 0;
  let streams = 0;
  const kept = new Map<string, LoggedEvent[]>();
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  const streamsOf = new Map<string, number>();

  /** Cuts to half of what there is room for, so that keeping the bound costs nothing per event. */
  const forgetOld = (): void => {
    count = 0;
    for (const [account, events] of kept) {
      const latest = events.filter(({ id }) => id > newest - KEPT_EVENTS);
      if (latest.length === 0) kept.delete(account);
      else kept.set(account, latest);
      count += latest.length;
    }
  };

  return {
    get newest() {
      return newest;
    },
    publish: (account, event) => {
      newest += 1;
      count += 1;
      const events = kept.get(account);
      if (events === undefined) kept.set(account, [{ id: newest, account, event }]);
      else events.push({ id: newest, account, event });
      if (count > 2 * KEPT_EVENTS) forgetOld();
      waiting.get(account)?.resolve();
      waiting.delete(account);
      hear(account, event);
    },
    since: (account, after) => {
      const events = kept.get(account) ?? [];
      // from the end: a listener that keeps up has seen nearly all of them
      let first = events.length;
      while (first > 0 && (events[first - 1]?.id ?? 0) > after) first -= 1;
      return events.slice(first);
    },
    next: (account) => {
      const found = waiting.get(account) ?? Promise.withResolvers<void>();
      waiting.set(account, found);
      return found.promise;
    },
    openStream: (account) => {
      const own = streamsOf.get(account) ?? 0;
      if (own >= MOST_STREAMS_OF_ACCOUNT || streams >= MOST_STREAMS) return undefined;
      streamsOf.set(account, own + 1);
      streams += 1;
      let open = true;
      return {
        [Symbol.dispose]: () => {
          if (!open) return;
          open = false;
          streams -= 1;
          const left = (streamsOf.get(account) ?? 1) - 1;
          if (left === 0) streamsOf.delete(account);
          else streamsOf.set(account, left);
        },
      };
    },
  };
}

/** The store, with its commits and outcomes published after they are written. */
export function publishingStore(own: Store, log: EventLog): Store {
  // those under way alone: a deferred one is taken anew
  const accounts = new Map<string, { readonly account: string; readonly recipient: string }>();
  return {
    ...own,
    commit: async (submission) => {
      const result = await own.commit(submission);
      if (result !== 'committed') return result;
      for (const { id, forwardPath } of submission.emails) {
        log.publish(submission.account, {
          kind: 'email',
          email: id,
          recipient: forwardPath,
          status: 'queued',
        });
      }
      return result;
    },
    takeDue: async (...asked) => {
      const due = await own.takeDue(...asked);
      for (const { id, account, recipient } of due) accounts.set(id, { account, recipient });
      return due;
    },
    setEmailStatus: async (email, outcome) => {
      await own.setEmailStatus(email, outcome);
      const known = accounts.get(email);
      if (known === undefined) return;
      log.publish(known.account, {
        kind: 'email',
        email,
        recipient: known.recipient,
        status: outcome.status,
        ...(outcome.reason === undefined ? {} : { reason: outcome.reason }),
      });
      accounts.delete(email);
    },
  };
}

/** The recorder, with the beginning and the end of each account's sessions published. */
export function publishingRecorder(own: TranscriptRecorder, log: EventLog): TranscriptRecorder {
  return {
    ...own,
    open: (origin) => {
      const recorder = own.open(origin);
      let account: string | undefined;
      const publish = (state: 'opened' | 'closed') => {
        if (account !== undefined) log.publish(account, { kind: 'session', session: origin.id, state });
      };
      return {
        ...recorder,
        belongsTo: (owner) => {
          recorder.belongsTo(owner);
          if (account !== undefined) return;
          account = owner;
          publish('opened');
        },
        closed: () => {
          recorder.closed();
          publish('closed');
        },
      } satisfies SessionRecorder;
    },
  };
}
