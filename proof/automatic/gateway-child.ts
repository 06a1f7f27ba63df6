/**
 * `node gateway-child.ts TREE [MUTANT]`: a process with one gateway, made of an instrumented tree; the mutant with that
 * number is switched on before the first module is read, so that constants are changed, too. It is told by messages what
 * to do and answers each. It ends with its parent.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { createSandbox as CreateSandbox, Sandbox } from '../../src/sandbox/sandbox.ts';

/** What a parent says. */
export type Order =
  | { readonly kind: 'start'; readonly smarthost: { readonly host: string; readonly port: number } }
  /** What is reached from now on is this case's. */
  | { readonly kind: 'case'; readonly id: string }
  | { readonly kind: 'coverage' }
  /** Shows that the process answers. */
  | { readonly kind: 'ping' };

/** What the child answers: to being started, then to each order. */
export type Answer =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'started'; readonly controlUrl: string }
  | { readonly kind: 'noted' }
  | {
      readonly kind: 'coverage';
      /** Numbers of the mutants that were reached while modules were read. */
      readonly load: readonly string[];
      /** Under each case's id, and under `''` while the gateway started. */
      readonly cases: Readonly<Record<string, readonly string[]>>;
    }
  | { readonly kind: 'fault'; readonly message: string };

/** What instrumented code reads and writes, as the tool defines it. */
interface Switch {
  activeMutant: string | undefined;
  currentTestId: string | undefined;
  mutantCoverage?: {
    readonly static: Readonly<Record<string, number>>;
    readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
}

/** Stands for the start of the gateway; an empty id would count as the reading of modules. */
const START = 'start';

async function serve(tree: string, mutant: string | undefined): Promise<void> {
  const state: Switch = { activeMutant: mutant, currentTestId: undefined };
  Object.assign(globalThis, { __stryker__: state });
  const say = (answer: Answer) => process.send?.(answer);
  endWithParent();
  const module = (await import(pathToFileURL(join(tree, 'src/sandbox/sandbox.ts')).href)) as {
    readonly createSandbox: typeof CreateSandbox;
  };
  let sandbox: Sandbox | undefined;
  const obey = async (order: Order): Promise<Answer> => {
    switch (order.kind) {
      case 'start':
        state.currentTestId = START;
        sandbox = await module.createSandbox({ smarthost: order.smarthost, seed: 'automatic' });
        return { kind: 'started', controlUrl: sandbox.controlUrl };
      case 'case':
        state.currentTestId = `case ${order.id}`;
        return { kind: 'noted' };
      case 'ping':
        return { kind: 'noted' };
      case 'coverage': {
        const { static: load = {}, perTest = {} } = state.mutantCoverage ?? {};
        const cases = Object.entries(perTest).map(
          ([id, counts]) => [id === START ? '' : id.slice('case '.length), Object.keys(counts)] as const,
        );
        return { kind: 'coverage', load: Object.keys(load), cases: Object.fromEntries(cases) };
      }
    }
  };
  process.on('message', (order) => {
    // the parent is ours and says nothing else
    obey(order as Order).then(say, (fault: unknown) =>
      say({ kind: 'fault', message: fault instanceof Error ? fault.message : String(fault) }),
    );
  });
  say({ kind: 'loaded' });
}

/** A thread of its own looks, for the main one may be in a loop that never ends. */
function endWithParent(): void {
  const watch = `setInterval(() => { if (process.ppid !== ${process.ppid}) process.kill(process.pid, 'SIGKILL'); }, 500)`;
  new Worker(watch, { eval: true }).unref();
}

const [tree, mutant] = process.argv.slice(2);
if (tree === undefined) throw new Error('The folder of the instrumented tree is missing.');
await serve(tree, mutant);
