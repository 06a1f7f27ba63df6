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
  const since = Math.max(0, ...before.map(({ createdAt }) => createdAt.getTime()));
  const byAddress = new Map<string, Map<string, StoredEmail>>();
  const forgotten = new Set<string>();
  const unwanted = new Set<string>();
  let looking: Promise<void> = Promise.resolve();
  let nextLook: Promise<void> | undefined;
  let deleting: Promise<void> = Promise.resolve();
  /** Emails whose deletion was asked for, and those of them that may still be there. */
  let deleted = 0;
  let beingDeleted = 0;

  const take = (email: StoredEmail): void => {
    known.add(email.id);
    const keys = keysOf(email);
    if (keys.some((key) => forgotten.has(key))) unwanted.add(email.id);
    else for (const key of keys) byAddress.set(key, (byAddress.get(key) ?? new Map()).set(email.id, email));
  };
  /** A page that begins at this place, or before it: what is deleted moves the rest towards the newest. */
  const pageBehind = async (place: number, gone: number): Promise<readonly StoredEmail[]> => {
    for (;;) {
      const moved = deleted - gone;
      const page = await gate.ask(() => client.newestEmails(Math.max(0, place - moved), PAGE));
      // nothing stands before the first place
      if (place === 0 || deleted - gone === moved) return page;
    }
  };
  const look = async (): Promise<void> => {
    const gone = deleted - beingDeleted;
    const taken = new Set<string>();
    for (let end = 0; ; end += PAGE - OVERLAP) {
      const page = await pageBehind(end, gone);
      // mail as old as the beginning and not known is older than it
      const fresh = page.filter(({ id, createdAt }) => !known.has(id) && createdAt.getTime() >= since);
      for (const email of fresh) take(email);
      for (const { id } of fresh) taken.add(id);
      const reachesBack = fresh.length === 0 && page.some(({ id }) => !taken.has(id));
      if (page.length < PAGE || reachesBack) return;
    }
  };
  /** A look that begins after this call; those who ask while one is under way share the next. */
  const lookAfterNow = (): Promise<void> => {
    nextLook ??= looking.then(() => {
      nextLook = undefined;
      looking = look();
      return looking;
    });
    return nextLook;
  };
  const deleteNow = (ids: readonly string[]): Promise<void> => {
    deleted += ids.length;
    beingDeleted += ids.length;
    return isOurs ? client.deletePresent(ids) : client.deleteEmail(ids);
  };
  const deleteUnwanted = (least: number): void => {
    while (unwanted.size >= least && unwanted.size > 0) {
      const ids = [...unwanted].slice(0, DELETED_AT_ONCE);
      for (const id of ids) unwanted.delete(id);
      // mail that stays is no fault of a case; the mailbox tells its own troubles to whoever asks next
      deleting = deleting
        .then(() => gate.ask(() => deleteNow(ids)))
        .catch(() => undefined)
        .finally(() => (beingDeleted -= ids.length));
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
      await deleting;
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
