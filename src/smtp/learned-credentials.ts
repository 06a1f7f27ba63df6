/** What an answer in AUTH gave away: a password or a token, or, of an answer that is a name, nothing. */
export interface Learned {
  readonly password: string | undefined;
}

/**
 * The secret in an answer, as octets: behind the last NUL of AUTH PLAIN (RFC 4616 §2), else the whole, decoded where it
 * is base64. A name is no secret, for it may well be the sender's address.
 */
export function credentialsIn(answer: string, isName: boolean): Learned {
  const decoded = decode(answer.trim());
  // XOAUTH2 and OAUTHBEARER (RFC 7628 §3.1)
  const bearer = decoded?.split('\x01').find((part) => /^auth=bearer /i.test(part));
  if (bearer !== undefined) return { password: bearer.slice('auth=bearer '.length).trim() };
  const parts = decoded?.split('\0') ?? [];
  if (parts.length > 1) return { password: parts.at(-1) };
  return { password: isName ? undefined : (decoded ?? answer.trim()) };
}

function decode(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}
