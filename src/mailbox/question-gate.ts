/** Asks a mailbox so many questions at a time, fewer where it answers slowly. */
export interface QuestionGate {
  /** Asks when there is room. */
  ask<Answer>(question: () => Promise<Answer>): Promise<Answer>;
  /** Resolves when the mailbox keeps up: until then whoever would make more work waits. */
  keepsUp(): Promise<void>;
}

/** Questions at a time: at first, and at most. */
const AT_FIRST = 4;
const AT_MOST = 12;
/** Milliseconds above which an answer is slow. */
const SLOW_MS = 500;
/** Questions in the queue, for each that is asked at a time, above which the mailbox does not keep up. */
const QUEUED_FOR_EACH = 8;

/**
 * A gate that halves the questions at a time after a slow answer, and adds one after as many quick answers as there are
 * questions at a time. `now` gives milliseconds.
 */
export function openQuestionGate(now: () => number = () => performance.now()): QuestionGate {
  let window = AT_FIRST;
  let asked = 0;
  const queue: (() => void)[] = [];
  let caughtUp = Promise.withResolvers<void>();

  const keepsUp = (): boolean => queue.length <= QUEUED_FOR_EACH * Math.floor(window);
  const next = (): void => {
    // the place is taken here, not when the question that waited goes on
    for (let room = Math.floor(window) - asked; room > 0 && queue.length > 0; room -= 1) {
      asked += 1;
      queue.shift()?.();
    }
    if (!keepsUp()) return;
    caughtUp.resolve();
    caughtUp = Promise.withResolvers();
  };
  const note = (ms: number): void => {
    window = ms > SLOW_MS ? Math.max(1, window / 2) : Math.min(AT_MOST, window + 1 / window);
  };

  return {
    async ask(question) {
      if (asked < Math.floor(window)) asked += 1;
      else await new Promise<void>((resolve) => void queue.push(resolve));
      const began = now();
      try {
        return await question();
      } finally {
        asked -= 1;
        note(now() - began);
        next();
      }
    },
    async keepsUp() {
      while (!keepsUp()) await caughtUp.promise;
    },
  };
}
