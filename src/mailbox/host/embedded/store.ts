import type { JsonAddress } from './address-list.ts';
import { cleanForSearch, createSnippet, stripHtml } from './plain-words.ts';
import { readHeader, readIdHeader, type ParsedMessage } from './parsed-message.ts';
import { createShortId } from './short-id.ts';
import { cleanTags, tagsOfMessage } from './tags.ts';

/** A message in the stand-in's memory. Read mark and tags change; they are replaced together with the record. */
export interface StoredMessage {
  readonly id: string;
  readonly createdAt: Date;
  readonly raw: Buffer;
  readonly messageId: string;
  readonly subject: string;
  readonly from: JsonAddress;
  readonly to: readonly JsonAddress[];
  readonly cc: readonly JsonAddress[];
  readonly bcc: readonly JsonAddress[];
  readonly replyTo: readonly JsonAddress[];
  readonly inlineCount: number;
  readonly attachmentCount: number;
  readonly searchText: string;
  readonly snippet: string;
  readonly read: boolean;
  readonly tags: readonly string[];
}

/** The stand-in's memory: a bounded number of messages, the oldest forgotten first. */
export interface MessageStore {
  add(raw: Buffer, parsed: ParsedMessage, createdAt: Date): string;
  get(id: string): StoredMessage | undefined;
  /** Newest first. */
  list(): readonly StoredMessage[];
  /** Ids that are not there are passed over, here and below. */
  remove(ids: readonly string[]): void;
  markRead(ids: readonly string[], read: boolean): void;
  setTags(ids: readonly string[], tags: readonly string[]): void;
  /** How many messages were deleted since the start. */
  deletedCount(): number;
}

/** Octets of messages that are kept at most, whatever their number. */
export const MOST_OCTETS = 256 * 1024 * 1024;

/** An empty memory for at most so many messages, and octets of messages. */
export function createMessageStore(maxMessages: number, maxOctets = MOST_OCTETS): MessageStore {
  const messages = new Map<string, StoredMessage>();
  let deleted = 0;
  let octets = 0;
  const forget = (id: string): void => {
    octets -= messages.get(id)?.raw.length ?? 0;
    if (messages.delete(id)) deleted += 1;
  };
  const change = (ids: readonly string[], changed: Partial<StoredMessage>): void => {
    for (const id of ids) {
      const message = messages.get(id);
      if (message !== undefined) messages.set(id, { ...message, ...changed });
    }
  };
  return {
    add: (raw, parsed, createdAt) => {
      const message = describeMessage(raw, parsed, createdAt);
      messages.set(message.id, message);
      octets += raw.length;
      for (const oldest of messages.keys()) {
        if (messages.size <= maxMessages && (octets <= maxOctets || oldest === message.id)) break;
        forget(oldest);
      }
      return message.id;
    },
    get: (id) => messages.get(id),
    list: () => [...messages.values()].toReversed(),
    remove: (ids) => {
      for (const id of ids) forget(id);
    },
    markRead: (ids, read) => change(ids, { read }),
    setTags: (ids, tags) => change(ids, { tags: cleanTags(tags) }),
    deletedCount: () => deleted,
  };
}

function describeMessage(raw: Buffer, parsed: ParsedMessage, createdAt: Date): StoredMessage {
  return {
    id: createShortId(),
    createdAt,
    raw,
    messageId: readIdHeader(parsed.fields, 'Message-ID'),
    subject: readHeader(parsed.fields, 'Subject'),
    from: parsed.from,
    to: parsed.to,
    cc: parsed.cc,
    bcc: parsed.bcc,
    replyTo: parsed.replyTo,
    inlineCount: parsed.inlines.length,
    attachmentCount: parsed.attachments.length,
    searchText: collectSearchText(parsed),
    snippet: createSnippet(parsed.text, parsed.html),
    read: false,
    tags: tagsOfMessage(parsed),
  };
}

function collectSearchText(parsed: ParsedMessage): string {
  const names = ['From', 'Subject', 'To', 'Cc', 'Bcc', 'Reply-To', 'Return-Path'];
  const headers = names.map((name) => readHeader(parsed.fields, name));
  const body = stripHtml(parsed.html, 'with links') || parsed.text;
  return cleanForSearch([...headers, body, ...parsed.attachments.map((part) => part.fileName)].join(' '));
}
