import { tokenScope } from '../../contract/vocabulary.ts';
import { bodyOf, type ControlClient } from '../../control-api/client.ts';
import type { LoginChoice, TokenChoice } from '../situation/given.ts';
import type { CaseTokens } from './target.ts';

interface Owner {
  readonly account: { readonly id: string };
  readonly connection: { readonly id: string };
}

const HOUR_MS = 60 * 60_000;

const setups = {
  token: { scopes: [tokenScope], expiresInMs: HOUR_MS },
  'expired token': { scopes: [tokenScope], expiresInMs: 0 },
  'token of another login': { scopes: [tokenScope], expiresInMs: HOUR_MS },
  'token of another scope': { scopes: ['smtp.read'], expiresInMs: HOUR_MS },
} as const satisfies Record<Exclude<TokenChoice, 'unknown token'>, object>;

/** Tokens of the logins that are found, issued through a control API. */
export function caseTokens(
  find: (login: LoginChoice) => { readonly client: ControlClient; readonly owner: Owner | undefined },
): CaseTokens {
  const given = new Map<string, string>();
  const issue = async (client: ControlClient, choice: TokenChoice, owner: Owner): Promise<string> => {
    if (choice === 'unknown token') return `never-issued-to-${owner.connection.id}`;
    const { scopes, expiresInMs } = setups[choice];
    const { token } = await bodyOf(
      client.accounts[':account'].connections[':connection'].tokens.$post({
        param: { account: owner.account.id, connection: owner.connection.id },
        json: { scopes: [...scopes], expiresInMs },
      }),
    );
    return token;
  };
  return {
    token: async (choice, login) => {
      const other = login === 'first' ? 'second' : 'first';
      const { client, owner } = find(choice === 'token of another login' ? other : login);
      if (owner === undefined) return undefined;
      const key = `${choice} ${login}`;
      const token = given.get(key) ?? (await issue(client, choice, owner));
      given.set(key, token);
      return token;
    },
    all: () => [...given.values()],
  };
}
