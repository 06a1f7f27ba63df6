import type { CheckTime } from '../../src/conformance/clients/check-time.ts';
import type { SandboxTime } from '../../src/sandbox/clock.ts';

/** Milliseconds between two looks at the machine's time. */
const LOOK_MS = 5;
/** The most that time goes on between two looks. */
const MOST_MS = 20;

/**
 * Time that goes on only while this process gets to work: as long as the machine is busy with others it stands still.
 * Gateway, check and client go by it together, so that a client that has half a second for something has half a second
 * of its own, however many share the processor.
 */
export class GrantedTime implements CheckTime, SandboxTime, Disposable {
  #granted = Date.now();
  #lookedAt = performance.now();
  #waiting: { readonly at: number; readonly wake: () => void }[] = [];
  readonly #timer = setInterval(() => this.#look(), LOOK_MS);
  readonly wall = { now: () => Math.floor(this.now()) };
  readonly elapsed = { now: () => this.now() };

  now(): number {
    return this.#granted + Math.min(MOST_MS, performance.now() - this.#lookedAt);
  }

  async wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => resolve();
    const one = { at: this.now() + milliseconds, wake };
    this.#waiting.push(one);
    signal?.addEventListener('abort', wake, { once: true });
    await promise;
    signal?.removeEventListener('abort', wake);
    this.#waiting = this.#waiting.filter((other) => other !== one);
  }

  readonly pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    this.wait(milliseconds, signal);

  timeout(milliseconds: number): AbortSignal {
    const controller = new AbortController();
    void this.wait(milliseconds).then(() => controller.abort());
    return controller.signal;
  }

  /** Nobody who still waits is woken. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    this.#granted = this.now();
    this.#lookedAt = performance.now();
    for (const { wake } of this.#waiting.filter(({ at }) => at <= this.#granted)) wake();
  }
}
