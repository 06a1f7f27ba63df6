import type { JsonAddress } from './address-list.ts';
import { holdsInOrder } from './linear-text.ts';
import { readMoment } from './moment.ts';
import { cleanForSearch } from './plain-words.ts';
import type { StoredMessage } from './store.ts';

/** Whether a message fits a search. */
export type MessageFilter = (message: StoredMessage) => boolean;

/** Characters of a query that are read. */
const LONGEST_QUERY = 2_048;

/** Understands a search written in Mailpit's way: terms that must all fit, `-` or `!` in front for "not". */
export function parseSearch(query: string, timeZone: string): MessageFilter {
  const filters = splitTerms(query.slice(0, LONGEST_QUERY)).flatMap(
    (term) => parseTerm(term, timeZone) ?? [],
  );
  return (message) => filters.every((fits) => fits(message));
}

/** Words at spaces, except within quotes; the quotes themselves are dropped. */
function splitTerms(query: string): readonly string[] {
  const terms = query.match(/(?:"[^"]*(?:"|$)|[^" ])+/g) ?? [];
  return terms.map((term) => term.replaceAll('"', '').trim()).filter((term) => term !== '');
}

function parseTerm(term: string, timeZone: string): MessageFilter | undefined {
  if (cleanForSearch(term) === '') return undefined;
  const negated = /^[-!]./.test(term);
  const wanted = negated ? term.slice(1) : term;
  const fits = parseWord(wanted) ?? parsePrefixed(wanted, timeZone) ?? 'nothing said';
  if (fits === 'nothing said') return undefined;
  return negated ? (message) => !fits(message) : fits;
}

function parseWord(term: string): MessageFilter | undefined {
  switch (term.toLowerCase()) {
    case 'is:read':
      return (message) => message.read;
    case 'is:unread':
      return (message) => !message.read;
    case 'is:tagged':
      return (message) => message.tags.length > 0;
    case 'has:inline':
    case 'has:inlines':
      return (message) => message.inlineCount > 0;
    case 'has:attachment':
    case 'has:attachments':
      return (message) => message.attachmentCount > 0;
    default:
      return undefined;
  }
}

/** A term with a prefix; without a known one, words anywhere. A prefix with nothing behind it says nothing. */
function parsePrefixed(term: string, timeZone: string): MessageFilter | undefined {
  const [prefix = '', rest = ''] = cutPrefix(term);
  const value = prefix === 'subject' ? rest : cleanForSearch(rest);
  const size = readSize(value);
  if ((prefix === 'larger' || prefix === 'smaller') && size > 0) {
    return prefix === 'larger'
      ? (message) => message.raw.length > size
      : (message) => message.raw.length < size;
  }
  const searched = searchedTexts[prefix];
  if (searched !== undefined || prefix === 'tag' || prefix === 'after' || prefix === 'before') {
    if (value === '') return undefined;
  }
  if (searched !== undefined) {
    const isLike = likeness(value);
    return (message) => foldedTexts(searched, message).some(isLike);
  }
  if (prefix === 'tag') return (message) => message.tags.some((tag) => tag.toLowerCase() === value);
  if (prefix === 'after' || prefix === 'before') return parseDate(prefix, value, timeZone);
  const isLike = likeness(cleanForSearch(term));
  return (message) => foldedTexts(searchText, message).some(isLike);
}

const knownPrefix =
  /^(to|from|cc|bcc|reply-to|addressed|subject|message-id|tag|after|before|larger|smaller):(.*)$/is;

function cutPrefix(term: string): readonly string[] {
  const found = knownPrefix.exec(term);
  return found === null ? [] : [found[1]?.toLowerCase() ?? '', found[2] ?? ''];
}

/** The texts of a message that a prefix searches. */
type SearchedTexts = (message: StoredMessage) => readonly string[];

const searchText: SearchedTexts = (message) => [message.searchText];

const searchedTexts: Readonly<Record<string, SearchedTexts>> = {
  to: (message) => [listText(message.to)],
  from: (message) => [jsonText(message.from)],
  cc: (message) => [listText(message.cc)],
  bcc: (message) => [listText(message.bcc)],
  'reply-to': (message) => [listText(message.replyTo)],
  addressed: (message) => [
    jsonText(message.from),
    ...[message.to, message.cc, message.bcc, message.replyTo].map((list) => listText(list)),
  ],
  subject: (message) => [message.subject],
  'message-id': (message) => [message.messageId],
};

// Mailpit searches the JSON of its addresses, keys included, and an absent list is an empty object there
function listText(list: readonly JsonAddress[]): string {
  return list.length === 0 ? '{}' : jsonText(list);
}

function jsonText(value: JsonAddress | readonly JsonAddress[]): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What was made of a message for its searches; a test that waits for its mail searches all there is again and again. */
const foldedOnce = new WeakMap<StoredMessage, Map<SearchedTexts, readonly string[]>>();

function foldedTexts(texts: SearchedTexts, message: StoredMessage): readonly string[] {
  const ofMessage = foldedOnce.get(message) ?? new Map<SearchedTexts, readonly string[]>();
  foldedOnce.set(message, ofMessage);
  const folded = ofMessage.get(texts) ?? texts(message).map(foldAscii);
  ofMessage.set(texts, folded);
  return folded;
}

/** SQL's LIKE on texts that are folded: letters of ASCII without regard to case, `%` any text, `_` any character. */
function likeness(wanted: string): (foldedText: string) => boolean {
  const folded = foldAscii(wanted);
  if (!/[%_]/.test(folded)) return (text) => text.includes(folded);
  const parts = folded.split('%').filter((part) => part !== '');
  if (!folded.includes('_')) return (text) => holdsInOrder(text, parts);
  return (text) => holdsLikeInOrder(text, parts);
}

/** The same where parts hold `_`; a query is short, so the work grows with the text alone. */
function holdsLikeInOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const fits = (start: number): boolean => {
      for (let at = 0; at < part.length; at += 1) {
        if (part[at] !== '_' && part[at] !== text[start + at]) return false;
      }
      return true;
    };
    while (from + part.length <= text.length && !fits(from)) from += 1;
    if (from + part.length > text.length) return false;
    from += part.length;
  }
  return true;
}

function foldAscii(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function parseDate(prefix: 'after' | 'before', value: string, timeZone: string): MessageFilter | undefined {
  const moment = readMoment(value, timeZone);
  if (moment === undefined) return undefined;
  return prefix === 'after'
    ? (message) => message.createdAt.getTime() >= moment
    : (message) => message.createdAt.getTime() <= moment;
}

/** Octets in a size such as `500`, `2kb` or `1.5M`; 0 if it is none. */
function readSize(value: string): number {
  const found = /^(\d+(?:\.\d+)?)\s?(k|kb|m|mb)?$/.exec(value);
  if (found === null) return 0;
  const unit = { k: 1024, m: 1024 * 1024 }[found[2]?.charAt(0) ?? ''] ?? 1;
  return Math.trunc(Number(found[1]) * unit);
}
