import { tokenScope, type TokenMechanism } from '../../contract/vocabulary.ts';
import { accept, type Acceptance } from './decision.ts';

/** A token that a client gave, and what is known of it. */
export interface TokenFacts {
  /** Whether the message that carried it was of the mechanism's form. */
  readonly readable: boolean;
  /** The token as it was issued; `undefined` where it never was, or was revoked. */
  readonly issued:
    | {
        /** Whether it was issued to the login that was named with it. */
        readonly toThisLogin: boolean;
        /** Names of scopes. */
        readonly scopes: readonly string[];
        /** Milliseconds of the account's clock. */
        readonly expiresAt: number;
      }
    | undefined;
  /** Milliseconds of the account's clock. */
  readonly now: number;
}

/** Why a token is refused, in the words of RFC 6750 §3.1. */
export type TokenFault = 'invalid_request' | 'invalid_token' | 'insufficient_scope';

/** What is wrong with a token; `undefined` where it is good. An expired one is as unknown as one that never was. */
export function tokenFault({ readable, issued, now }: TokenFacts): TokenFault | undefined {
  if (!readable) return 'invalid_request';
  if (issued === undefined || !issued.toThisLogin || now >= issued.expiresAt) return 'invalid_token';
  return issued.scopes.includes(tokenScope) ? undefined : 'insufficient_scope';
}

/** The statuses of XOAUTH2 are those of HTTP. */
const httpStatuses = { invalid_request: '400', invalid_token: '401', insufficient_scope: '403' } as const;

/** The challenge that holds the fault as JSON in base64 (RFC 7628 §3.2.2; XOAUTH2 has a form of its own). */
export function tokenError(mechanism: TokenMechanism, fault: TokenFault): Acceptance {
  const facts =
    mechanism === 'XOAUTH2'
      ? { status: httpStatuses[fault], schemes: 'Bearer', scope: tokenScope }
      : { status: fault, scope: tokenScope };
  return accept(`334 ${btoa(JSON.stringify(facts))}`);
}
