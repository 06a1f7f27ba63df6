import type { Clock } from './policy/clock.ts';
import type { ClockState } from './store/account-record.ts';

/** The wall clock. The one place where the sandbox reads the time of day. */
export const wallClock: Clock = { now: () => Date.now() };

/** A clock that never goes back, in milliseconds since some instant: for time-outs and transcripts. */
export const monotonicClock: Clock = { now: () => performance.now() };

/** What an account's clock shows when the gateway's clock shows `gatewayNow`. */
export function accountTime(state: ClockState, gatewayNow: number): number {
  return state.kind === 'frozen' ? state.at : gatewayNow + state.offset;
}

/** The clock that shows `at` now, standing still or running on from there. */
export function clockShowing(at: number, frozen: boolean, gatewayNow: number): ClockState {
  return frozen ? { kind: 'frozen', at } : { kind: 'running', offset: at - gatewayNow };
}
