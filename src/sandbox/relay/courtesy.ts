import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Lets clients go first: the relay and they share one thread, and a client always waits, while of the relay somebody has
 * to say so.
 */
export interface Courtesy {
  /** Notes that somebody handed something in. */
  noteArrival(): void;
  /** Notes an email that is handed over. */
  noteHandOver(): void;
  /** After a burst of emails, waits while clients keep the thread busy, but for a while at most. */
  giveWay(): Promise<void>;
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

/** A courtesy that is never without end, so the relay goes on under any load. */
export function createCourtesy(): Courtesy {
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
    giveWay: async () => {
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
