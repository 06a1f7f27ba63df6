import { isLoopback } from './access.ts';
import { createControlApp, serveControl, type ControlServer } from './control.ts';
import type { SandboxOperations } from './operations.ts';
import { hashToken } from './token-check.ts';

/** Where the control API listens: on loopback and a free number where nothing is said. */
export interface ControlConfiguration {
  readonly host?: string;
  readonly port?: number;
  /** Needed where it listens beyond loopback: whoever calls must show it. */
  readonly token?: string;
  /** The folder with the built dashboard, which is served at `/ui/`; without one there is none. */
  readonly dashboard?: string;
}

/** Opens the control API; beyond loopback it wants a token, or it does not open at all. */
export async function openControl(
  operations: SandboxOperations,
  { host = '127.0.0.1', port = 0, token, dashboard }: ControlConfiguration,
  names: readonly string[],
  version: string,
  onFault: (fault: unknown) => void,
): Promise<ControlServer> {
  if (!isLoopback(host) && token === undefined) {
    throw new TypeError(`The control API may not listen on ${host} without a token.`);
  }
  const access = { hosts: [host, ...names], tokenHash: token === undefined ? undefined : hashToken(token) };
  return serveControl(createControlApp(operations, { access, version, dashboard, onFault }), host, port);
}
