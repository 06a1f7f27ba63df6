import { firstValue, textOf, type HeaderField } from './header-section.ts';
import type { MimePart } from './mime-tree.ts';
import { readHeader, readIdHeader, type ParsedMessage } from './parsed-message.ts';
import type { StoredMessage } from './store.ts';
import { readUnsubscribeLinks } from './unsubscribe-links.ts';
import { writeMessageDate } from './message-date.ts';

/** One line of a list, in the shape of Mailpit's API: absent address lists are null there. */
export function describeLine(message: StoredMessage, listing: 'list' | 'search'): object {
  const orNull = <Entry>(list: readonly Entry[]): readonly Entry[] | null =>
    list.length === 0 ? null : list;
  return {
    ID: message.id,
    MessageID: message.messageId,
    Read: message.read,
    From: message.from,
    To: orNull(message.to),
    Cc: orNull(message.cc),
    Bcc: orNull(message.bcc),
    // only the plain list has an empty one here
    ReplyTo: listing === 'list' ? message.replyTo : orNull(message.replyTo),
    Subject: message.subject,
    Created: message.createdAt.toISOString(),
    Username: '',
    Tags: message.tags,
    Size: message.raw.length,
    Attachments: message.attachmentCount,
    Snippet: message.snippet,
  };
}

/** A whole message without its attachments' octets, in the shape of Mailpit's API. */
export function describeMessage(message: StoredMessage, parsed: ParsedMessage): object {
  const { fields } = parsed;
  return {
    ID: message.id,
    MessageID: message.messageId,
    From: message.from,
    To: parsed.to,
    Cc: parsed.cc,
    Bcc: parsed.bcc,
    ReplyTo: parsed.replyTo,
    ReturnPath: readIdHeader(fields, 'Return-Path') || message.from.Address,
    Subject: message.subject,
    ListUnsubscribe: describeUnsubscribe(fields),
    Date: writeMessageDate(firstValue(fields, 'Date'), message.createdAt),
    Tags: message.tags,
    Username: '',
    Text: parsed.text,
    HTML: parsed.html,
    Size: message.raw.length,
    Inline: [...parsed.inlines, ...parsed.otherParts].flatMap((part) => describePart(part)),
    Attachments: parsed.attachments.flatMap((part) => describePart(part)),
  };
}

/** The header section, every name with its values; values are not decoded. */
export function describeHeaders(fields: readonly HeaderField[]): object {
  const values = Map.groupBy(fields, (field) => field.name);
  const names = [...values.keys()].toSorted();
  return Object.fromEntries(
    names.map((name) => [name, values.get(name)?.map((field) => textOf(field.value)) ?? []]),
  );
}

function describePart(part: MimePart): readonly object[] {
  if (part.fileName === '' && part.contentId === '') return [];
  return [
    {
      PartID: part.partId,
      FileName: part.fileName === '' ? part.contentId : part.fileName,
      ContentType: part.contentType,
      ContentID: part.contentId,
      Size: part.content.length,
    },
  ];
}

function describeUnsubscribe(fields: readonly HeaderField[]): object {
  const value = readHeader(fields, 'List-Unsubscribe');
  const found = value === '' ? { links: [], errors: '' } : readUnsubscribeLinks(value);
  return {
    Header: value,
    Links: found.links,
    Errors: found.errors,
    HeaderPost: value === '' ? '' : readHeader(fields, 'List-Unsubscribe-Post'),
  };
}
