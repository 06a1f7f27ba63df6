import { performance } from 'node:perf_hooks';
import type { Clock } from '../policy/clock.ts';
import type { Store } from '../store/store.ts';
import { LONGEST_RETRY_MS } from './retry.ts';

/** What housekeeping works with. */
export interface HousekeepingParts {
  readonly store: Pick<Store, 'forgetEnded' | 'giveSpaceBack' | 'indexForSearch' | 'capNextAttempts'>;
  readonly wallClock: Clock;
  /** Milliseconds for which the body of a message is kept once its last email is final. */
  readonly keepMs: number;
  readonly onFault: (fault: unknown) => void;
}

/** Work that nobody waits for. */
export interface Housekeeping extends AsyncDisposable {
  /** One round: forgets what is of no more use and gives space back. */
  round(): Promise<void>;
}

/** Milliseconds between two rounds, and the most that a fault lets pass. */
const ROUND_MS = 1_000;
const LONGEST_REST_MS = 60_000;
/** Share of the time that the thread is busy below which the search index is brought nearer, and how far in a round. */
const IDLE_BELOW = 0.5;
const INDEX_STEPS = 20;
/** A clock that goes back by more than this was set back. */
const SET_BACK_MS = 1_000;

/** Starts it: a round each second, a rest that gets longer where rounds fail, such as on a full disk. */
export function startHousekeeping({ store, wallClock, keepMs, onFault }: HousekeepingParts): Housekeeping {
  const stopping = new AbortController();
  const stop = stopping.signal;
  let seen = Number.POSITIVE_INFINITY;
  let under: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let rest = ROUND_MS;
  let busyBefore = performance.eventLoopUtilization();

  const round = async (): Promise<void> => {
    const now = wallClock.now();
    // also in the first round: what the table holds may be of a clock that was ahead
    if (now < seen - SET_BACK_MS) await store.capNextAttempts(now + LONGEST_RETRY_MS);
    seen = now;
    // a turn of the event loop between the parts, which clients go through
    while (!stop.aborted && (await store.forgetEnded(now - keepMs))) await nextTurn();
    if (!stop.aborted) await store.giveSpaceBack();
    await indexWhereIdle();
  };

  /** The index of the search follows where clients leave time for it; whoever searches does not wait for this. */
  const indexWhereIdle = async (): Promise<void> => {
    const { utilization } = performance.eventLoopUtilization(busyBefore);
    busyBefore = performance.eventLoopUtilization();
    if (utilization > IDLE_BELOW) return;
    for (let step = 0; step < INDEX_STEPS && !stop.aborted; step += 1) {
      if (!(await store.indexForSearch())) return;
      await nextTurn();
    }
  };

  const plan = (): void => {
    if (stop.aborted) return;
    timer = setTimeout(() => {
      under = round()
        .then(() => {
          rest = ROUND_MS;
        })
        .catch((fault: unknown) => {
          rest = Math.min(rest * 2, LONGEST_REST_MS);
          onFault(fault);
        })
        .finally(plan);
    }, rest);
    timer.unref();
  };
  plan();

  return {
    round,
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      clearTimeout(timer);
      await under;
    },
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
