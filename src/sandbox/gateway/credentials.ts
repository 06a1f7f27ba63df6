import { decodeUtf8 } from '../../smtp/bytes.ts';

/** What an AUTH exchange named: `undefined` stands for octets that are nobody's login, or no password at all. */
export interface Credentials {
  readonly login: string | undefined;
  readonly password: string | undefined;
}

/** Octets of the longest login that somebody may have; a longer name is nobody's, and is not kept. */
const LONGEST_LOGIN = 255;

/**
 * `[authzid] NUL authcid NUL passwd` (RFC 4616 §2). Octets of another form name nobody: their base64 is valid, so they
 * are wrong credentials and no syntax error (RFC 4954 §4). Nobody may act as somebody else.
 */
export function readPlain(message: Buffer): Credentials {
  const [authorization, login, password, ...surplus] = splitAtNul(message);
  if (authorization === undefined || login === undefined || password === undefined) return nobody;
  const actsAsItself = authorization.length === 0 || authorization.equals(login);
  return {
    login: readLogin(login),
    password: actsAsItself && surplus.length === 0 ? decodeUtf8(password) : undefined,
  };
}

/** The login that octets name; `undefined` where they are no UTF-8 (RFC 4616 §2), empty or too long. */
export function readLogin(octets: Buffer): string | undefined {
  return octets.length === 0 || octets.length > LONGEST_LOGIN ? undefined : decodeUtf8(octets);
}

const nobody: Credentials = { login: undefined, password: undefined };

/** The parts between NULs, at most four: what is more makes no difference. */
function splitAtNul(message: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  for (let end = message.indexOf(0); end !== -1 && parts.length < 3; end = message.indexOf(0, from)) {
    parts.push(message.subarray(from, end));
    from = end + 1;
  }
  parts.push(message.subarray(from));
  return parts;
}
