import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { MailboxHost } from './mailbox-host.ts';
import { openProgram } from './program.ts';

/** Milliseconds between two attempts to start again, doubled after each that fails, up to a minute. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

/**
 * A Mailpit of our own that is started again, on the same ports, whenever it ends by itself. Its mail is gone then, which
 * the notice says; what the sandbox could not deliver meanwhile comes.
 */
export async function openLastingProgram(
  path: string,
  wantedApiPort: number | undefined,
  onNotice: (sentence: string) => void,
): Promise<MailboxHost> {
  const first = await openProgram(path, wantedApiPort);
  const apiPort = Number(new URL(first.api).port);
  const stopping = new AbortController();
  let current = first;

  const startAgain = async (): Promise<void> => {
    let pause = FIRST_PAUSE_MS;
    while (!stopping.signal.aborted) {
      try {
        current = await openProgram(path, apiPort, async () => [first.smtp.port]);
        onNotice('Mailpit runs again.');
        return;
      } catch (fault) {
        const why = fault instanceof Error ? fault.message : String(fault);
        onNotice(`${why} It is tried again in ${pause / 1_000} s.`);
        await delay(pause, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      }
    }
  };

  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const { ended } = current;
      if (ended?.aborted === false) await once(ended, 'abort');
      if (stopping.signal.aborted) return;
      onNotice('Mailpit has ended, and the mail that it held is gone. It is started again.');
      await current[Symbol.asyncDispose]();
      await startAgain();
    }
  };
  const watching = watch();

  return {
    ...first,
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await current[Symbol.asyncDispose]();
      await watching;
      // one that was being started meanwhile
      await current[Symbol.asyncDispose]();
    },
  };
}
