import { setTimeout as delay } from 'node:timers/promises';
import { OperationError } from '../control/operations.ts';
import { nextOrAborted } from './next-or-aborted.ts';
import type { OperationParts } from './operation-parts.ts';

/** Milliseconds between two looks at sessions that are busy. */
const BUSY_LOOK_MS = 5;

/**
 * Waits until nothing of the account is under way (rule `sandbox.settled`); throws {@link OperationError} with the
 * reason when the limit, in milliseconds, passes.
 */
export async function waitSettled(
  { store, gateway, relay, wallClock }: OperationParts,
  id: string,
  timeoutMs: number,
) {
  using _hurry = relay.awaited();
  const late = AbortSignal.timeout(timeoutMs);
  for (;;) {
    // two turns of the event loop: what clients had written before this call has then been read
    await nextTurn();
    await nextTurn();
    const busy = gateway.busySessions(id);
    const due = await store.countDue(id, wallClock.now());
    const inFlight = relay.inFlight(id);
    if (busy === 0 && due === 0 && inFlight === 0) return;
    if (late.aborted) {
      throw new OperationError(
        'not-settled',
        `After ${timeoutMs} ms ${busy} sessions have input to answer, ${due} emails are due, ${inFlight} are being handed over; of all accounts ${relay.outcomes()} were handed over so far.`,
      );
    }
    if (due > 0) relay.wake();
    // no session tells when it has answered, so those that are busy are looked at again
    const next = due > 0 || inFlight > 0 ? relay.nextOutcome() : delay(BUSY_LOOK_MS);
    await nextOrAborted(next, late);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
