import { addressKeyOf } from '../smtp/address-equality.ts';
import type { MailboxClient } from './client.ts';
import { openQuestionGate } from './question-gate.ts';
import type { StoredEmail } from './stored-email.ts';

/**
 * A mailbox that is read as it grows: what has come since the last look is listed once for all who ask, and no question
 * costs more because there is more mail. Mail from before it was opened is nobody's.
 */
export interface FollowedMailbox extends AsyncDisposable {
  /** The emails whose To, Cc or Bcc holds one of the addresses, each once, oldest first. */
  emailsAddressedToAny(addresses: readonly string[]): Promise<readonly StoredEmail[]>;
  /** The same for one address by a search, which costs more the more mail there is. */
  emailsAddressedTo(address: string): Promise<readonly StoredEmail[]>;
  /** Nobody asks for mail to these addresses any more: it is deleted, what comes later too. */
  forget(addresses: readonly string[]): void;
  /** Resolves when the mailbox keeps up with what it is asked. */
  keepsUp(): Promise<void>;
}

/** The part of a client that following needs. */
export type FollowedClient = Pick<
  MailboxClient,
  'newestEmails' | 'emailsAddressedTo' | 'deleteEmail' | 'deletePresent'
>;

/** How a mailbox is followed. */
export interface FollowOptions {
  /** Whether nobody else deletes mail there, so that many can be deleted at a time. */
  readonly isOurs: boolean;
}

/** Lines of one page, and lines by which the next one begins before its end: so many may be deleted meanwhile. */
const PAGE = 250;
const OVERLAP = 50;
/** Emails that are deleted at a time. */
const DELETED_AT_ONCE = 200;

/** Follows a mailbox from now on; asks it once, for where it stands. */
export async function followMailbox(
  client: FollowedClient,
  { isOurs }: FollowOptions,
): Promise<FollowedMailbox> {
  const gate = openQuestionGate();
  const before = await gate.ask(() => client.newestEmails(0, PAGE));
  const known = new Set(before.map(({ id }) => id));
  // those that a whole look has passed: below them all is known
  const settled = new Set(known);
  const taken: string[] = [];
  const since = Math.max(0, ...before.map(({ createdAt }) => createdAt.getTime()));
  const byAddress = new Map<string, Map<string, StoredEmail>>();
  const forgotten = new Set<string>();
  const unwanted = new Set<string>();
  let nextLook: Promise<void> | undefined;
  let lastTurn: Promise<unknown> = Promise.resolve();

  /** Looks and deletions take turns: what is deleted between two pages moves others up, past the look. */
  const takeTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = lastTurn.then(work);
    lastTurn = turn.catch(() => undefined);
    return turn;
  };

  const take = (email: StoredEmail): void => {
    known.add(email.id);
    taken.push(email.id);
    const keys = keysOf(email);
    if (keys.some((key) => forgotten.has(key))) unwanted.add(email.id);
    else for (const key of keys) byAddress.set(key, (byAddress.get(key) ?? new Map()).set(email.id, email));
  };
  const look = async (): Promise<void> => {
    for (let start = 0; ; start += PAGE - OVERLAP) {
      const page = await gate.ask(() => client.newestEmails(start, PAGE));
      // mail as old as the beginning and not known is older than it
      const fresh = page.filter(({ id, createdAt }) => !known.has(id) && createdAt.getTime() >= since);
      for (const email of fresh) take(email);
      // mail that comes meanwhile shows lines again that this look has listed: they say nothing of those below
      const isNew = page.some(({ id, createdAt }) => !settled.has(id) && createdAt.getTime() >= since);
      if (page.length < PAGE || !isNew) break;
    }
    for (const id of taken.splice(0)) settled.add(id);
  };
  /** A look that begins after this call; those who ask while one is under way share the next. */
  const lookAfterNow = (): Promise<void> => {
    nextLook ??= takeTurn(() => {
      nextLook = undefined;
      return look();
    });
    return nextLook;
  };
  const deleteUnwanted = (least: number): void => {
    while (unwanted.size >= least && unwanted.size > 0) {
      const ids = [...unwanted].slice(0, DELETED_AT_ONCE);
      for (const id of ids) unwanted.delete(id);
      // mail that stays is no fault of a case; the mailbox tells its own troubles to whoever asks next
      void takeTurn(() =>
        gate.ask(() => (isOurs ? client.deletePresent(ids) : client.deleteEmail(ids))),
      ).catch(() => undefined);
    }
  };

  return {
    async emailsAddressedToAny(addresses) {
      await lookAfterNow();
      const found = new Map<string, StoredEmail>();
      for (const address of addresses) {
        for (const [id, email] of byAddress.get(keyOf(address)) ?? []) found.set(id, email);
      }
      return [...found.values()]
        .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
        .map((email) => ({ ...email, raw: () => gate.ask(() => email.raw()) }));
    },
    emailsAddressedTo: (address) => gate.ask(() => client.emailsAddressedTo(address)),
    forget(addresses) {
      for (const key of addresses.map(keyOf)) {
        forgotten.add(key);
        for (const id of byAddress.get(key)?.keys() ?? []) unwanted.add(id);
        byAddress.delete(key);
      }
      deleteUnwanted(DELETED_AT_ONCE);
    },
    keepsUp: () => gate.keepsUp(),
    async [Symbol.asyncDispose]() {
      // the mailbox may be gone by now, and with it all that was to be deleted
      await lookAfterNow().catch(() => undefined);
      deleteUnwanted(1);
      await lastTurn;
    },
  };
}

function keysOf({ to, cc, bcc }: StoredEmail): readonly string[] {
  return [...new Set([...to, ...cc, ...bcc].map(({ address }) => keyOf(address)))];
}

// Mailpit shows a quoted local part without its quotes, which is no address any more
function keyOf(address: string): string {
  return addressKeyOf(address) ?? address.toLowerCase();
}
