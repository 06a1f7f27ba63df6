import { createHash } from 'node:crypto';

/** An access token that was issued to a connection. */
export interface IssuedToken {
  readonly account: string;
  readonly connection: string;
  readonly login: string;
  readonly scopes: readonly string[];
  /** Milliseconds of the account's clock. */
  readonly expiresAt: number;
}

/** The tokens of all accounts (rule `sandbox.tokens`). They live as long as the sandbox; only their hashes are kept. */
export interface TokenBook {
  issue(token: string, facts: IssuedToken): void;
  /** `undefined` where it was never issued, or was revoked. */
  find(token: string): IssuedToken | undefined;
  /** Makes all tokens of a connection worthless. */
  revoke(connection: string): void;
  /** Forgets those of an account. */
  clear(account: string): void;
}

/** Tokens that one account may have; the oldest goes. */
export const TOKENS_OF_AN_ACCOUNT = 1_000;

/** An empty book; `onIssue` hears of each token, which nobody may show. */
export function createTokenBook(onIssue: (token: string) => void): TokenBook {
  const accounts = new Map<string, Map<string, IssuedToken>>();
  const owners = new Map<string, string>();
  const forget = (book: Map<string, IssuedToken>, key: string) => {
    book.delete(key);
    owners.delete(key);
  };
  return {
    issue: (token, facts) => {
      onIssue(token);
      const key = hashOf(token);
      const book = accounts.get(facts.account) ?? new Map<string, IssuedToken>();
      accounts.set(facts.account, book);
      book.set(key, facts);
      owners.set(key, facts.account);
      const [oldest] = book.keys();
      if (book.size > TOKENS_OF_AN_ACCOUNT && oldest !== undefined) forget(book, oldest);
    },
    find: (token) => {
      const key = hashOf(token);
      const owner = owners.get(key);
      return owner === undefined ? undefined : accounts.get(owner)?.get(key);
    },
    revoke: (connection) => {
      for (const book of accounts.values())
        for (const [key, token] of book) if (token.connection === connection) forget(book, key);
    },
    clear: (account) => {
      for (const key of accounts.get(account)?.keys() ?? []) owners.delete(key);
      accounts.delete(account);
    },
  };
}

/** Looked up by its hash, so that how long a look-up takes tells nothing of the token. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
