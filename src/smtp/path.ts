import { isAddressLiteral } from './address-literal.ts';
import { encodeUtf8 } from './bytes.ts';
import { domainKey } from './domain.ts';

/**
 * A mailbox path as MAIL and RCPT carry it (RFC 5321 §4.1.2). `text` is what stood between the angle brackets, byte
 * for byte, its source route taken off: that is what travels on.
 */
export interface Path {
  readonly text: string;
  readonly localPart: string;
  /** As written; empty for the bare `<Postmaster>` of RCPT. An address literal keeps its brackets. */
  readonly domain: string;
}

/** The reverse-path of MAIL: a path, or the null reverse-path `<>` of notifications. */
export type ReversePath = Path | 'null';

/** The forward-path of RCPT. */
export type ForwardPath = Path;

// RFC 5321 §4.5.3.1.3: 256 octets, the brackets included
const LONGEST_PATH = 254;
// a source route may stand before the path; more than this is nobody's address
const LONGEST_READ = 1024;

const ATOM = String.raw`[A-Za-z0-9!#$%&'*+/=?^_\u0060{|}~\u0080-\u{10FFFF}-]+`;
const DOT_STRING = String.raw`${ATOM}(?:\.${ATOM})*`;
const QUOTED = String.raw`"(?:[\x20\x21\x23-\x5B\x5D-\x7E\u0080-\u{10FFFF}]|\\[\x20-\x7E])*"`;
const LABEL = String.raw`[A-Za-z0-9\u0080-\u{10FFFF}](?:[A-Za-z0-9\u0080-\u{10FFFF}-]*[A-Za-z0-9\u0080-\u{10FFFF}])?`;
const DOMAIN = String.raw`${LABEL}(?:\.${LABEL})*`;
// what stands in it is read by the grammar of literals
const LITERAL = String.raw`\[[\x21-\x5A\x5E-\x7E]+\]`;
const ASCII_DOMAIN = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i;
// RFC 5321 §4.5.3.1.2
const LONGEST_DOMAIN = 255;
const SOURCE_ROUTE = String.raw`@${DOMAIN}(?:,@${DOMAIN})*:`;
const MAILBOX = new RegExp(
  `^(?:${SOURCE_ROUTE})?(?<path>(?<local>${DOT_STRING}|${QUOTED})@(?<domain>${DOMAIN}|${LITERAL}))$`,
  'iu',
);

/** Reads what stands between the angle brackets; `undefined` where it is no mailbox. */
export function parsePath(inside: string): Path | undefined {
  if (inside.length > LONGEST_READ) return undefined;
  const groups = MAILBOX.exec(inside)?.groups;
  if (groups?.['path'] === undefined || groups['local'] === undefined || groups['domain'] === undefined) {
    return undefined;
  }
  if (groups['domain'].startsWith('[') && !isAddressLiteral(groups['domain'])) return undefined;
  if (octetsIn(groups['path']) > LONGEST_PATH) return undefined;
  if (!groups['domain'].startsWith('[') && domainKey(groups['domain']) === undefined) return undefined;
  return { text: groups['path'], localPart: groups['local'], domain: groups['domain'] };
}

/** Octets of a text on the wire; a character has three at most, so a short one need not be encoded to know. */
function octetsIn(text: string): number {
  return text.length * 3 <= LONGEST_PATH ? text.length : encodeUtf8(text).length;
}

/** Whether a text is a domain as a path may hold one, in ASCII (RFC 5321 §4.1.2); an address literal is none. */
export function isAsciiDomain(text: string): boolean {
  return text.length <= LONGEST_DOMAIN && ASCII_DOMAIN.test(text);
}

/** Reads the inside of a reverse-path: empty is the null reverse-path. */
export function parseReversePath(inside: string): ReversePath | undefined {
  return inside === '' ? 'null' : parsePath(inside);
}

/** Reads the inside of a forward-path; `Postmaster` without a domain is one (RFC 5321 §4.1.1.3, §4.5.1). */
export function parseForwardPath(inside: string): ForwardPath | undefined {
  return /^postmaster$/i.test(inside) ? { text: inside, localPart: inside, domain: '' } : parsePath(inside);
}

/** Whether the path needs SMTPUTF8 (RFC 6531 §3.3): it holds a character beyond ASCII. */
export function isInternational(path: ReversePath): boolean {
  // oxlint-disable-next-line no-control-regex -- the whole of ASCII is meant, control characters included
  return path !== 'null' && !/^[\x00-\x7F]*$/.test(path.text);
}
