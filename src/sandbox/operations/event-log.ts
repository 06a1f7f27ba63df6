/** Something that happened in an account. */
export type AccountEvent =
  | {
      readonly kind: 'email';
      readonly email: string;
      readonly recipient: string;
      readonly status: string;
      /** Why it is deferred, bounced, rejected or failed. */
      readonly reason?: string;
    }
  | { readonly kind: 'session'; readonly session: string; readonly state: 'opened' | 'refused' | 'closed' }
  | { readonly kind: 'balance'; readonly balance: number }
  | { readonly kind: 'clock'; readonly now: string; readonly frozen: boolean }
  | { readonly kind: 'block'; readonly connection: string; readonly blocked: boolean }
  | { readonly kind: 'account'; readonly state: 'created' | 'changed' | 'deleted' };

/** Something that happened to the gateway as a whole: to its maintenance or its clock, or in its folder of reports. */
export interface GatewayEvent {
  readonly kind: 'gateway' | 'reports';
}

/** An event with its place in the log; ids rise, so that a listener can resume behind the last one it saw. */
export interface LoggedEvent {
  readonly id: number;
  /** `undefined` where it is nobody's, as a session is before its login. */
  readonly account: string | undefined;
  readonly event: AccountEvent | GatewayEvent;
}

/** The latest events, and whoever waits for the next. */
export interface EventLog {
  publish(account: string, event: AccountEvent): void;
  /** Publishes what is no account's: it is heard by those who listen to all. */
  publishToAll(event: AccountEvent | GatewayEvent): void;
  /** The events of an account behind `after`, or of all and everybody, as far as they are kept. */
  since(account: string | undefined, after: number): readonly LoggedEvent[];
  /** The id of the newest event. */
  readonly newest: number;
  /** Resolves at the next event of the account, or at the next of all. */
  next(account: string | undefined): Promise<void>;
  /** Counts a stream of an account's events, or of all, until it is disposed of; `undefined` where there are too many already. */
  openStream(account: string | undefined): Disposable | undefined;
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
  // under `undefined` what is anybody's and nobody's, in the order in which it happened
  const kept = new Map<string | undefined, LoggedEvent[]>();
  const waiting = new Map<string | undefined, PromiseWithResolvers<void>>();
  const streamsOf = new Map<string | undefined, number>();

  /** Cuts to half of what there is room for, so that keeping the bound costs nothing per event. */
  const forgetOld = (): void => {
    count = 0;
    for (const [account, events] of kept) {
      const latest = events.filter(({ id }) => id > newest - KEPT_EVENTS);
      if (latest.length === 0) kept.delete(account);
      else kept.set(account, latest);
      if (account === undefined) count = latest.length;
    }
  };

  const keep = (place: string | undefined, event: LoggedEvent): void => {
    const events = kept.get(place);
    if (events === undefined) kept.set(place, [event]);
    else events.push(event);
    waiting.get(place)?.resolve();
    waiting.delete(place);
  };

  const log = (account: string | undefined, event: LoggedEvent['event']): void => {
    newest += 1;
    count += 1;
    const logged = { id: newest, account, event };
    keep(undefined, logged);
    if (account !== undefined) keep(account, logged);
    if (count > 2 * KEPT_EVENTS) forgetOld();
  };

  return {
    get newest() {
      return newest;
    },
    publish: (account, event) => {
      log(account, event);
      hear(account, event);
    },
    publishToAll: (event) => log(undefined, event),
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
