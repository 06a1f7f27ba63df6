import { z } from 'zod';

/** An address as a header shows it; the name may be empty, and so may the address if the header is unreadable. */
export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** One email in the mailbox, as the mailbox describes it. */
export interface StoredEmail {
  /** The mailbox's own id. */
  readonly id: string;
  /** The Message-ID without its angle brackets. */
  readonly messageId: string;
  readonly subject: string;
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  /** Also holds the forward-paths that no header named: the mailbox writes them there. */
  readonly bcc: readonly MailAddress[];
  /** When the mailbox took it. */
  readonly createdAt: Date;
  /** Octets, the mailbox's own additions included. */
  readonly size: number;
  /** The exact octets that are stored, the mailbox's own additions included. */
  raw(): Promise<Uint8Array>;
}

const address = z
  .object({ Name: z.string(), Address: z.string() })
  .transform(({ Name, Address }): MailAddress => ({ name: Name, address: Address }));

// Mailpit says null where a message has no such header
const addresses = z
  .array(address)
  .nullish()
  .transform((list) => list ?? []);

const item = z.object({
  ID: z.string().min(1),
  MessageID: z.string(),
  Subject: z.string(),
  From: address.nullish(),
  To: addresses,
  Cc: addresses,
  Bcc: addresses,
  Created: z.iso.datetime({ offset: true }),
  Size: z.number().int().nonnegative(),
});

/** One line of a list, as Mailpit's API gives it. */
export type MailpitItem = z.infer<typeof item>;

/** A page of a list or of a search, as Mailpit's API gives it; what we do not read is not checked. */
export const mailpitPage = z.object({
  messages_count: z.number().int().nonnegative(),
  messages: z.array(item),
});

/** The part of Mailpit's account of itself that we read. */
export const mailpitInfo = z.object({
  Version: z.string(),
  Messages: z.number().int().nonnegative(),
  Unread: z.number().int().nonnegative(),
});

/** Turns Mailpit's line into ours; `readRaw` fetches the octets of an id. */
export function describeEmail(line: MailpitItem, readRaw: (id: string) => Promise<Uint8Array>): StoredEmail {
  return {
    id: line.ID,
    messageId: line.MessageID,
    subject: line.Subject,
    from: line.From ?? { name: '', address: '' },
    to: line.To,
    cc: line.Cc,
    bcc: line.Bcc,
    createdAt: new Date(line.Created),
    size: line.Size,
    raw: () => readRaw(line.ID),
  };
}
