import type { Account, Connection } from '../control-api/schemas.ts';
import { addressKeyOf, domainKey } from '../smtp/address-equality.ts';
import { parsePath } from '../smtp/path.ts';
import { accountTime, clockShowing } from './clock.ts';
import { OperationError, type SandboxOperations } from './control/operations.ts';
import { withLimits } from './gateway/session-standing.ts';
import { billingOperations } from './billing-operations.ts';
import { historyOperations } from './history-operations.ts';
import type { OperationParts } from './operation-parts.ts';
import { iso, showAccount, showConnection, showGateway, showTranscript } from './operation-views.ts';
import { waitSettled } from './settled.ts';
import type { AccountRecord, ConnectionRecord, DomainRecord } from './store/account-record.ts';

/** The operations of a sandbox over its parts. */
export function createOperations(parts: OperationParts): SandboxOperations {
  const { store, gateway } = parts;

  const read = async (id: string): Promise<AccountRecord> => {
    const account = await store.readAccount(id);
    if (account === undefined) throw new OperationError('no-such-account', `There is no account ${id}.`);
    return account;
  };
  const change = async (id: string, work: (account: AccountRecord) => Promise<void>): Promise<Account> => {
    await work(await read(id));
    return showAccount(parts, await read(id));
  };
  const changeConnection = async (
    id: string,
    connectionId: string,
    work: (connection: ConnectionRecord) => Promise<void>,
  ): Promise<Connection> => {
    const find = async () => (await read(id)).connections.find((each) => each.id === connectionId);
    const found = await find();
    if (found === undefined) {
      throw new OperationError('no-such-connection', `Account ${id} has no connection ${connectionId}.`);
    }
    await work(found);
    const account = await read(id);
    return showConnection(
      parts,
      account,
      account.connections.find((each) => each.id === connectionId) ?? found,
    );
  };

  return {
    showGateway: async () => showGateway(parts),
    setGatewayMaintenance: async (on) => {
      gateway.setMaintenance(on);
      return showGateway(parts);
    },
    createAccount: async (setup) => {
      const id = parts.randomness.id('acc-');
      const connections = setup.connections.map((each): ConnectionRecord => {
        const sender = parsePath(each.sender);
        if (sender === undefined) throw badAddress(each.sender);
        return {
          id: parts.randomness.id('con-'),
          account: id,
          name: each.name,
          sender: each.sender,
          senderDomainKey: domainKey(sender.domain),
          login: each.login ?? parts.randomness.id('login-'),
          sealedPassword: parts.sealer.seal(each.password ?? parts.randomness.id('')),
          blocked: each.blocked,
          sendLimit: each.sendLimit,
          sendsUsed: 0,
        };
      });
      for (const { login } of connections) {
        if ((await store.findLogin(login)) !== undefined) {
          throw new OperationError('login-taken', `The login ${login} belongs to another connection.`);
        }
      }
      const recipients = setup.recipients.map((each) => ({ ...each, key: keyOf(each.address) }));
      const gatewayNow = parts.clock.now();
      const now = setup.clock.now === undefined ? gatewayNow : Date.parse(setup.clock.now);
      await store.createAccount({
        id,
        prepaid: setup.balance,
        clock: clockShowing(now, setup.clock.frozen ?? false, gatewayNow),
        limits: setup.limits,
        ownListeners: setup.listeners === 'own',
        domains: domainsOf(setup.domains, connections),
        connections,
      });
      for (const { key, address, role } of recipients) await store.setRecipient(id, key, address, role);
      if (setup.listeners === 'own') await openOwnListeners(parts, id);
      return showAccount(parts, await read(id));
    },
    showAccount: async (id) => showAccount(parts, await read(id)),
    findAccountOfLogin: async (login) => {
      const connection = await store.findLogin(login);
      return connection && showAccount(parts, await read(connection.account));
    },
    deleteAccount: async (id) => {
      await read(id);
      await gateway.closeAccount(id);
      await store.deleteAccount(id);
    },
    setBalance: (id, sends) => change(id, () => store.setBalance(id, sends)),
    moveClock: async (id, move) => {
      const { clock } = await read(id);
      const gatewayNow = parts.clock.now();
      const now = accountTime(clock, gatewayNow);
      const target = (move.to === undefined ? now : Date.parse(move.to)) + (move.advanceMs ?? 0);
      if (target < now) {
        throw new OperationError(
          'clock-goes-back',
          `The clock shows ${iso(now)}; it cannot go back to ${iso(target)}.`,
        );
      }
      const frozen = move.frozen ?? clock.kind === 'frozen';
      await store.setClock(id, clockShowing(target, frozen, gatewayNow));
      return { now: iso(target), frozen };
    },
    setDomain: (id, { name, state }) =>
      change(id, () => store.setDomain(id, domainRecord(name, state === 'verified'))),
    setRecipient: (id, { address, role }) =>
      change(id, async () => store.setRecipient(id, keyOf(address), address, role)),
    setLimits: (id, limits) => change(id, (account) => store.setLimits(id, { ...account.limits, ...limits })),
    setConnectionBlock: (id, connection, blocked) =>
      changeConnection(id, connection, () => store.setBlocked(connection, blocked)),
    generatePassword: (id, connection) =>
      changeConnection(id, connection, () =>
        store.setPassword(connection, parts.sealer.seal(parts.randomness.id(''))),
      ),
    setMaintenance: (id, on) =>
      change(id, async () => {
        if (gateway.setOwnMaintenance(id, on)) return;
        throw new OperationError('no-own-listeners', `Account ${id} has no listeners of its own.`);
      }),
    setMailbox: (id, up) =>
      change(id, async () => {
        await store.setMailboxUp(id, up);
        if (up) await store.hastenDeferred(id);
        parts.relay.wake();
      }),
    ...historyOperations(parts, read),
    ...billingOperations(parts, read),
    setSendLimit: (id, connection, limit) =>
      changeConnection(id, connection, () => store.setSendLimit(connection, limit)),
    listSessions: async (id) => {
      if (id !== undefined) await read(id);
      return parts.recorder.list(id).map(showTranscript);
    },
    waitSettled: async (id, timeoutMs) => {
      await read(id);
      await waitSettled(parts, id, timeoutMs);
    },
  };
}

/** Opens listeners of an account's own; before a login its limits hold there. */
export function openOwnListeners(
  { store, gateway, choices }: OperationParts,
  account: string,
): Promise<void> {
  return gateway.openOwnListeners(account, async () => {
    const standing = await store.readStanding(account);
    return standing === undefined ? choices : withLimits(choices, standing.limits);
  });
}

/** The domains asked for, and those of the senders, which are added unverified where they are missing. */
function domainsOf(
  asked: readonly { readonly name: string; readonly state: 'verified' | 'unverified' }[],
  connections: readonly ConnectionRecord[],
): readonly DomainRecord[] {
  const records = asked.map(({ name, state }) => domainRecord(name, state === 'verified'));
  const missing = connections
    .filter((each) => !records.some((record) => record.key === each.senderDomainKey))
    .map((each) => domainRecord(each.senderDomainKey, false));
  return [...records, ...missing];
}

function domainRecord(name: string, verified: boolean): DomainRecord {
  return { key: domainKey(name), name, verified };
}

function keyOf(address: string): string {
  const key = addressKeyOf(address);
  if (key === undefined) throw badAddress(address);
  return key;
}

function badAddress(address: string): OperationError {
  return new OperationError('bad-address', `"${address}" is not an email address.`);
}
