import type { z } from 'zod';
import { addressKeyOf } from '../smtp/address-equality.ts';
import { MailboxError } from './mailbox-error.ts';
import { askMailpit, explainGarbage } from './mailpit-call.ts';
import { mailpitPage, type MailpitItem } from './stored-email.ts';

const pageSize = 250;
const readings = 5;

/** All lines of the list whose To, Cc or Bcc holds the address, oldest first. */
export async function findAddressedTo(
  api: string,
  limitMs: number,
  address: string,
): Promise<readonly MailpitItem[]> {
  const lines = await readAllPages(api, limitMs, chooseQuery(address));
  const wanted = foldAddress(address);
  const holds = (line: MailpitItem): boolean =>
    [line.To, line.Cc, line.Bcc].some((list) => list.some((entry) => foldAddress(entry.address) === wanted));
  return lines.filter(holds).toReversed();
}

/**
 * Mailpit's search looks for a part of the JSON text of the addresses: it finds too much (senders, longer addresses),
 * and never finds characters that it drops from a query or that JSON escapes, nor the other spelling of a domain
 * beyond ASCII. For those, read everything.
 */
function chooseQuery(address: string): string | undefined {
  const isPlain = /^[\w.@+=/#!$*{|}~^'?-]+$/.test(address) && !/xn--/i.test(address);
  return isPlain ? `addressed:"${address}"` : undefined;
}

// Mailpit shows a quoted local part without its quotes, which is no address any more
function foldAddress(address: string): string {
  return addressKeyOf(address) ?? address.toLowerCase();
}

async function readAllPages(
  api: string,
  limitMs: number,
  query: string | undefined,
): Promise<readonly MailpitItem[]> {
  for (let reading = 1; reading <= readings; reading++) {
    const lines = await readPagesOnce(api, limitMs, query);
    if (lines !== undefined) return lines;
  }
  const sentence =
    `The mailbox at ${api} changed during each of ${readings} readings of its list. ` +
    'Read it when no mail arrives and nobody deletes.';
  throw new MailboxError('mailbox-restless', sentence);
}

/** Newest first; undefined if emails went away between two pages, so that some may have been overlooked. */
async function readPagesOnce(
  api: string,
  limitMs: number,
  query: string | undefined,
): Promise<readonly MailpitItem[] | undefined> {
  const lines = new Map<string, MailpitItem>();
  for (let start = 0; ; start += pageSize) {
    const page = await readPage(api, limitMs, query, start, pageSize);
    for (const line of page.messages) lines.set(line.ID, line);
    if (page.messages.length === pageSize) continue;
    return lines.size >= page.messages_count ? [...lines.values()] : undefined;
  }
}

/** One page of the list or of a search, newest first. */
export async function readPage(
  api: string,
  limitMs: number,
  query: string | undefined,
  start: number,
  limit: number,
): Promise<z.infer<typeof mailpitPage>> {
  const answer = await askMailpit(api, limitMs, (client) =>
    query === undefined ? client.listMessages(start, limit) : client.searchMessages({ query, start, limit }),
  );
  const page = mailpitPage.safeParse(answer);
  if (!page.success) throw explainGarbage(api, 'its list of messages has another shape', page.error);
  return page.data;
}
