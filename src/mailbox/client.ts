import { setTimeout as delay } from 'node:timers/promises';
import { findAddressedTo, readPage } from './find-emails.ts';
import { askMailpit, checkApiUrl, explainFailure, explainGarbage, explainStatus } from './mailpit-call.ts';
import { describeEmail, mailpitInfo, type StoredEmail } from './stored-email.ts';
import { waitForEmails, type WaitClock, type WaitRequest } from './wait-for-emails.ts';

export type { StoredEmail } from './stored-email.ts';
export type { WaitClock, WaitRequest } from './wait-for-emails.ts';

/** What a mailbox says about itself. */
export interface MailboxInfo {
  readonly version: string;
  readonly messages: number;
  readonly unread: number;
}

/** Reads a mailbox through Mailpit's API; every failure is a MailboxError. */
export interface MailboxClient {
  /** The emails whose To, Cc or Bcc holds the address, without regard to case, oldest first. */
  emailsAddressedTo(address: string): Promise<readonly StoredEmail[]>;
  /** The emails of one page, newest first, `start` of them passed over. */
  newestEmails(start: number, limit: number): Promise<readonly StoredEmail[]>;
  /** The exact octets of a stored email. */
  raw(id: string): Promise<Uint8Array>;
  /** Resolves with all emails for an address once there are at least `count`; fails when the time is up. */
  waitForEmails(request: WaitRequest): Promise<readonly StoredEmail[]>;
  /** Deletes these emails; ids that are not there are passed over, and without ids nothing happens. */
  deleteEmail(ids: readonly string[]): Promise<void>;
  /** Deletes these emails at a time. All must be there, each once: else Mailpit answers nothing any more. */
  deletePresent(ids: readonly string[]): Promise<void>;
  /** Empties the mailbox. */
  deleteAll(): Promise<void>;
  info(): Promise<MailboxInfo>;
}

/** Settings of a client; times in milliseconds. */
export interface MailboxClientOptions {
  /** Limit of one question to the mailbox; 10 seconds unless said otherwise. */
  readonly questionLimitMs?: number;
  /** Real time for waiting; tests hand in their own. */
  readonly clock?: WaitClock;
}

const realClock: WaitClock = {
  now: () => performance.now(),
  sleep: async (ms) => {
    await delay(ms);
  },
};

/** A client for the mailbox whose API is at this base URL; nothing is asked before the first question. */
export function openMailboxClient(api: string, options: MailboxClientOptions = {}): MailboxClient {
  const base = checkApiUrl(api);
  const limitMs = options.questionLimitMs ?? 10_000;
  const clock = options.clock ?? realClock;
  const raw = (id: string): Promise<Uint8Array> => readRaw(base, limitMs, id);
  const emailsAddressedTo = async (address: string): Promise<readonly StoredEmail[]> => {
    const lines = await findAddressedTo(base, limitMs, address);
    return lines.map((line) => describeEmail(line, raw));
  };
  return {
    emailsAddressedTo,
    newestEmails: async (start, limit) => {
      const lines = await readPage(base, limitMs, undefined, start, limit);
      return lines.messages.map((line) => describeEmail(line, raw));
    },
    raw,
    waitForEmails: (request) => waitForEmails(request, emailsAddressedTo, clock),
    deleteEmail: async (ids) => {
      // one by one: a list with an id that is not there (or is there twice) makes Mailpit 1.27 leave a database
      // transaction open, and from then on it answers nothing at all; and an empty list deletes everything
      for (const id of new Set(ids)) {
        await askMailpit(base, limitMs, (client) => client.deleteMessages({ IDs: [id] }));
      }
    },
    deletePresent: async (ids) => {
      // an empty list deletes everything
      if (ids.length === 0) return;
      await askMailpit(base, limitMs, (client) => client.deleteMessages({ IDs: [...new Set(ids)] }));
    },
    deleteAll: async () => {
      await askMailpit(base, limitMs, (client) => client.deleteMessages());
    },
    info: () => readInfo(base, limitMs),
  };
}

async function readInfo(api: string, limitMs: number): Promise<MailboxInfo> {
  const info = mailpitInfo.safeParse(await askMailpit(api, limitMs, (client) => client.getInfo()));
  if (!info.success) throw explainGarbage(api, 'its account of itself has another shape', info.error);
  return { version: info.data.Version, messages: info.data.Messages, unread: info.data.Unread };
}

/**
 * mailpit-api gives the source as a string decoded from UTF-8, which destroys every octet that is not UTF-8
 * (and a byte order mark); hence our own request for the octets.
 */
async function readRaw(api: string, limitMs: number, id: string): Promise<Uint8Array> {
  const url = `${api}/api/v1/message/${encodeURIComponent(id)}/raw`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(limitMs) });
    if (response.status !== 200) throw explainStatus(response.status, api, `${response.status} for ${url}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw explainFailure(error, api, limitMs);
  }
}
