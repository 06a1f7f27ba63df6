import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Lets clients go first: they share one thread with the relay. A client always waits for its reply; whether somebody waits
 * for the relay has to be said.
 */
export interface Pacing {
  /** Notes that a client submitted something. */
  noteArrival(): void;
  /** Notes an email that is handed over. */
  noteHandOver(): void;
  /** After a burst of emails, waits while clients keep the thread busy, but for a while at most. */
  yieldToClients(): Promise<void>;
  /** Somebody waits for what the relay has to do: until this is disposed of it gives way to nobody. */
  awaited(): Disposable;
}

/** Emails handed over before anybody is given way to: what a test sends is on its way at once. */
const BURST = 128;
/** Milliseconds of one look at what clients do. */
const LOOK_MS = 25;
/** Looks after which the relay goes on all the same: under full load a burst every 0.4 s. */
const LOOKS = 16;
/** Share of the time that clients take of the thread above which nothing is left for the relay. */
const BUSY = 0.5;

/** A pacing whose pauses all end, so that the relay goes on under any load. */
export function createPacing(): Pacing {
  let burst = 0;
  let arrived = false;
  let waiting = 0;
  return {
    noteArrival: () => {
      arrived = true;
    },
    noteHandOver: () => {
      burst += 1;
    },
    yieldToClients: async () => {
      if (burst < BURST) return;
      burst = 0;
      if (!arrived) return;
      arrived = false;
      for (let look = 0; look < LOOKS; look += 1) {
        if (waiting > 0) return;
        const before = performance.eventLoopUtilization();
        await delay(LOOK_MS);
        if (performance.eventLoopUtilization(before).utilization < BUSY) return;
      }
    },
    awaited: () => {
      waiting += 1;
      return {
        [Symbol.dispose]: () => {
          waiting -= 1;
        },
      };
    },
  };
}
