import { decodeUtf8 } from '../../smtp/bytes.ts';
import type { TokenMechanism } from '../../contract/vocabulary.ts';
import type { CredentialDecision, Decision } from '../policy/decision.ts';
import { decodeBase64 } from './base64.ts';
import { readLogin, readOauthBearer, readPlain, readXoauth2, type Credentials } from './credentials.ts';
import type { ConnectionRecord } from '../store/account-record.ts';
import type { Store } from '../store/store.ts';
import type { AuthExchange } from './dialogue-state.ts';
import { sessionFacts, type SessionContext } from './session-context.ts';
import { forceAt } from './triggered.ts';
import { choicesOf, sessionChoices } from './session-standing.ts';

/** The AUTH command, with or without an initial response (RFC 4954 §4). */
export async function beginAuth(context: SessionContext, argument: string): Promise<Decision> {
  const { state, parts } = context;
  const [name = '', initial, ...surplus] = argument.split(/[ \t]+/);
  const mechanism = name.toUpperCase();
  const choices = await sessionChoices(context);
  const surplusWords = surplus.length > 0;
  const decision = parts.policy.auth({ session: sessionFacts(state), mechanism, surplusWords, choices });
  if (decision.kind !== 'accept') return decision;
  const exchange = firstExchange(mechanism);
  // a lone `=` is an empty initial response (RFC 4954 §4)
  if (initial !== undefined) return takeResponse(context, exchange, initial === '=' ? '' : initial);
  state.exchange = exchange;
  return decision;
}

function firstExchange(mechanism: string): AuthExchange {
  if (mechanism === 'XOAUTH2' || mechanism === 'OAUTHBEARER') return { kind: 'token response', mechanism };
  return mechanism === 'PLAIN' ? { kind: 'PLAIN response' } : { kind: 'LOGIN username' };
}

/** A line in the middle of an exchange. */
export async function answerExchange(
  context: SessionContext,
  exchange: AuthExchange,
  line: string,
): Promise<Decision> {
  context.state.exchange = undefined;
  return line === '*'
    ? context.parts.policy.brokenExchange('cancelled')
    : takeResponse(context, exchange, line);
}

async function takeResponse(
  context: SessionContext,
  exchange: AuthExchange,
  response: string,
): Promise<Decision> {
  const { policy } = context.parts;
  const octets = decodeBase64(response);
  if (octets === undefined) return policy.brokenExchange('no base64');
  switch (exchange.kind) {
    case 'PLAIN response':
      return checkPassword(context, readPlain(octets));
    case 'LOGIN username':
      context.state.exchange = { kind: 'LOGIN password', login: readLogin(octets) };
      return policy.passwordChallenge();
    case 'LOGIN password':
      return checkPassword(context, { login: exchange.login, password: decodeUtf8(octets) });
    case 'token response':
      return checkToken(context, exchange.mechanism, octets);
    case 'token error':
      return exchange.refusal;
  }
}

async function checkPassword(context: SessionContext, { login, password }: Credentials): Promise<Decision> {
  const forced = forceAt(context, 'AUTH', { login: login ?? '' });
  if (forced) return forced;
  const { matchesPassword } = context.parts;
  return checkCredentials(
    context,
    login,
    ({ sealedPassword }) => password !== undefined && matchesPassword(sealedPassword, password),
  );
}

/** A token that is refused is told what is wrong with it first, and is refused at the client's next line (RFC 7628 §3.2.3). */
async function checkToken(
  context: SessionContext,
  mechanism: TokenMechanism,
  octets: Buffer,
): Promise<Decision> {
  const { policy, tokens } = context.parts;
  const said = mechanism === 'XOAUTH2' ? readXoauth2(octets) : readOauthBearer(octets);
  const issued = said.token === undefined ? undefined : tokens.find(said.token);
  const login = said.login ?? (mechanism === 'OAUTHBEARER' ? issued?.login : undefined);
  const forced = forceAt(context, 'AUTH', { login: login ?? '' });
  if (forced) return forced;
  const readable = said.token !== undefined;
  let fault = policy.tokenFault({ readable, issued: undefined, now: 0 }) ?? 'invalid_token';
  const decision = await checkCredentials(context, login, ({ id }, now) => {
    const found = policy.tokenFault({
      readable,
      issued: issued && { ...issued, toThisLogin: issued.connection === id },
      now,
    });
    fault = found ?? fault;
    return found === undefined;
  });
  if (decision.kind === 'accept' || decision.attempt !== 'failed') return decision;
  context.state.exchange = { kind: 'token error', refusal: decision };
  return policy.tokenError(mechanism, fault);
}

/** Whether what came with a login is good for a connection; `now` is its account's clock, milliseconds. */
type Match = (connection: ConnectionRecord, now: number) => boolean;

async function checkCredentials(
  context: SessionContext,
  login: string | undefined,
  matches: Match,
): Promise<CredentialDecision> {
  const { state, group, parts } = context;
  const { store } = parts;
  const found = login === undefined ? undefined : await store.findLogin(login);
  // on listeners of an account's own nobody else's login is known (rule `sandbox.listeners`)
  const connection = group.owner === undefined || found?.account === group.owner ? found : undefined;
  const timekeeper = connection?.account ?? group.owner;
  const standing = timekeeper === undefined ? undefined : await store.readStanding(timekeeper);
  const addressNow = parts.clock.now();
  const now = standing === undefined ? addressNow : parts.accountNow(standing.clock);
  // no login has a blank in its first place, so an address never counts as one
  const addressKey = ` ${group.owner ?? ''} ${context.clientAddress}`;
  const failures = failuresOf(context, login, connection !== undefined, addressKey);
  const decision = parts.policy.credentials({
    now,
    failedAt: await failures.read(now),
    addressNow,
    addressFailedAt:
      parts.choices.addressAttempts === null ? [] : await readFailures(store, addressKey, addressNow),
    connection:
      connection === undefined
        ? { kind: 'unknown' }
        : {
            kind: 'known',
            passwordMatches: matches(connection, now),
            blocked: connection.blocked,
          },
    choices: standing === undefined ? parts.choices : choicesOf(parts, standing),
  });
  if (decision.kind === 'accept') {
    state.connection = connection;
    await failures.clear();
  } else if (decision.attempt === 'failed') {
    await failures.add(now);
    if (parts.choices.addressAttempts !== null) await store.addLoginFailure(addressKey, addressNow);
  }
  return decision;
}

/** Where the failures of a login are kept. */
interface Failures {
  read(now: number): Promise<readonly number[]>;
  add(at: number): Promise<void>;
  clear(): Promise<void>;
}

/** The failures of a login; those of nobody's name are counted in the session that gave it. */
function failuresOf(
  { state, group, parts }: SessionContext,
  login: string | undefined,
  isKnown: boolean,
  addressKey: string,
): Failures {
  const key = !isKnown && group.owner !== undefined ? `${group.owner}/${login}` : login;
  if (key === undefined || !(isKnown || parts.failedNames.admits(addressKey, key, parts.clock.now()))) {
    return {
      read: async (now) => {
        state.nobodyFailedAt = state.nobodyFailedAt.filter((at) => at <= now);
        return state.nobodyFailedAt;
      },
      add: async (at) => {
        state.nobodyFailedAt = [...state.nobodyFailedAt, at].slice(-parts.choices.loginAttempts);
      },
      clear: async () => undefined,
    };
  }
  const { store } = parts;
  return {
    read: (now) => readFailures(store, key, now),
    add: (at) => store.addLoginFailure(key, at),
    clear: () => store.clearLoginFailures(key),
  };
}

/** Failures of a login; those that are still to come are of before the clock was set back, and are forgotten for good. */
async function readFailures(store: Store, key: string, now: number): Promise<readonly number[]> {
  const failedAt = await store.readLoginFailures(key);
  if (failedAt.every((at) => at <= now)) return failedAt;
  await store.forgetLoginFailuresAfter(key, now);
  return failedAt.filter((at) => at <= now);
}
