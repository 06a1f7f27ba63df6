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

/** What a message with a token named: no login is the token's own, no token is a message of another form. */
export interface TokenMessage {
  readonly login: string | undefined;
  readonly token: string | undefined;
}

const unreadable: TokenMessage = { login: undefined, token: undefined };

/** `user=LOGIN ^A auth=Bearer TOKEN ^A ^A`, as XOAUTH2 writes it. */
export function readXoauth2(octets: Buffer): TokenMessage {
  const [user, auth, ...rest] = decodeUtf8(octets)?.split('\x01') ?? [];
  const token = tokenIn(auth);
  if (user === undefined || token === undefined || rest.join('\x01') !== '\x01') return unreadable;
  const login = /^user=(.+)$/s.exec(user)?.[1];
  return login === undefined ? unreadable : { login: readLogin(Buffer.from(login)), token };
}

/**
 * `n,a=LOGIN, ^A host=… ^A port=… ^A auth=Bearer TOKEN ^A ^A` (RFC 7628 §3.1 over the header of RFC 5801 §4). The login may be
 * left out. Channel binding, which the header can ask for, is not known here.
 */
export function readOauthBearer(octets: Buffer): TokenMessage {
  const [header = '', ...rest] = decodeUtf8(octets)?.split('\x01') ?? [];
  const [, isHeader, name] = /^([ny],)(?:a=((?:[^\0,=]|=2C|=3D)+))?,$/.exec(header) ?? [];
  const values = rest.slice(0, -2);
  if (isHeader === undefined || rest.slice(-2).join('|') !== '|') return unreadable;
  if (!values.every((pair) => /^[A-Za-z]+=[^\0]*$/.test(pair))) return unreadable;
  const token = tokenIn(values.find((pair) => pair.startsWith('auth=')));
  if (token === undefined) return unreadable;
  const login = name?.replaceAll('=2C', ',').replaceAll('=3D', '=');
  return { login: login === undefined ? undefined : readLogin(Buffer.from(login)), token };
}

/** The token behind `auth=Bearer`, whatever the case of the scheme (RFC 6750 §2.1, RFC 7628 §3.1). */
function tokenIn(pair: string | undefined): string | undefined {
  return /^auth=bearer +([\w.~+/-]+=*)$/i.exec(pair ?? '')?.[1];
}

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
