import type { TokenMechanism } from '../../contract/vocabulary.ts';
import type { CredentialChoice } from '../scenario/dialogue.ts';
import { loginChoices, type LoginChoice } from '../situation/given.ts';
import type { Credentials, Situation } from '../target/target.ts';

/** A password that no target gives out. */
const WRONG_PASSWORD = 'wrong-password';

/** The credentials that an AUTH line carries; `undefined` where the situation has none of that kind. */
export function chooseCredentials(
  situation: Situation,
  choice: CredentialChoice,
  login: LoginChoice,
): Credentials | undefined {
  const right = situation.credentials(login);
  switch (choice) {
    case 'right password':
      return right;
    case 'wrong password':
      return right && { login: right.login, password: WRONG_PASSWORD };
    case 'old password':
      return situation.oldCredentials(login);
    case 'unknown login':
      return { login: situation.unknownLogin(), password: WRONG_PASSWORD };
  }
}

/** The initial response of AUTH PLAIN (RFC 4616 §2). */
export function plainResponse({ login, password }: Credentials): string {
  return base64(`\0${login}\0${password}`);
}

/** The initial response of a mechanism that carries a token (RFC 7628 §3.1; XOAUTH2 as its inventor writes it). */
export function tokenResponse(mechanism: TokenMechanism, login: string, token: string): string {
  if (mechanism === 'XOAUTH2') return base64(`user=${login}\x01auth=Bearer ${token}\x01\x01`);
  const name = login.replaceAll('=', '=3D').replaceAll(',', '=2C');
  return base64(`n,a=${name},\x01auth=Bearer ${token}\x01\x01`);
}

/** Text as base64 of its UTF-8 octets. */
export function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** The passwords and tokens that no transcript and no finding may show. */
export function secretsOf(situation: Situation): readonly string[] {
  const known = loginChoices.flatMap((login) => [
    situation.credentials(login),
    situation.oldCredentials(login),
  ]);
  const passwords = known.flatMap((one) => (one === undefined || one.password === '' ? [] : [one.password]));
  return [...passwords, ...(situation.tokens?.all() ?? [])];
}
