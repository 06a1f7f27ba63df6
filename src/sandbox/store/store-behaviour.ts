import { expect, test } from 'vitest';
import type { Charge } from '../policy/charge.ts';
import type { NewAccount, Submission } from './account-record.ts';
import { LoginTaken, type Store } from './store.ts';

let count = 0;
const unique = (prefix: string) => `${prefix}${(count += 1)}`;

/** An account to try things on. */
export function newAccount(over: Partial<NewAccount> = {}): NewAccount {
  const id = over.id ?? unique('acc-');
  return {
    id,
    prepaid: 10,
    clock: { kind: 'frozen', at: 1_000 },
    limits: { rateLimit: 5 },
    ownListeners: false,
    domains: [
      { key: 'shop.example', name: 'Shop.example', verified: true, published: ['spf'] },
      { key: 'idle.example', name: 'idle.example', verified: true, published: [] },
    ],
    connections: [
      {
        id: unique('con-'),
        account: id,
        name: 'shop',
        sender: 'a@shop.example',
        senderDomainKey: 'shop.example',
        login: unique('login-'),
        sealedPassword: 'sealed',
        blocked: false,
        sendLimit: null,
        sendsUsed: 0,
      },
    ],
    senders: [],
    recipients: [],
    ...over,
  };
}

/** A submission to as many recipients. */
export function submission(
  account: NewAccount,
  recipients: readonly string[],
  over: Partial<Submission> = {},
): Submission {
  const sends = over.emails?.length ?? recipients.length;
  return {
    account: account.id,
    connection: account.connections[0]?.id ?? 'none',
    session: 'session-1',
    time: 1_000,
    queuedAt: 0,
    reversePath: 'a@shop.example',
    emails: recipients.map((forwardPath) => ({ id: unique('email-'), forwardPath })),
    charge: chargeOf(sends),
    message: Uint8Array.of(0, 13, 10, 255),
    subject: 'Größe',
    messageId: '<1@shop.example>',
    trace: 'from x',
    ...over,
  };
}

/** A charge of so many sends, from prepaid ones unless other sources are named. */
export function chargeOf(sends: number, over: Partial<Charge> = {}): Charge {
  return { sends, sources: [{ kind: 'prepaid' }], ofSendLimit: sends, quotas: [], ...over };
}

/** Opens an empty store. */
export type OpenStore = () => Promise<Store>;

/** Tries something on a store with one account. */
export async function withAccount(
  open: OpenStore,
  work: (store: Store, account: NewAccount) => Promise<void>,
  over: Partial<NewAccount> = {},
): Promise<void> {
  await using store = await open();
  const account = newAccount(over);
  await store.createAccount(account);
  await work(store, account);
}

/** What every store must do, whatever the database behind it. */
export function describeStore(open: OpenStore): void {
  test('an account reads back as it was created', () =>
    withAccount(open, async (store, account) => {
      const { recipients: _behave, ...read } = account;
      expect(await store.readAccount(account.id)).toEqual({
        ...read,
        identities: [],
        domains: account.domains.toSorted((left, right) => (left.key < right.key ? -1 : 1)),
        charged: 0,
        mailboxUp: true,
        monthly: [],
        senders: [],
        suppressionList: [],
      });
      expect(await store.readAccount('nobody')).toBeUndefined();
      expect(await store.readStanding('nobody')).toBeUndefined();
    }));

  test('accounts with listeners of their own are found again', () =>
    withAccount(
      open,
      async (store, account) => {
        await store.createAccount(newAccount());
        expect(await store.listOwnListenerAccounts()).toEqual([account.id]);
      },
      { ownListeners: true },
    ));

  test('a login finds its connection, and two may not have the same', () =>
    withAccount(open, async (store, account) => {
      const [connection] = account.connections;
      expect(connection && (await store.findLogin(connection.login))).toEqual(connection);
      await expect(
        store.createAccount({ ...newAccount(), connections: account.connections }),
      ).rejects.toThrow(LoginTaken);
    }));

  test('one commit: debit, message, rows in order, queue', () =>
    withAccount(open, async (store, account) => {
      expect(await store.commit(submission(account, ['x@a.example', 'y@a.example']))).toBe('committed');
      expect(await store.readAccount(account.id)).toMatchObject({ prepaid: 8, charged: 2 });
      const rows = await store.readHistory(account.id, { limit: 100 });
      expect(rows.map(({ recipient, status, subject, size }) => [recipient, status, subject, size])).toEqual([
        ['x@a.example', 'queued', 'Größe', 4],
        ['y@a.example', 'queued', 'Größe', 4],
      ]);
      const due = await store.takeDue(0, 10);
      expect(due.map((email) => [email.recipient, [...email.message], email.attempts])).toEqual([
        ['x@a.example', [0, 13, 10, 255], 0],
        ['y@a.example', [0, 13, 10, 255], 0],
      ]);
    }));

  test('a commit that the balance does not cover writes nothing at all', () =>
    withAccount(open, async (store, account) => {
      await store.setBalance(account.id, 1);
      expect(await store.commit(submission(account, ['x@a.example', 'y@a.example']))).toBe('overtaken');
      expect(await store.readAccount(account.id)).toMatchObject({ prepaid: 1, charged: 0 });
      expect(await store.readHistory(account.id, { limit: 100 })).toEqual([]);
      expect(await store.countDue(account.id, 0)).toBe(0);
    }));

  test('commits side by side never overspend', () =>
    withAccount(open, async (store, account) => {
      const results = await Promise.all(
        Array.from({ length: 7 }, () => store.commit(submission(account, ['x@a.example', 'y@a.example']))),
      );
      expect(results.filter((result) => result === 'committed')).toHaveLength(5);
      expect(await store.readAccount(account.id)).toMatchObject({ prepaid: 0, charged: 10 });
      expect(await store.readHistory(account.id, { limit: 100 })).toHaveLength(10);
    }));

  test('a submission that fails takes no other with it', () =>
    withAccount(open, async (store, account) => {
      const good = submission(account, ['x@a.example']);
      const bad = submission(account, ['y@a.example'], { emails: good.emails });
      const results = await Promise.allSettled([store.commit(good), store.commit(bad)]);
      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected']);
      expect(await store.readAccount(account.id)).toMatchObject({ charged: 1 });
    }));

  test('an outcome takes an email off the queue; a deferred one waits for its time', () =>
    withAccount(open, async (store, account) => {
      await store.commit(submission(account, ['x@a.example', 'y@a.example']));
      const [first, second] = await store.takeDue(0, 10);
      await store.setEmailStatus(first?.id ?? '', { status: 'delivered', at: 1_000, wallAt: 0 });
      await store.setEmailStatus(second?.id ?? '', {
        status: 'deferred',
        at: 1_000,
        wallAt: 0,
        nextAttemptAt: 5_000,
      });
      expect(await store.takeDue(4_999, 10)).toEqual([]);
      expect(await store.countDue(account.id, 4_999)).toBe(0);
      expect(await store.takeDue(5_000, 10)).toMatchObject([{ recipient: 'y@a.example', attempts: 1 }]);
      await store.setEmailStatus(second?.id ?? '', {
        status: 'deferred',
        at: 1_000,
        wallAt: 0,
        nextAttemptAt: 9_000,
      });
      await store.makeDeferredDue(account.id);
      expect(await store.countDue(account.id, 0)).toBe(1);
    }));

  test('emails under way are left out, and take no room from those behind them', () =>
    withAccount(open, async (store, account) => {
      await store.commit(submission(account, ['w@a.example', 'x@a.example', 'y@a.example', 'z@a.example']));
      const [first, second] = await store.takeDue(0, 2);
      const underWay = new Set([first?.id ?? '', second?.id ?? '', 'one that is settled']);
      const recipients = (await store.takeDue(0, 1, underWay)).map(({ recipient }) => recipient);
      expect(recipients).toEqual(['y@a.example']);
      expect(await store.takeDue(0, 10, underWay)).toHaveLength(2);
    }));

  test('a domain counts where the account has a connection on it', () =>
    withAccount(open, async (store, account) => {
      const asked = ['shop.example', 'idle.example', 'other.example'];
      expect(await store.readSenderDomains(account.id, asked)).toMatchObject([
        { key: 'shop.example', verified: true },
      ]);
      await store.setDomain(account.id, {
        key: 'shop.example',
        name: 'shop.example',
        verified: false,
        published: [],
      });
      expect(await store.readSenderDomains(account.id, asked)).toMatchObject([{ verified: false }]);
    }));

  test('identities are addresses and domains, and belong to their account alone', () =>
    withAccount(open, async (store, account) => {
      const asked = ['boss@b.example', 'shop.example', 'b.example'];
      await store.setIdentity(account.id, { key: 'boss@b.example', name: 'Boss@b.example', verified: false });
      expect(await store.readIdentities(account.id, asked)).toMatchObject([
        { key: 'boss@b.example', name: 'Boss@b.example', verified: false },
        { key: 'shop.example', verified: true },
      ]);
      await store.setIdentity(account.id, { key: 'boss@b.example', name: 'boss@b.example', verified: true });
      expect((await store.readAccount(account.id))?.identities).toEqual([
        { key: 'boss@b.example', name: 'Boss@b.example', verified: true },
      ]);
      expect(await store.readIdentities('another', asked)).toEqual([]);
      expect(await store.removeIdentity(account.id, 'boss@b.example')).toBe(true);
      expect(await store.removeIdentity(account.id, 'boss@b.example')).toBe(false);
    }));

  test('roles and the suppression list', () =>
    withAccount(open, async (store, account) => {
      expect(await store.readRecipient(account.id, 'x@a.example')).toEqual({
        role: undefined,
        suppressed: false,
      });
      await store.setRecipient(account.id, 'x@a.example', 'X@a.example', 'suppressed');
      expect(await store.readRecipient(account.id, 'x@a.example')).toEqual({
        role: 'suppressed',
        suppressed: true,
      });
      await store.suppress(account.id, 'y@a.example', 'y@a.example');
      await store.suppress(account.id, 'y@a.example', 'Y@a.example');
      expect((await store.readAccount(account.id))?.suppressionList).toEqual(['X@a.example', 'y@a.example']);
      await store.setRecipient(account.id, 'x@a.example', 'x@a.example', 'full');
      expect(await store.readRecipient(account.id, 'x@a.example')).toEqual({
        role: 'full',
        suppressed: false,
      });
    }));

  test('failures of a login and accepted MAILs are remembered in order', () =>
    withAccount(open, async (store, account) => {
      for (const at of [1, 2, 3]) await store.addLoginFailure('somebody', at);
      await store.addLoginFailure('somebody else', 9);
      expect(await store.readLoginFailures('somebody')).toEqual([1, 2, 3]);
      await store.forgetLoginFailuresAfter('somebody', 2);
      expect(await store.readLoginFailures('somebody')).toEqual([1, 2]);
      expect(await store.readLoginFailures('somebody else')).toEqual([9]);
      await store.clearLoginFailures('somebody');
      expect(await store.readLoginFailures('somebody')).toEqual([]);
      const connection = account.connections[0]?.id ?? '';
      for (const at of [1, 2, 3]) await store.addAcceptedMail(connection, at);
      expect(await store.readAcceptedMails(connection, 1)).toEqual([2, 3]);
    }));

  test('what is set is what is read', () =>
    withAccount(open, async (store, account) => {
      const connection = account.connections[0]?.id ?? '';
      await store.setClock(account.id, { kind: 'running', offset: -5 });
      await store.setLimits(account.id, { sessionLimit: null, sizeLimit: 9 });
      await store.setMailboxUp(account.id, false);
      await store.setBlocked(connection, true);
      await store.setPassword(connection, 'other');
      expect(await store.readAccount(account.id)).toMatchObject({
        clock: { kind: 'running', offset: -5 },
        limits: { sessionLimit: null, sizeLimit: 9 },
        mailboxUp: false,
        connections: [{ blocked: true, sealedPassword: 'other' }],
      });
    }));

  test('a deleted account leaves nothing behind', () =>
    withAccount(open, async (store, account) => {
      await store.commit(submission(account, ['x@a.example']));
      await store.deleteAccount(account.id);
      expect(await store.readAccount(account.id)).toBeUndefined();
      expect(await store.takeDue(0, 10)).toEqual([]);
      expect(await store.readHistory(account.id, { limit: 100 })).toEqual([]);
    }));
}
