/**
 * Listeners and sessions: what clients meet on the wire. It gathers facts, asks the policy and writes the decision; it
 * holds no rule of its own.
 */
import type { Choices } from '../policy/choices.ts';
import type { KeyPair } from './certificate.ts';
import type { GatewayParts } from './gateway-parts.ts';
import {
  freePorts,
  openListeners,
  type ListenerAddress,
  type Listeners,
  type PortNumbers,
} from './listeners.ts';
import type { Session } from './session.ts';

/** A gateway that listens. */
export interface Gateway extends AsyncDisposable {
  /** The shared listeners. */
  readonly addresses: readonly ListenerAddress[];
  /** Whether the shared listeners are in maintenance. */
  readonly maintenance: boolean;
  setMaintenance(on: boolean): void;
  /** Opens listeners of an account's own (rule `sandbox.listeners`); `choices` hold before a login. */
  openOwnListeners(account: string, choices: () => Promise<Choices>): Promise<void>;
  ownListeners(
    account: string,
  ): (Pick<Listeners, 'addresses'> & { readonly maintenance: boolean }) | undefined;
  /** False where the account has no listeners of its own. */
  setOwnMaintenance(account: string, on: boolean): boolean;
  /** The certificate of an account's own listeners from now on; false where it has none. */
  useCertificate(account: string, certificate: KeyPair): boolean;
  /** Closes an account's own listeners and cuts its sessions. */
  closeAccount(account: string): Promise<void>;
  /** Sessions of an account that are still to answer something. */
  busySessions(account: string): number;
}

/** How long sessions may take to finish what is under way when the gateway closes, in milliseconds. */
const CLOSE_LIMIT_MS = 5_000;

/** Opens a gateway; `numbers` are those of the shared listeners. */
export async function openGateway(
  parts: GatewayParts,
  certificate: KeyPair,
  numbers: PortNumbers = freePorts,
): Promise<Gateway> {
  const sessions = new Set<Session>();
  const own = new Map<string, Listeners>();
  const open = (owner: string | undefined, choices: () => Promise<Choices>, at: PortNumbers) =>
    openListeners({
      parts,
      group: { owner, maintenance: false, openSessions: 0, choices },
      numbers: at,
      certificate,
      sessions,
    });
  const shared = await open(undefined, async () => parts.choices, numbers);

  return {
    addresses: shared.addresses,
    get maintenance() {
      return shared.group.maintenance;
    },
    setMaintenance: (on) => {
      shared.group.maintenance = on;
    },
    openOwnListeners: async (account, choices) => {
      own.set(account, await open(account, choices, freePorts));
    },
    ownListeners: (account) => {
      const listeners = own.get(account);
      return listeners && { addresses: listeners.addresses, maintenance: listeners.group.maintenance };
    },
    setOwnMaintenance: (account, on) => {
      const listeners = own.get(account);
      if (listeners !== undefined) listeners.group.maintenance = on;
      return listeners !== undefined;
    },
    useCertificate: (account, pair) => {
      const listeners = own.get(account);
      listeners?.useCertificate(pair);
      return listeners !== undefined;
    },
    closeAccount: async (account) => {
      parts.triggers.clear(account);
      for (const session of sessions) if (session.account === account) session._socket.destroy();
      await own.get(account)?.stopListening();
      own.delete(account);
    },
    busySessions: (account) => [...sessions].filter((each) => each.account === account && each.busy).length,
    [Symbol.asyncDispose]: async () => {
      const closing = Promise.all([shared, ...own.values()].map((listeners) => listeners.stopListening()));
      await endSessions(sessions);
      await closing;
    },
  };
}

/** Tells idle sessions, lets busy ones finish, and cuts what is left when the limit passes. */
async function endSessions(sessions: ReadonlySet<Session>): Promise<void> {
  for (const session of sessions) session.endSoon();
  if (sessions.size === 0) return;
  const ended = Promise.all([...sessions].map((session) => session.ended));
  const timer = setTimeout(() => {
    for (const session of sessions) session._socket.destroy();
  }, CLOSE_LIMIT_MS);
  await ended;
  clearTimeout(timer);
}
