import { toASCII } from 'tr46';

/** Octets of a domain and of one of its labels, at most (RFC 1035 §2.3.4, RFC 5321 §4.5.3.1.2). */
const LONGEST_DOMAIN = 255;
const LONGEST_NAME = 253;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The form of a host name that is the same for all spellings of it: lower case, A-labels (UTS #46, non-transitional).
 * `undefined` where the text is no host name: an address literal, an empty label, a dot at the end, a character that
 * no label may hold, a label over 63 or a name over 253 octets. A label that begins with `xn--` but encodes no valid
 * U-label is equal to itself alone.
 */
export function domainKey(domain: string): string | undefined {
  if (domain.length > LONGEST_DOMAIN) return undefined;
  const name = ASCII_ONLY.test(domain) ? domain.toLowerCase() : toASCII(domain, UTS46);
  if (name === null || name.length > LONGEST_NAME) return undefined;
  return name.split('.').every((label) => LABEL.test(label)) ? name : undefined;
}

// oxlint-disable-next-line no-control-regex -- the whole of ASCII is meant, control characters included
const ASCII_ONLY = /^[\x00-\x7F]*$/;

const UTS46 = {
  checkBidi: true,
  checkHyphens: true,
  checkJoiners: true,
  useSTD3ASCIIRules: true,
  verifyDNSLength: true,
  transitionalProcessing: false,
} as const;
