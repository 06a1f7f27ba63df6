import type { Order } from '../order.ts';
import { readAnswer, type Told } from '../told.ts';
import type { Launcher } from './launcher.ts';

/** What a function may answer: lists of addresses, that it cannot do this case, or nothing for "all accepted". */
export type Answer =
  | {
      readonly accepted?: readonly string[];
      readonly rejected?: readonly string[];
      readonly deferred?: readonly string[];
      readonly unknown?: readonly string[];
      readonly failed?: readonly string[];
    }
  | { readonly unsupported: true }
  | undefined
  | void;

/** Sends one mail; what it throws is a failure that it reports. */
export type SendFunction = (order: Order, signal: AbortSignal) => Promise<Answer>;

/** Calls a function for each mail. */
export function functionLauncher(send: SendFunction): Launcher {
  return async (order, signal) => {
    const aborted = new Promise<Told>((resolve) => {
      signal.addEventListener('abort', () => resolve({ kind: 'running', output: '' }), { once: true });
    });
    return Promise.race([call(send, order, signal), aborted]);
  };
}

async function call(send: SendFunction, order: Order, signal: AbortSignal): Promise<Told> {
  try {
    const answer = await send(order, signal);
    const read = readAnswer(answer);
    if (read === undefined) return { kind: 'exit', exitCode: 0, output: '' };
    return 'unsupported' in read ? { kind: 'unsupported' } : { kind: 'result', result: read, output: '' };
  } catch (fault) {
    return { kind: 'exit', exitCode: 1, output: fault instanceof Error ? fault.message : String(fault) };
  }
}
