import { createHash, timingSafeEqual } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { isIPv6 } from 'node:net';

/** Wrong tokens that one address may show within {@link GUESS_WINDOW_MS}; then none of its tokens is looked at. */
export const MOST_WRONG_TOKENS = 10;
/** Milliseconds for which a wrong token counts. */
export const GUESS_WINDOW_MS = 60_000;
/** Addresses whose wrong tokens are counted at once; the one that was wrong longest ago goes first. */
const MOST_ADDRESSES = 10_000;

/** What is said of a token that was shown. */
export type TokenVerdict =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong' }
  /** Too many wrong ones came from there: this one was not looked at, and `waitMs` milliseconds later one will be. */
  | { readonly kind: 'too many'; readonly waitMs: number };

/** Looks at a token that an address shows, whichever way it shows it. */
export type TokenCheck = (address: string, token: string) => TokenVerdict;

/**
 * A check against the token whose hash is given. A token that people chose may be guessed, so that an address has a
 * bounded number of tries. `now` gives milliseconds of a clock that never goes back.
 */
export function createTokenCheck(tokenHash: string, now: () => number = () => performance.now()): TokenCheck {
  // the times of the wrong ones by who showed them; the one who was wrong last at the end
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

/** Who an address is: one IPv4 address, or an IPv6 network of 64 bits, all of which one machine can use. */
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

/** Whether a text is the token; its time does not tell how much of it was right. */
function isToken(text: string, tokenHash: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(text)), Buffer.from(tokenHash));
}
