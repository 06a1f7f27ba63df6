import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { chooseFreePorts } from '../../src/mailbox/host/loopback.ts';

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
  const [p465, p587, p25, control] = await chooseFreePorts(4);
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
