/**
 * Reads address lists of header fields (RFC 5322 §3.4, the obsolete forms of §4.4, groups in From by RFC 6854, UTF-8
 * by RFC 6532). The answer is the complete list or the reason why there is none: no part is passed over, so every
 * address that a receiver may show is in the list. One pass, one token ahead.
 */
import { createLexer, type CharacterSource, type Lexer, type Token } from './address-lexer.ts';
import { holdsStrayOctet } from './header-text.ts';

/** One mailbox of a list. */
export interface Mailbox {
  /** As text, quotes and comments taken off, encoded words left as they are; empty where there is none. */
  readonly displayName: string;
  /** Without comments and folding blanks; a quoted one keeps its quotes. */
  readonly localPart: string;
  /** The same; an address literal keeps its brackets. It need not be a host name. */
  readonly domain: string;
}

/** What a field holds. */
export type AddressList =
  | { readonly kind: 'read'; readonly mailboxes: readonly Mailbox[] }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Reads the value of a field, unfolded. */
export function parseAddressList(value: CharacterSource): AddressList {
  const lexer = createLexer(value);
  const mailboxes: Mailbox[] = [];
  let inGroup = false;
  for (;;) {
    const words = readWords(lexer);
    const next = lexer.next();
    switch (next.kind) {
      case 'broken':
        return unreadable(next.text);
      case '@': {
        const mailbox = readAddress(lexer, '', words);
        if ('why' in mailbox) return unreadable(mailbox.why);
        mailboxes.push(mailbox);
        break;
      }
      case '<': {
        const name = phraseOf(words);
        if (name === undefined) return unreadable('a display name begins with a dot');
        const mailbox = readAngleAddress(lexer, name);
        if ('why' in mailbox) return unreadable(mailbox.why);
        mailboxes.push(mailbox);
        break;
      }
      case ':':
        if (inGroup || phraseOf(words) === undefined || words.length === 0)
          return unreadable('a colon stands where no group can begin');
        inGroup = true;
        continue;
      case ',':
      case ';':
      case 'end':
        if (words.length > 0) return unreadable('a part holds words and no address');
        lexer.putBack(next);
        break;
      case '>':
        return unreadable('a ">" closes nothing');
      case 'literal':
        return unreadable('a domain literal stands outside an address');
      case 'atom':
      case 'quoted':
      case '.':
        throw new Error(`Words were read up to the word ${next.text}.`);
    }
    // behind an address or an empty part stands what separates it from the next one
    let separator = lexer.next();
    if (separator.kind === ';' && inGroup) {
      inGroup = false;
      separator = lexer.next();
    }
    if (separator.kind === 'broken') return unreadable(separator.text);
    if (separator.kind === 'end') {
      return inGroup ? unreadable('a group is not closed') : { kind: 'read', mailboxes };
    }
    if (separator.kind !== ',') return unreadable('more text follows an address');
  }
}

/** A mailbox as text, `local@domain`. */
export function mailboxText({ localPart, domain }: Pick<Mailbox, 'localPart' | 'domain'>): string {
  return `${localPart}@${domain}`;
}

/** Words and dots up to the next other token. */
function readWords(lexer: Lexer): readonly Token[] {
  const words: Token[] = [];
  for (;;) {
    const token = lexer.next();
    if (token.kind !== 'atom' && token.kind !== 'quoted' && token.kind !== '.') {
      lexer.putBack(token);
      return words;
    }
    words.push(token);
  }
}

/** The words of a display name as text; `undefined` where they begin with a dot (RFC 5322 §4.1, obs-phrase). */
function phraseOf(words: readonly Token[]): string | undefined {
  if (words[0]?.kind === '.') return undefined;
  return words
    .map((word, at) => {
      const text = word.kind === 'quoted' ? word.text.slice(1, -1).replaceAll(/\\(.)/gsu, '$1') : word.text;
      return at > 0 && word.spaced ? ` ${text}` : text;
    })
    .join('');
}

/** What cannot be read, and why. */
interface Broken {
  readonly why: string;
}

/** Reads behind `<`: a source route, which is passed over (RFC 5322 §4.4), and the address up to `>`. */
function readAngleAddress(lexer: Lexer, displayName: string): Mailbox | Broken {
  const broken = skipRoute(lexer);
  if (broken !== undefined) return broken;
  const words = readWords(lexer);
  const at = lexer.next();
  if (at.kind !== '@') return { why: at.kind === 'broken' ? at.text : 'angle brackets hold no address' };
  const mailbox = readAddress(lexer, displayName, words);
  if ('why' in mailbox) return mailbox;
  const end = lexer.next();
  if (end.kind === '>') return mailbox;
  return { why: end.kind === 'broken' ? end.text : 'angle brackets are not closed behind an address' };
}

/** Passes over `@a,@b:` where it begins, empty parts of it too; gives what is wrong with it. */
function skipRoute(lexer: Lexer): Broken | undefined {
  let token = lexer.next();
  if (token.kind !== '@' && token.kind !== ',') {
    lexer.putBack(token);
    return undefined;
  }
  let isNamed = false;
  for (;;) {
    while (token.kind === ',') token = lexer.next();
    if (token.kind === '@') {
      const domain = readDomain(lexer);
      if ('why' in domain) return domain;
      isNamed = true;
      token = lexer.next();
    }
    if (token.kind === ':' && isNamed) return undefined;
    if (token.kind !== ',') return { why: token.kind === 'broken' ? token.text : 'a source route is broken' };
  }
}

/** Begins an encoded word: a receiver that decodes it would show another address (RFC 2047 §5). */
const ENCODED_WORD = '=?';

/** Reads the domain behind `@` and puts a local part of these words before it. */
function readAddress(lexer: Lexer, displayName: string, words: readonly Token[]): Mailbox | Broken {
  // word *("." word), RFC 5322 §4.4
  const isLocalPart =
    words.length % 2 === 1 && words.every((word, at) => (word.kind === '.') === (at % 2 === 1));
  if (!isLocalPart) return { why: 'a local part is not one word, nor words with one dot between each two' };
  const localPart = words.map(({ text }) => text).join('');
  const domain = readDomain(lexer);
  if ('why' in domain) return domain;
  if (holdsStrayOctet(localPart) || holdsStrayOctet(domain.name)) return { why: 'an address is not UTF-8' };
  if (localPart.includes(ENCODED_WORD)) return { why: 'an encoded word stands in an address' };
  return { displayName, localPart, domain: domain.name };
}

/** Reads a domain: atoms with a dot between each two, or an address literal. */
function readDomain(lexer: Lexer): { readonly name: string } | Broken {
  const parts: string[] = [];
  let token = lexer.next();
  if (token.kind === 'literal') return { name: token.text };
  for (;;) {
    if (token.kind !== 'atom') {
      return { why: token.kind === 'broken' ? token.text : 'a domain is missing, or ends with a dot' };
    }
    if (token.text.includes(ENCODED_WORD)) return { why: 'an encoded word stands in an address' };
    parts.push(token.text);
    const dot = lexer.next();
    if (dot.kind !== '.') {
      lexer.putBack(dot);
      return { name: parts.join('.') };
    }
    token = lexer.next();
  }
}

function unreadable(why: string): AddressList {
  return { kind: 'unreadable', why };
}
