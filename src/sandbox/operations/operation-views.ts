import type { Email, Session } from '../../control-api/history-schemas.ts';
import type { Account, Clock, Connection, Gateway } from '../../control-api/schemas.ts';
import { clockTime } from '../clock.ts';
import type { Transcript } from '../gateway/transcript-recorder.ts';
import { withLimits } from '../gateway/session-standing.ts';
import { balanceAt } from '../policy/charge.ts';
import type { Choices } from '../policy/choices.ts';
import type { OperationParts } from './operation-parts.ts';
import type { AccountRecord, ClockState, ConnectionRecord, EmailRecord } from '../store/account-record.ts';

/** The gateway as the control API shows it. */
export function showGateway(parts: OperationParts): Gateway {
  return {
    name: parts.provider.contract.gatewayName,
    version: parts.version,
    listeners: [...parts.gateway.addresses],
    certificateAuthority: parts.certificateAuthority,
    maintenance: parts.gateway.maintenance,
    mailbox: parts.mailboxPages ?? null,
  };
}

/** An account as the control API shows it. */
export function showAccount(parts: OperationParts, account: AccountRecord): Account {
  const own = parts.gateway.ownListeners(account.id);
  const { access, authMechanisms, ...limits } = limitsOf(withLimits(parts.choices, account.limits));
  return {
    id: account.id,
    balance: balanceAt(account.prepaid, account.monthly, clockTime(account.clock, parts.clock.now())),
    charged: account.charged,
    clock: showClock(account.clock, parts.clock.now()),
    limits,
    authMechanisms: [...authMechanisms],
    access,
    identities: [...account.identities, ...account.domains].map(({ name, verified }) => ({
      name,
      state: verified ? 'verified' : 'unverified',
    })),
    domains: account.domains.map(({ name, verified }) => ({
      name,
      state: verified ? 'verified' : 'unverified',
    })),
    connections: account.connections.map((each) => showConnection(parts, account, each)),
    senders: [...account.senders],
    suppressionList: [...account.suppressionList],
    listeners: [...(own ?? parts.gateway).addresses],
    maintenance: (own ?? parts.gateway).maintenance,
    mailboxUp: account.mailboxUp,
  };
}

/** Those of the choices that an account can set for itself. */
function limitsOf({
  rateLimit,
  rateWindowMs,
  sessionLimit,
  sizeLimit,
  recipientLimit,
  sendQuota,
  sendRate,
  access,
  authMechanisms,
}: Choices): Account['limits'] & Pick<Choices, 'access' | 'authMechanisms'> {
  return {
    rateLimit,
    rateWindowMs,
    sessionLimit,
    sizeLimit,
    recipientLimit,
    sendQuota,
    sendRate,
    access,
    authMechanisms,
  };
}

/** A connection with its card; its status follows the domain by itself (rule `connection.not-activated`). */
export function showConnection(
  parts: OperationParts,
  account: AccountRecord,
  connection: ConnectionRecord,
): Connection {
  const domain = account.domains.find((each) => each.key === connection.senderDomainKey);
  return {
    id: connection.id,
    name: connection.name,
    sender: connection.sender,
    login: connection.login,
    password: parts.sealer.open(connection.sealedPassword),
    sendLimit: connection.sendLimit,
    sendsUsed: connection.sendsUsed,
    status: parts.provider.policy.connectionStatus({
      blocked: connection.blocked,
      domainVerified: domain?.verified === true,
    }),
  };
}

/** A row of the send history. */
export function showEmail(email: EmailRecord): Email {
  return { ...email, time: iso(email.time) };
}

/** A transcript, absent values as null. */
export function showTranscript({ sequence: _sequence, octets: _octets, ...transcript }: Transcript): Session {
  return {
    ...transcript,
    account: transcript.account ?? null,
    startedAt: iso(transcript.startedAt),
    entries: transcript.entries.map((entry) =>
      entry.kind === 'tls'
        ? { kind: entry.kind, t: entry.t, ...entry.facts, servername: entry.facts.servername ?? null }
        : { ...entry },
    ),
  };
}

/** A clock as it stands. */
export function showClock(state: ClockState, base: number): Clock {
  return { now: iso(clockTime(state, base)), frozen: state.kind === 'frozen' };
}

/** An instant as the control API writes it. */
export function iso(time: number): string {
  return new Date(time).toISOString();
}
