import { createHash, timingSafeEqual } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { isIPv6 } from 'node:net';

/** Wrong tokens that one address may send within {@link GUESS_WINDOW_MS}; further tokens are refused unread. */
export const MOST_WRONG_TOKENS = 10;
/** Milliseconds for which a wrong token counts. */
export const GUESS_WINDOW_MS = 60_000;
/** Addresses that are counted at once; the one whose last wrong token is oldest is forgotten first. */
const MOST_ADDRESSES = 10_000;

/** The result of a check. */
export type TokenVerdict =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong' }
  /** The address sent too many wrong tokens. This one was not read; after `waitMs` milliseconds the next one is. */
  | { readonly kind: 'too many'; readonly waitMs: number };

/** Checks a token that an address sent, in a header or in the log-in form. */
export type TokenCheck = (address: string, token: string) => TokenVerdict;

/**
 * Creates a check against the token with this hash. People choose tokens that can be guessed, so an address has a
 * bounded number of tries. `now` gives milliseconds of a clock that never goes back.
 */
export function createTokenCheck(tokenHash: string, now: () => number = () => performance.now()): TokenCheck {
  // times of wrong tokens by network, the most recently wrong network last
  const wrongTimes = new Map<string, readonly number[]>();
  return (address, token) => {
    const from = networkOf(address);
    const since = now() - GUESS_WINDOW_MS;
    const counted = (wrongTimes.get(from) ?? []).filter((time) => time > since);
    const [oldest] = counted;
    if (oldest !== undefined && counted.length >= MOST_WRONG_TOKENS)
      return { kind: 'too many', waitMs: oldest - since };
    if (isToken(token, tokenHash)) return { kind: 'right' };
    wrongTimes.delete(from);
    const [longestAgo] = wrongTimes.keys();
    if (wrongTimes.size >= MOST_ADDRESSES && longestAgo !== undefined) wrongTimes.delete(longestAgo);
    wrongTimes.set(from, [...counted, now()]);
    return { kind: 'wrong' };
  };
}

/** The form in which a token is kept: nobody can read it back. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The unit that is counted: an IPv4 address, or an IPv6 network of 64 bits, since one machine can use all of it. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const first = head.split(':').filter((part) => part !== '');
  const last = (tail ?? '').split(':').filter((part) => part !== '');
  const gap = tail === undefined ? [] : Array.from({ length: 8 - first.length - last.length }, () => '0');
  return [...first, ...gap, ...last]
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':');
}

/** Compares in constant time. */
function isToken(text: string, tokenHash: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(text)), Buffer.from(tokenHash));
}
