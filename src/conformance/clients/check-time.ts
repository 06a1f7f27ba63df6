import { setTimeout as delay } from 'node:timers/promises';

/** Time as the check goes by it, in milliseconds. */
export interface CheckTime {
  /** Since 1970, on the clock by which the gateway writes its transcripts. */
  now(): number;
  /** Resolves after so long, or when the signal is aborted. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** A signal that is aborted after so long. */
  timeout(milliseconds: number): AbortSignal;
}

/** The machine's own time. */
export const machineTime: CheckTime = {
  now: () => Date.now(),
  wait: (milliseconds, signal) => delay(milliseconds, undefined, { signal }).catch(() => undefined),
  timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
};
