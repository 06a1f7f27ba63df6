import type { Choices } from '../policy/choices.ts';
import { balanceAt, type SubscriptionFacts } from '../policy/charge.ts';
import type { AccountStanding, ConnectionRecord, Limits } from '../store/account-record.ts';
import type { SessionContext } from './session-context.ts';
import type { GatewayParts } from './gateway-parts.ts';

/** An account as the policy's facts need it. */
export interface SessionStanding {
  readonly connection: ConnectionRecord;
  readonly balance: number;
  readonly subscriptions: readonly SubscriptionFacts[];
  readonly sendLimitLeft: number | null;
  /** Account time, milliseconds. */
  readonly now: number;
  readonly choices: Choices;
}

/** Reads how the logged-in connection stands; throws where its account is gone, which ends in a local fault. */
export async function readSessionStanding(
  { parts }: SessionContext,
  connectionId: string,
): Promise<SessionStanding> {
  const connection = await parts.store.readConnection(connectionId);
  const standing = connection && (await parts.store.readStanding(connection.account));
  if (connection === undefined || standing === undefined) {
    throw new Error(`The connection ${connectionId} of an open session is gone from the store.`);
  }
  const now = parts.accountNow(standing.clock);
  return {
    connection,
    balance: balanceAt(standing.prepaid, standing.monthly, now),
    subscriptions: standing.monthly,
    sendLimitLeft: connection.sendLimit === null ? null : connection.sendLimit - connection.sendsUsed,
    now,
    choices: choicesOf(parts, standing),
  };
}

/** The choices that hold for a session: its account's after the login, its listeners' before. */
export async function sessionChoices(context: SessionContext): Promise<Choices> {
  const { state, group } = context;
  return state.connection === undefined
    ? group.choices()
    : (await readSessionStanding(context, state.connection.id)).choices;
}

/** The declared choices with what the account sets differently. */
export function choicesOf(
  parts: Pick<GatewayParts, 'choices'>,
  { limits }: Pick<AccountStanding, 'limits'>,
): Choices {
  const known = laidOver.get(limits);
  if (known?.under === parts.choices) return known.choices;
  const choices = withLimits(parts.choices, limits);
  laidOver.set(limits, { under: parts.choices, choices });
  return choices;
}

/** Every command asks for the choices of its account, whose limits hardly ever change. */
const laidOver = new WeakMap<Limits, { readonly under: Choices; readonly choices: Choices }>();

/** Choices with limits laid over them; a limit that is not set leaves the choice. */
export function withLimits(choices: Choices, limits: Limits): Choices {
  return {
    ...choices,
    rateLimit: limits.rateLimit ?? choices.rateLimit,
    rateWindowMs: limits.rateWindowMs ?? choices.rateWindowMs,
    sessionLimit: limits.sessionLimit === undefined ? choices.sessionLimit : limits.sessionLimit,
    sizeLimit: limits.sizeLimit ?? choices.sizeLimit,
    recipientLimit: limits.recipientLimit ?? choices.recipientLimit,
    authMechanisms: limits.authMechanisms ?? choices.authMechanisms,
    sendQuota: limits.sendQuota === undefined ? choices.sendQuota : limits.sendQuota,
    sendRate: limits.sendRate === undefined ? choices.sendRate : limits.sendRate,
    access: limits.access ?? choices.access,
  };
}
