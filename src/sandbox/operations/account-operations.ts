import type { Domain, ParsedAccountSetup } from '../../control-api/schemas.ts';
import { clockShowing, clockTime, latestInstant, moveClockState } from '../clock.ts';
import { domainKey } from '../../smtp/domain.ts';
import { OperationError, type AccountOperations } from '../control/operations.ts';
import { withLimits } from '../gateway/session-standing.ts';
import type { AccountRecord, ConnectionRecord, DomainRecord } from '../store/account-record.ts';
import {
  domainKeyOf,
  domainRecord,
  keyOf,
  newConnection,
  refusingTaken,
  type AccountLookup,
} from './account-lookup.ts';
import { identityOf, identityOperations, isDomain } from './identity-operations.ts';
import type { OperationParts } from './operation-parts.ts';
import { demandWord } from './provider-words.ts';
import { presentCertificate } from './trigger-operations.ts';
import { showAccount, showClock } from './operation-views.ts';

/** Accounts and what belongs to them. */
export function accountOperations(parts: OperationParts, lookup: AccountLookup): AccountOperations {
  const { store, gateway, log } = parts;
  const { words } = parts.provider.contract;
  const { read, change } = lookup;
  return {
    createAccount: async (setup) => {
      const id = await createAccount(parts, setup);
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
      parts.tokens.clear(id);
    },
    moveClock: async (id, move) => {
      const { clock } = await read(id);
      const moved = moveClockState(clock, parts.clock.now(), move);
      if (moved.kind === 'cannot') throw new OperationError('clock-cannot', moved.why);
      await store.setClock(id, moved.state);
      return showClock(moved.state, parts.clock.now());
    },
    setDomain: (id, { name, state, published }) =>
      change(id, async ({ domains }) => {
        const known = domains.find(({ key }) => key === domainKey(name));
        if (known !== undefined && state === undefined && published === undefined) return;
        const stands = known?.verified === true ? 'verified' : 'unverified';
        await store.setDomain(
          id,
          domainRecord({
            name,
            state: state ?? stands,
            published: published ?? (state === undefined ? known?.published.slice() : undefined),
          }),
        );
      }),
    setRecipient: (id, { address, role }) =>
      change(id, async () => {
        demandWord('role', words.roles, role);
        await store.setRecipient(id, keyOf(address), address, role);
      }),
    setLimits: (id, limits) => change(id, (account) => store.setLimits(id, { ...account.limits, ...limits })),
    setMaintenance: (id, on) =>
      change(id, async () => {
        if (gateway.setOwnMaintenance(id, on)) {
          log.publish(id, { kind: 'account', state: 'changed' });
          return;
        }
        throw new OperationError('no-own-listeners', `Account ${id} has no listeners of its own.`);
      }),
    setMailbox: (id, up) =>
      change(id, async () => {
        await store.setMailboxUp(id, up);
        if (up) await store.makeDeferredDue(id);
        parts.relay.wake();
      }),
    resetAccount: (id) => change(id, (account) => undoArrangements(parts, account)),
    ...identityOperations(parts, lookup),
    ...connectionOperations(parts, lookup),
  };
}

/** What was arranged for tests goes; domains, connections, balance, history and time stay. */
async function undoArrangements(parts: OperationParts, account: AccountRecord): Promise<void> {
  const { store, gateway, triggers, clock } = parts;
  const { id } = account;
  triggers.clear(id);
  await presentCertificate(parts, id);
  gateway.setOwnMaintenance(id, false);
  await store.forgetRecipients(id);
  // what an account may do is no arrangement of a test
  const { access, authMechanisms } = account.limits;
  await store.setLimits(id, {
    ...(access !== undefined && { access }),
    ...(authMechanisms !== undefined && { authMechanisms }),
  });
  for (const { id: connection, login, blocked } of account.connections) {
    await store.clearLoginFailures(login);
    if (blocked) await store.setBlocked(connection, false);
  }
  if (account.clock.kind === 'frozen') {
    const running = clockShowing(account.clock.at, false, clock.now());
    await store.setClock(id, running);
  }
  await store.setMailboxUp(id, true);
  await store.makeDeferredDue(id);
  parts.relay.wake();
}

type ConnectionOperations = Pick<
  AccountOperations,
  | 'addSender'
  | 'createConnection'
  | 'showConnection'
  | 'setConnectionBlock'
  | 'generatePassword'
  | 'issueToken'
  | 'revokeTokens'
>;

function connectionOperations(
  parts: OperationParts,
  { read, change, showConnection, changeConnection }: AccountLookup,
): ConnectionOperations {
  const { store, sealer, randomness, tokens } = parts;
  return {
    addSender: (id, address) =>
      change(id, async (account) => {
        const domain = domainKeyOf(address);
        if (!account.domains.some((each) => each.key === domain)) {
          throw new OperationError('no-such-domain', `Account ${id} has no domain ${domain}; add it first.`);
        }
        await store.addSender(id, keyOf(address), address);
      }),
    createConnection: async (id, setup) => {
      const account = await read(id);
      const key = keyOf(setup.sender);
      if (!account.senders.some((sender) => keyOf(sender) === key)) {
        throw new OperationError(
          'no-such-sender',
          `Account ${id} has no sender ${setup.sender}; add it first.`,
        );
      }
      const connection = newConnection(parts, id, setup);
      await refusingTaken(store.addConnection(connection));
      return showConnection(id, connection.id);
    },
    showConnection,
    setConnectionBlock: (id, connection, blocked) =>
      changeConnection(id, connection, () => store.setBlocked(connection, blocked)),
    generatePassword: (id, connection) =>
      changeConnection(id, connection, () => store.setPassword(connection, sealer.seal(randomness.id('')))),
    issueToken: async (id, connectionId, { scopes, expiresInMs }) => {
      const { login } = await showConnection(id, connectionId);
      const { clock } = await read(id);
      const expiresAt = clockTime(clock, parts.clock.now()) + expiresInMs;
      if (expiresAt > latestInstant)
        throw new OperationError('clock-cannot', 'No clock shows a time that late.');
      const token = `${randomness.id('')}.${randomness.id('')}`;
      tokens.issue(token, { account: id, connection: connectionId, login, scopes, expiresAt });
      return { token, scopes, expiresAt: new Date(expiresAt).toISOString() };
    },
    revokeTokens: async (id, connection) => {
      await showConnection(id, connection);
      tokens.revoke(connection);
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

/** Opens the listeners of a new account; where there is no room for them there is no account either. */
async function openOrUndo(parts: OperationParts, account: string): Promise<void> {
  try {
    await openOwnListeners(parts, account);
  } catch (fault) {
    await parts.store.deleteAccount(account);
    const why = fault instanceof Error ? fault.message : String(fault);
    throw new OperationError('cannot-listen', `No listeners can be opened for the account: ${why}`);
  }
}

async function createAccount(parts: OperationParts, setup: ParsedAccountSetup): Promise<string> {
  const { store } = parts;
  const id = parts.randomness.id('acc-');
  const connections = setup.connections.map((each) => newConnection(parts, id, each));
  const { roles } = parts.provider.contract.words;
  for (const { role } of setup.recipients) demandWord('role', roles, role);
  const recipients = setup.recipients.map((each) => ({ ...each, key: keyOf(each.address) }));
  const { identities } = setup;
  if (setup.access !== undefined) demandWord('access', parts.provider.contract.words.accesses, setup.access);
  const gatewayNow = parts.clock.now();
  const now = setup.clock.now === undefined ? gatewayNow : Date.parse(setup.clock.now);
  if (now > latestInstant) throw new OperationError('clock-cannot', 'No clock shows a time that late.');
  const account = {
    id,
    prepaid: setup.balance,
    createdAt: now,
    clock: clockShowing(now, setup.clock.frozen ?? false, gatewayNow),
    limits: {
      ...setup.limits,
      ...(setup.authMechanisms && { authMechanisms: setup.authMechanisms }),
      ...(setup.access !== undefined && { access: setup.access }),
    },
    ownListeners: setup.listeners === 'own',
    domains: domainsOf([...setup.domains, ...identities.filter(isDomain)], connections),
    identities: identities.filter((each) => !isDomain(each)).map(identityOf),
    connections,
    senders: connections.map(({ sender }) => ({ key: keyOf(sender), address: sender })),
    recipients,
  };
  await refusingTaken(store.createAccount(account));
  if (setup.listeners === 'own') await openOrUndo(parts, id);
  return id;
}

/** The domains asked for, and those of the senders, which are added unverified where they are missing. */
function domainsOf(
  asked: readonly Domain[],
  connections: readonly ConnectionRecord[],
): readonly DomainRecord[] {
  const records = asked.map(domainRecord);
  const missing = connections
    .filter((each) => !records.some((record) => record.key === each.senderDomainKey))
    .map((each) => domainRecord({ name: each.senderDomainKey, state: 'unverified' }));
  return [...records, ...missing];
}
