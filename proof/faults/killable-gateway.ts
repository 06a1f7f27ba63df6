import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** Numbers that stay the same over all of a gateway's lives. */
export interface GatewayPorts {
  readonly 465: number;
  readonly 587: number;
  readonly 25: number;
  readonly control: number;
}

/** A gateway that is killed and started again on the same folder and ports. */
export interface KillableGateway extends AsyncDisposable {
  readonly ports: GatewayPorts;
  /** SIGKILL, then a new process; resolves when that one is ready. */
  killAndRestart(): Promise<void>;
}

/** Starts one; `data` is its folder, `smarthost` the port to which it delivers. */
export async function startKillableGateway(data: string, smarthost: number): Promise<KillableGateway> {
  const [p465, p587, p25, control] = await chooseLastingPorts(4);
  const ports = { 465: p465 ?? 0, 587: p587 ?? 0, 25: p25 ?? 0, control: control ?? 0 };
  let child = await start(data, ports, smarthost);
  const kill = async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  return {
    ports,
    killAndRestart: async () => {
      await kill();
      child = await start(data, ports, smarthost);
    },
    [Symbol.asyncDispose]: kill,
  };
}

/** Below the numbers that systems give to clients: nobody may take one while the gateway is dead. */
const LASTING = { from: 10_000, to: 30_000 };

async function chooseLastingPorts(count: number): Promise<readonly number[]> {
  const found: number[] = [];
  // two that run at once begin at different places
  const begin = LASTING.from + ((process.pid * 16) % (LASTING.to - LASTING.from - 2_000));
  for (let port = begin; found.length < count && port < LASTING.to; port += 1) {
    if (await isFree(port)) found.push(port);
  }
  return found;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, host: '127.0.0.1' });
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

async function start(data: string, ports: GatewayPorts, smarthost: number): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('gateway-process.ts', import.meta.url));
  const words = [data, ports[465], ports[587], ports[25], ports.control, smarthost].map(String);
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(() => {
    throw new Error('The gateway ended before it was ready.');
  });
  await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  return child;
}
