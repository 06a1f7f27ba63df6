import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './policy/clock.ts';
import type { ClockState } from './store/account-record.ts';

/** A clock that never goes back, in milliseconds since some instant: for time-outs and transcripts. */
export const monotonicClock: Clock = { now: () => performance.now() };

/**
 * A wall clock that follows `wall` forward and never back. Where the machine's clock is set back this one goes on, or
 * locks and rate windows would last for hours, and what was accepted later would stand earlier in the history.
 */
export function createSteadyClock(wall: Clock, elapsed: Clock): Clock {
  let ahead = Number.NEGATIVE_INFINITY;
  return {
    now: () => {
      const sinceStart = elapsed.now();
      ahead = Math.max(ahead, wall.now() - sinceStart);
      return Math.floor(ahead + sinceStart);
    },
  };
}

/** The wall clock. The one place where the sandbox reads the time of day. */
export const wallClock: Clock = createSteadyClock({ now: () => Date.now() }, monotonicClock);

/** Time as a sandbox goes by it, in milliseconds. */
export interface SandboxTime {
  readonly wall: Clock;
  /** Never goes back: for time-outs and transcripts. */
  readonly elapsed: Clock;
  /** Resolves after so long, or when the signal is aborted; it keeps no process alive. */
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}

/** The machine's own time. */
export const machineTime: SandboxTime = { wall: wallClock, elapsed: monotonicClock, pause };

/** A clock that can be moved: the gateway's. Accounts' clocks run beside it. */
export interface MovableClock extends Clock {
  readonly state: ClockState;
  set(state: ClockState): void;
}

/** The gateway's clock, which shows the wall clock's time until it is moved. */
export function createGatewayClock(wall: Clock): MovableClock {
  let state: ClockState = { kind: 'running', offset: 0 };
  return {
    get state() {
      return state;
    },
    set: (moved) => {
      state = moved;
    },
    now: () => clockTime(state, wall.now()),
  };
}

/** What a clock shows when the one that it runs beside shows `base`: an account's beside the gateway's. */
export function clockTime(state: ClockState, base: number): number {
  return state.kind === 'frozen' ? state.at : base + state.offset;
}

/** The clock that shows `at` now, standing still or running on from there. */
export function clockShowing(at: number, frozen: boolean, base: number): ClockState {
  return frozen ? { kind: 'frozen', at } : { kind: 'running', offset: at - base };
}

/** Where a clock goes: by milliseconds, to an instant, and whether it stands still there. */
interface Move {
  readonly advanceMs?: number | undefined;
  readonly to?: string | undefined;
  readonly frozen?: boolean | undefined;
}

/** The latest instant that a clock may show: beyond it dates have five digits for the year, and a month more must fit. */
export const latestInstant = Date.UTC(9998, 11, 31);

/** Moves a clock forward; back it never goes (rule `sandbox.clock`), since what was decided would not hold any more. */
export function moveClockState(
  state: ClockState,
  base: number,
  { advanceMs = 0, to, frozen = state.kind === 'frozen' }: Move,
):
  { readonly kind: 'moved'; readonly state: ClockState } | { readonly kind: 'cannot'; readonly why: string } {
  const now = clockTime(state, base);
  const target = (to === undefined ? now : Date.parse(to)) + advanceMs;
  if (target < now || target > latestInstant) {
    const [from, back, latest] = [now, Math.min(target, latestInstant), latestInstant].map(isoOf);
    const why = target < now ? `it cannot go back to ${back}` : `it cannot go beyond ${latest}`;
    return { kind: 'cannot', why: `The clock shows ${from}; ${why}.` };
  }
  return { kind: 'moved', state: clockShowing(target, frozen, base) };
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}
