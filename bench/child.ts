import { fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const answerSchema = z.union([
  z.object({ id: z.int(), answer: z.unknown() }),
  z.object({ id: z.int(), fault: z.string() }),
]);

/** A process of its own that answers questions; it ends with this one. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** Asks and parses the answer; rejects where the child says no or ends. */
  ask<Schema extends z.ZodType>(kind: string, payload: unknown, answer: Schema): Promise<z.output<Schema>>;
}

/** Milliseconds until a child that does not end by itself is killed. */
const END_LIMIT_MS = 10_000;

/** Starts a script of this folder, given by its path from here; `profileFolder` gets a CPU profile when it ends. */
export function startChild(
  script: string,
  args: readonly string[],
  profileFolder: string | undefined,
): Child {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), args, {
    // as the command line does it: without the compiler of the types, which a gateway at work has no use for
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
    execArgv: profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`],
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let asked = 0;
  let gone = false;
  child.on('message', (message) => {
    const said = answerSchema.parse(message);
    const asking = waiting.get(said.id);
    waiting.delete(said.id);
    if ('fault' in said) asking?.reject(new Error(`${script}: ${said.fault}`));
    else asking?.resolve(said.answer);
  });
  child.on('exit', (code, signal) => {
    gone = true;
    for (const asking of waiting.values()) {
      asking.reject(new Error(`${script} ended (${String(signal ?? code)}) before it answered.`));
    }
  });
  return {
    pid: child.pid ?? 0,
    ask: async (kind, payload, answer) => {
      if (gone) throw new Error(`${script} has ended.`);
      asked += 1;
      const asking = Promise.withResolvers<unknown>();
      waiting.set(asked, asking);
      child.send({ id: asked, kind, payload: payload ?? null });
      return answer.parse(await asking.promise);
    },
    [Symbol.asyncDispose]: async () => {
      if (gone) return;
      const ended = once(child, 'exit');
      const timer = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS);
      child.disconnect();
      await ended;
      clearTimeout(timer);
    },
  };
}
