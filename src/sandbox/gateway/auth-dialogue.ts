import { refuseBy, type Decision } from '../policy/decision.ts';
import { decodeBase64Text } from './base64.ts';
import type { AuthExchange } from './dialogue-state.ts';
import { challenge, sessionFacts, type Conversation } from './conversation.ts';
import { forceAt } from './triggered.ts';
import { choicesOf, sessionChoices } from './session-standing.ts';

// exact for every client that knows them (rule `auth.mechanisms.login`)
const USERNAME_CHALLENGE = 'VXNlcm5hbWU6';
const PASSWORD_CHALLENGE = 'UGFzc3dvcmQ6';

/** The AUTH command, with or without an initial response (RFC 4954 §4). */
export async function beginAuth(conversation: Conversation, argument: string): Promise<Decision> {
  const { state, parts } = conversation;
  const [name = '', initial, ...surplus] = argument.split(/[ \t]+/);
  const mechanism = name.toUpperCase();
  const choices = await sessionChoices(conversation);
  const decision = parts.policy.auth({ session: sessionFacts(state), mechanism, choices });
  if (decision.kind !== 'accept') return decision;
  if (surplus.length > 0) return refuseBy('protocol.syntax', 'badArgument');
  const exchange: AuthExchange =
    mechanism === 'PLAIN' ? { kind: 'PLAIN response' } : { kind: 'LOGIN username' };
  if (initial !== undefined) return takeResponse(conversation, exchange, initial);
  state.exchange = exchange;
  return challenge(mechanism === 'PLAIN' ? '' : USERNAME_CHALLENGE);
}

/** A line in the middle of an exchange. */
export async function answerExchange(
  conversation: Conversation,
  exchange: AuthExchange,
  line: string,
): Promise<Decision> {
  conversation.state.exchange = undefined;
  return line === '*'
    ? refuseBy('auth.mechanisms', 'authCancelled')
    : takeResponse(conversation, exchange, line);
}

async function takeResponse(
  conversation: Conversation,
  exchange: AuthExchange,
  response: string,
): Promise<Decision> {
  const text = decodeBase64Text(response);
  if (text === undefined) return refuseBy('auth.mechanisms', 'badBase64');
  switch (exchange.kind) {
    case 'PLAIN response':
      return takePlain(conversation, text);
    case 'LOGIN username':
      conversation.state.exchange = { kind: 'LOGIN password', username: text };
      return challenge(PASSWORD_CHALLENGE);
    case 'LOGIN password':
      return checkCredentials(conversation, exchange.username, text);
  }
}

/** `[authzid] NUL authcid NUL passwd` (RFC 4616 §2); nobody may act as somebody else. */
async function takePlain(conversation: Conversation, text: string): Promise<Decision> {
  const [authorization, login, password, ...surplus] = text.split('\0');
  if (authorization === undefined || login === undefined || password === undefined || surplus.length > 0) {
    return refuseBy('auth.mechanisms', 'badBase64');
  }
  const actsAsItself = authorization === '' || authorization === login;
  return checkCredentials(conversation, login, actsAsItself ? password : undefined);
}

async function checkCredentials(
  conversation: Conversation,
  login: string,
  password: string | undefined,
): Promise<Decision> {
  const { state, group, parts } = conversation;
  const { store } = parts;
  const forced = forceAt(conversation, 'AUTH', { login });
  if (forced) return forced;
  const found = await store.findLogin(login);
  // on listeners of an account's own nobody else's login is known (rule `sandbox.listeners`)
  const connection = group.owner === undefined || found?.account === group.owner ? found : undefined;
  const timekeeper = connection?.account ?? group.owner;
  const standing = timekeeper === undefined ? undefined : await store.readStanding(timekeeper);
  const addressNow = parts.clock.now();
  const now = standing === undefined ? addressNow : parts.accountNow(standing.clock);
  const key = connection === undefined && group.owner !== undefined ? `${group.owner}/${login}` : login;
  // no login has a blank in its first place, so an address never counts as one
  const addressKey = ` ${group.owner ?? ''} ${conversation.clientAddress}`;
  const failedAt = await store.readLoginFailures(key);
  const decision = parts.policy.credentials({
    now,
    failedAt,
    addressNow,
    addressFailedAt: parts.choices.addressAttempts === null ? [] : await store.readLoginFailures(addressKey),
    connection:
      connection === undefined
        ? { kind: 'unknown' }
        : {
            kind: 'known',
            passwordMatches:
              password !== undefined && parts.matchesPassword(connection.sealedPassword, password),
            blocked: connection.blocked,
          },
    choices: standing === undefined ? parts.choices : choicesOf(parts, standing),
  });
  if (decision.kind === 'accept') {
    state.connection = connection;
    if (failedAt.length > 0) await store.clearLoginFailures(key);
  } else if (decision.attempt === 'failed') {
    await store.addLoginFailure(key, now);
    if (parts.choices.addressAttempts !== null) await store.addLoginFailure(addressKey, addressNow);
  }
  return decision;
}
