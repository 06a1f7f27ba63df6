import type { MailboxClient } from '../../mailbox/client.ts';
import type { FollowedMailbox } from '../../mailbox/followed-mailbox.ts';
import type { StoredEmail } from '../../mailbox/stored-email.ts';
import { addressKeyOf } from '../../smtp/address-equality.ts';
import { envelopeOf, type Copy } from './compare-delivered.ts';

/** Where copies are read: a mailbox that is followed as it grows, or one that is searched. */
export type CaseMailbox = Pick<MailboxClient, 'emailsAddressedTo'> &
  Partial<Pick<FollowedMailbox, 'emailsAddressedToAny' | 'forget' | 'keepsUp'>>;

/** Copies that name no recipient in their `Received`, beside those that name one. */
type CopiesByKey = ReadonlyMap<string | undefined, readonly Copy[]>;

/** Addresses of one case that are searched for where following found too little. */
const SEARCHED = 5;

/**
 * Reads each recipient's copies from the mailbox, each email once. A look-up by address also finds copies that name it in
 * a header and went to somebody else: those are left out. A copy whose `Received` names nobody stays, for it may be
 * anybody's. `least` says of how many copies a name is sure: where fewer were followed, the mailbox is searched.
 */
export async function readCopies(
  mailbox: CaseMailbox,
  recipients: ReadonlyMap<string, string>,
  least: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, readonly Copy[]>> {
  const addresses = [...recipients.values()];
  if (mailbox.emailsAddressedToAny === undefined) {
    const found = await Promise.all(addresses.map((address) => mailbox.emailsAddressedTo(address)));
    return shareOut(await readAll(found.flat()), recipients);
  }
  const emails = await mailbox.emailsAddressedToAny(addresses);
  const copies = shareOut(await readAll(emails), recipients);
  const lacking = [...recipients].filter(
    ([name]) => (copies.get(name)?.length ?? 0) < (least.get(name) ?? 0),
  );
  if (lacking.length === 0) return copies;
  // a mailbox that sorts by the dates of messages shows new mail anywhere
  const searched: StoredEmail[] = [];
  for (const [, address] of lacking.slice(0, SEARCHED))
    searched.push(...(await mailbox.emailsAddressedTo(address)));
  return shareOut(await readAll([...emails, ...searched]), recipients);
}

async function readAll(emails: readonly StoredEmail[]): Promise<readonly (readonly [StoredEmail, Copy])[]> {
  const each = new Map(emails.map((email) => [email.id, email]));
  return Promise.all(
    [...each.values()].map(async (email) => {
      const octets = await email.raw();
      const envelope = envelopeOf(octets);
      // the topmost is the mailbox's own: whose copy it holds
      return [email, { octets, forwardPath: envelope.forwardPaths[0], envelope }] as const;
    }),
  );
}

function shareOut(
  copies: readonly (readonly [StoredEmail, Copy])[],
  recipients: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly Copy[]> {
  const byKey: CopiesByKey = Map.groupBy(
    copies.map(([, copy]) => copy),
    ({ forwardPath }) => forwardPath && keyOf(forwardPath),
  );
  const nobodysByKey = groupByAddressee(copies.filter(([, { forwardPath }]) => forwardPath === undefined));
  return new Map(
    [...recipients].map(([name, address]): readonly [string, readonly Copy[]] => {
      const key = keyOf(address);
      return [name, [...(nobodysByKey.get(key) ?? []), ...(byKey.get(key) ?? [])]];
    }),
  );
}

/** Each copy once under every address that its header fields name. */
function groupByAddressee(
  copies: readonly (readonly [StoredEmail, Copy])[],
): ReadonlyMap<string, readonly Copy[]> {
  const named = copies.flatMap(([{ to, cc, bcc }, copy]) => {
    const keys = new Set([...to, ...cc, ...bcc].map(({ address }) => keyOf(address)));
    return [...keys].map((key) => ({ key, copy }));
  });
  const groups = Map.groupBy(named, ({ key }) => key);
  return new Map([...groups].map(([key, group]) => [key, group.map(({ copy }) => copy)]));
}

function keyOf(address: string): string {
  return addressKeyOf(address) ?? address.toLowerCase();
}
