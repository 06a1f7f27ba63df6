import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A message of JSON-RPC, as the language server sends it. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/** A YAML language server as editors run it, spoken to over its standard streams. */
export interface LanguageServer extends Disposable {
  /** Asks, and resolves with the answer. */
  ask(method: string, params: unknown): Promise<unknown>;
  tell(method: string, params: unknown): void;
  /** Resolves with the parameters of the first message of this name that has come or will come. */
  heard(method: string): Promise<unknown>;
}

const bin = fileURLToPath(
  new URL('../../node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url),
);

/** Starts the server; it is ready once `initialize` is answered. */
export function startLanguageServer(): LanguageServer {
  const child = spawn(process.execPath, [bin, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const pending = new Map<number, (result: unknown) => void>();
  const told = new Map<string, PromiseWithResolvers<unknown>>();
  const hear = (method: string) => {
    const known = told.get(method) ?? Promise.withResolvers<unknown>();
    told.set(method, known);
    return known;
  };
  const write = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  let input = Buffer.alloc(0);
  const read = ({ id, method, params, result }: Message): void => {
    if (method === undefined) pending.get(id ?? -1)?.(result);
    // a question of the server's own must be answered, or it waits
    else if (id !== undefined) write({ id, result: Array.isArray(params) ? [] : null });
    else hear(method).resolve(params);
  };
  child.stdout.on('data', (chunk: Buffer) => {
    input = Buffer.concat([input, chunk]);
    for (;;) {
      const head = input.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/i.exec(input.toString('latin1', 0, head))?.[1]);
      if (head === -1 || input.length < head + 4 + length) return;
      read(JSON.parse(input.toString('utf8', head + 4, head + 4 + length)) as Message);
      input = input.subarray(head + 4 + length);
    }
  });
  let lastId = 0;
  return {
    ask: (method, params) => {
      lastId += 1;
      const { promise, resolve } = Promise.withResolvers<unknown>();
      pending.set(lastId, resolve);
      write({ id: lastId, method, params });
      return promise;
    },
    tell: (method, params) => write({ method, params }),
    heard: (method) => hear(method).promise,
    [Symbol.dispose]: () => void child.kill(),
  };
}
