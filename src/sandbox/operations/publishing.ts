import type { SessionRecorder, TranscriptRecorder } from '../gateway/transcript-recorder.ts';
import { balanceAt } from '../policy/charge.ts';
import type { ClockState } from '../store/account-record.ts';
import type { Store } from '../store/store.ts';
import type { EventLog } from './event-log.ts';
import { showClock } from './operation-views.ts';

/**
 * The store, with what it writes published after it is written. `accountNow` gives the time of an account's clock, in
 * milliseconds.
 */
export function publishingStore(own: Store, log: EventLog, accountNow: (clock: ClockState) => number): Store {
  return {
    ...own,
    ...publishingEmails(own, log, balancePublisher(own, log, accountNow)),
    ...publishingChanges(own, log, accountNow),
  };
}

/** Publishes the balance of accounts, once for all that changes it in one turn of the event loop. */
function balancePublisher(
  own: Store,
  log: EventLog,
  accountNow: (clock: ClockState) => number,
): (account: string) => void {
  const changed = new Set<string>();
  const publish = async (account: string): Promise<void> => {
    const standing = await own.readStanding(account);
    if (standing === undefined) return;
    const { prepaid, monthly, clock } = standing;
    log.publish(account, {
      kind: 'balance',
      balance: balanceAt(prepaid, monthly, accountNow(clock)),
    });
  };
  return (account) => {
    if (changed.size === 0) {
      setImmediate(() => {
        const accounts = [...changed];
        changed.clear();
        // the store may be closed by then, and nobody listens any more
        for (const each of accounts) publish(each).catch(() => undefined);
      });
    }
    changed.add(account);
  };
}

type Emails = Pick<Store, 'commit' | 'takeDue' | 'setEmailStatus' | 'setBalance' | 'buy'>;

function publishingEmails(own: Store, log: EventLog, balance: (account: string) => void): Emails {
  // those under way alone: a deferred one is taken anew
  const accounts = new Map<string, { readonly account: string; readonly recipient: string }>();
  return {
    commit: async (submission) => {
      const result = await own.commit(submission);
      if (result !== 'committed') return result;
      for (const { id, forwardPath } of submission.emails) {
        log.publish(submission.account, {
          kind: 'email',
          email: id,
          recipient: forwardPath,
          status: 'queued',
        });
      }
      balance(submission.account);
      return result;
    },
    takeDue: async (...asked) => {
      const due = await own.takeDue(...asked);
      for (const { id, account, recipient } of due) accounts.set(id, { account, recipient });
      return due;
    },
    setEmailStatus: async (email, outcome) => {
      await own.setEmailStatus(email, outcome);
      const known = accounts.get(email);
      if (known === undefined) return;
      log.publish(known.account, {
        kind: 'email',
        email,
        recipient: known.recipient,
        status: outcome.status,
        ...(outcome.reason === undefined ? {} : { reason: outcome.reason }),
      });
      accounts.delete(email);
    },
    setBalance: async (account, sends, at) => {
      await own.setBalance(account, sends, at);
      balance(account);
    },
    buy: async (account, ...order) => {
      const purchase = await own.buy(account, ...order);
      balance(account);
      return purchase;
    },
  };
}

/** What changes an account beside its emails. */
type Changes = Pick<
  Store,
  | 'createAccount'
  | 'deleteAccount'
  | 'setClock'
  | 'setBlocked'
  | 'setPassword'
  | 'setSendLimit'
  | 'addConnection'
  | 'setDomain'
  | 'setIdentity'
  | 'removeIdentity'
  | 'removeDomain'
  | 'addSender'
  | 'removeSender'
  | 'setRecipient'
  | 'removeRecipient'
  | 'forgetRecipients'
  | 'suppress'
  | 'removeSuppression'
  | 'setLimits'
  | 'setMailboxUp'
>;

function publishingChanges(own: Store, log: EventLog, accountNow: (clock: ClockState) => number): Changes {
  /** The same work, and then the word that the account changed. */
  const changing =
    <Asked extends readonly unknown[], Result>(work: (account: string, ...asked: Asked) => Promise<Result>) =>
    async (account: string, ...asked: Asked): Promise<Result> => {
      const result = await work(account, ...asked);
      log.publish(account, { kind: 'account', state: 'changed' });
      return result;
    };
  const changingConnection =
    <Asked extends readonly unknown[]>(work: (connection: string, ...asked: Asked) => Promise<void>) =>
    async (connection: string, ...asked: Asked): Promise<void> => {
      await work(connection, ...asked);
      const known = await own.readConnection(connection);
      if (known !== undefined) log.publish(known.account, { kind: 'account', state: 'changed' });
    };
  return {
    createAccount: async (account) => {
      await own.createAccount(account);
      log.publish(account.id, { kind: 'account', state: 'created' });
    },
    deleteAccount: async (account) => {
      await own.deleteAccount(account);
      log.publish(account, { kind: 'account', state: 'deleted' });
    },
    setClock: async (account, clock) => {
      await own.setClock(account, clock);
      // what `showClock` is given is an account's time already
      const { now } = showClock({ kind: 'frozen', at: accountNow(clock) }, 0);
      log.publish(account, { kind: 'clock', now, frozen: clock.kind === 'frozen' });
    },
    setBlocked: async (connection, blocked) => {
      await own.setBlocked(connection, blocked);
      const known = await own.readConnection(connection);
      if (known !== undefined) log.publish(known.account, { kind: 'block', connection, blocked });
    },
    setPassword: changingConnection(own.setPassword),
    setSendLimit: changingConnection(own.setSendLimit),
    addConnection: async (connection) => {
      await own.addConnection(connection);
      log.publish(connection.account, { kind: 'account', state: 'changed' });
    },
    setDomain: changing(own.setDomain),
    setIdentity: changing(own.setIdentity),
    removeIdentity: changing(own.removeIdentity),
    removeDomain: changing(own.removeDomain),
    addSender: changing(own.addSender),
    removeSender: changing(own.removeSender),
    setRecipient: changing(own.setRecipient),
    removeRecipient: changing(own.removeRecipient),
    forgetRecipients: changing(own.forgetRecipients),
    suppress: changing(own.suppress),
    removeSuppression: changing(own.removeSuppression),
    setLimits: changing(own.setLimits),
    setMailboxUp: changing(own.setMailboxUp),
  };
}

/** The recorder, with the beginning, each refusal and the end of sessions published: to all, and to the account once it is known. */
export function publishingRecorder(own: TranscriptRecorder, log: EventLog): TranscriptRecorder {
  return {
    ...own,
    open: (origin) => {
      const recorder = own.open(origin);
      let account: string | undefined;
      const publish = (state: 'opened' | 'refused' | 'closed') => {
        const event = { kind: 'session', session: origin.id, state } as const;
        if (account === undefined) log.publishToAll(event);
        else log.publish(account, event);
      };
      publish('opened');
      return {
        ...recorder,
        belongsTo: (owner) => {
          recorder.belongsTo(owner);
          if (account !== undefined) return;
          account = owner;
          publish('opened');
        },
        decided: (rule) => {
          recorder.decided(rule);
          publish('refused');
        },
        closed: () => {
          recorder.closed();
          publish('closed');
        },
      } satisfies SessionRecorder;
    },
  };
}
