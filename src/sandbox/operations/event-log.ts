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
  /** Resolves at the next event of any account. */
  next(): Promise<void>;
}

/** Events kept; a listener that was away for longer misses some, and sees it by the gap in the ids. */
const KEPT = 10_000;

/** A log in memory. */
export function createEventLog(): EventLog {
  let newest = 0;
  let kept: LoggedEvent[] = [];
  let waiting = Promise.withResolvers<void>();
  return {
    get newest() {
      return newest;
    },
    publish: (account, event) => {
      newest += 1;
      kept.push({ id: newest, account, event });
      // cut in halves, so that keeping the bound costs nothing per event
      if (kept.length > 2 * KEPT) kept = kept.slice(-KEPT);
      waiting.resolve();
      waiting = Promise.withResolvers<void>();
    },
    since: (account, after) => kept.filter((each) => each.id > after && each.account === account),
    next: () => waiting.promise,
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
