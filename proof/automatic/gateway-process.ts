import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Order } from './gateway-child.ts';

/** Why a gateway's process can be asked no longer. */
export class GatewayGone extends Error {
  /** `crash`: it ended by itself, or says that it cannot start; `hang`: it does not answer any more. */
  readonly how: 'crash' | 'hang';

  constructor(how: 'crash' | 'hang', message: string) {
    super(message);
    this.how = how;
  }
}

/** How long an answer is waited for: an order takes milliseconds, reading the modules a second or two. */
const ANSWER_MS = 15_000;
/** How often the watchdog asks. */
const WATCH_MS = 3_000;
/** A mutant that keeps what it should forget must not take the machine's memory with it. */
const MEMORY_MB = 700;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (why: Error) => void;
}

/**
 * An instrumented gateway in a process of its own, which may crash or hang without taking anything with it. Once it is
 * gone, for either reason, it is killed, and `gone` is aborted with a {@link GatewayGone}.
 */
export class GatewayProcess implements Disposable {
  readonly #child: ChildProcess;
  readonly #gone = new AbortController();
  /** Answers come in the order of the orders. */
  readonly #waiting: Waiting[] = [];
  readonly #loaded: Promise<Answer>;
  readonly #answerMs: number;
  #watch: NodeJS.Timeout | undefined;

  /** Starts a process on an instrumented tree, with one mutant switched on or none; it must answer within `answerMs`. */
  constructor(tree: string, mutant: string | undefined, answerMs = ANSWER_MS) {
    this.#answerMs = answerMs;
    this.#child = fork(
      fileURLToPath(new URL('gateway-child.ts', import.meta.url)),
      mutant === undefined ? [tree] : [tree, mutant],
      {
        execArgv: [`--max-old-space-size=${MEMORY_MB}`, '--disable-warning=ExperimentalWarning'],
        env: { ...process.env, NODE_COMPILE_CACHE: `${tree}/compiled` },
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      },
    );
    // our own child, which says nothing else
    this.#child.on('message', (answer) => this.#waiting.shift()?.resolve(answer as Answer));
    this.#child.on('exit', (code, signal) =>
      this.#end(new GatewayGone('crash', `the process ended: ${signal ?? `exit code ${code}`}`)),
    );
    this.#child.on('error', (error) => this.#end(new GatewayGone('crash', error.message)));
    this.#loaded = this.#next();
    // whoever starts it hears of it
    this.#loaded.catch(() => undefined);
  }

  /** Aborted once the process has ended or answers no more. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Why it is gone, if it is; where something went wrong, the gateway is asked first. */
  async whyGone(): Promise<GatewayGone | undefined> {
    try {
      await this.#ask({ kind: 'ping' });
      return undefined;
    } catch (error) {
      if (error instanceof GatewayGone) return error;
      throw error;
    }
  }

  /** Starts the gateway; resolves with the URL of its control API, throws {@link GatewayGone} where there is none. */
  async start(smarthost: { readonly host: string; readonly port: number }): Promise<string> {
    await this.#loaded;
    const answer = await this.#ask({ kind: 'start', smarthost });
    if (answer.kind !== 'started')
      throw new GatewayGone('crash', answer.kind === 'fault' ? answer.message : `answered ${answer.kind}`);
    this.#watch = setInterval(() => void this.whyGone(), WATCH_MS);
    return answer.controlUrl;
  }

  /** Says which case is played from now on; throws {@link GatewayGone} where nobody answers. */
  async beginCase(id: string): Promise<void> {
    await this.#ask({ kind: 'case', id });
  }

  /** What has been reached so far; throws {@link GatewayGone} where nobody answers. */
  async coverage(): Promise<Extract<Answer, { kind: 'coverage' }>> {
    const answer = await this.#ask({ kind: 'coverage' });
    if (answer.kind === 'coverage') return answer;
    throw new GatewayGone('crash', `answered ${answer.kind}`);
  }

  #ask(order: Order): Promise<Answer> {
    const answer = this.#next();
    if (!this.gone.aborted) this.#child.send(order, () => undefined);
    return answer;
  }

  async #next(): Promise<Answer> {
    this.gone.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#waiting.push({ resolve, reject });
    const watchdog = setTimeout(
      () => this.#end(new GatewayGone('hang', `no answer within ${this.#answerMs / 1000} s`)),
      this.#answerMs,
    );
    try {
      return await promise;
    } finally {
      clearTimeout(watchdog);
    }
  }

  #end(why: GatewayGone): void {
    clearInterval(this.#watch);
    this.#gone.abort(why);
    this.#child.kill('SIGKILL');
    for (const { reject } of this.#waiting.splice(0)) reject(why);
  }

  /** Ends the process, whatever it is doing. */
  [Symbol.dispose](): void {
    this.#end(new GatewayGone('crash', 'the process was ended by the harness'));
  }
}
