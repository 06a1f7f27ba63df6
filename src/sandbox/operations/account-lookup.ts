import { recordKinds } from '../../contract/vocabulary.ts';
import type { Account, Connection, Domain } from '../../control-api/schemas.ts';
import { addressKeyOf } from '../../smtp/address-equality.ts';
import { domainKey } from '../../smtp/domain.ts';
import { OperationError } from '../control/operations.ts';
import type { AccountRecord, ConnectionRecord, DomainRecord } from '../store/account-record.ts';
import type { OperationParts } from './operation-parts.ts';
import { LoginTaken } from '../store/store.ts';
import { showAccount, showConnection } from './operation-views.ts';

/** Finding accounts and connections, and changing them; each throws {@link OperationError} where there is none. */
export interface AccountLookup {
  read(account: string): Promise<AccountRecord>;
  /** Changes an account and shows it as it is then. */
  change(account: string, work: (account: AccountRecord) => Promise<void>): Promise<Account>;
  showConnection(account: string, connection: string): Promise<Connection>;
  /** Changes a connection and shows it as it is then. */
  changeConnection(account: string, connection: string, work: () => Promise<void>): Promise<Connection>;
}

/** The lookup over a store. */
export function createAccountLookup(parts: OperationParts): AccountLookup {
  const read = async (id: string): Promise<AccountRecord> => {
    const account = await parts.store.readAccount(id);
    if (account === undefined) throw new OperationError('no-such-account', `There is no account ${id}.`);
    return account;
  };
  const find = async (id: string, connectionId: string) => {
    const account = await read(id);
    const connection = account.connections.find((each) => each.id === connectionId);
    if (connection === undefined) {
      throw new OperationError('no-such-connection', `Account ${id} has no connection ${connectionId}.`);
    }
    return { account, connection };
  };
  const show = async (id: string, connectionId: string): Promise<Connection> => {
    const { account, connection } = await find(id, connectionId);
    return showConnection(parts, account, connection);
  };
  return {
    read,
    showConnection: show,
    change: async (id, work) => {
      await work(await read(id));
      return showAccount(parts, await read(id));
    },
    changeConnection: async (id, connectionId, work) => {
      await find(id, connectionId);
      await work();
      return show(id, connectionId);
    },
  };
}

/** The key of an address; throws where it is none. */
export function keyOf(address: string): string {
  const key = addressKeyOf(address);
  if (key === undefined) throw new OperationError('bad-address', `"${address}" is not an email address.`);
  return key;
}

/** A domain as the store keeps it; without a word on its records, a verified one has all of them. Throws where it is no host name. */
export function domainRecord({ name, state, published }: Domain): DomainRecord {
  const key = domainKey(name);
  if (key === undefined) {
    const must =
      'labels of letters, digits and hyphens with dots between them, each of at most 63 octets and all of at most 253, as A-labels';
    throw new OperationError('bad-domain', `"${name}" is not a domain name: write ${must}.`);
  }
  const verified = state === 'verified';
  return { key, name, verified, published: published ?? (verified ? recordKinds : []) };
}

/** The key of a sender's domain; throws where it is no address, or its domain is no host name. */
export function domainKeyOf(address: string): string {
  const key = keyOf(address);
  const domain = domainKey(key.slice(key.lastIndexOf('@') + 1));
  if (domain === undefined) {
    throw new OperationError('bad-address', `"${address}" cannot be a sender: it has no domain name.`);
  }
  return domain;
}

/** Waits for what the store does, and says for people where a login is another connection's already. */
export async function refusingTaken(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (fault) {
    if (fault instanceof LoginTaken) throw new OperationError('login-taken', fault.message);
    throw fault;
  }
}

/** A connection that is to be, with a login and a password of its own where none is given. */
export function newConnection(
  { randomness, sealer }: OperationParts,
  account: string,
  setup: {
    readonly name: string;
    readonly sender: string;
    readonly blocked: boolean;
    readonly sendLimit: number | null;
    readonly login?: string | undefined;
    readonly password?: string | undefined;
  },
): ConnectionRecord {
  const login = setup.login ?? randomness.id('login-');
  return {
    id: randomness.id('con-'),
    account,
    name: setup.name,
    sender: setup.sender,
    senderDomainKey: domainKeyOf(setup.sender),
    login,
    sealedPassword: sealer.seal(setup.password ?? randomness.id('')),
    blocked: setup.blocked,
    sendLimit: setup.sendLimit,
    sendsUsed: 0,
  };
}
