import { decodeUtf8, stringToOctets } from '../../smtp/bytes.ts';
import { splitCommand } from '../../smtp/command.ts';
import { headerSection } from '../../smtp/message.ts';
import { replyFrom, type Reply } from '../../smtp/reply.ts';
import type { Decision } from '../policy/decision.ts';
import type { LineFitness } from '../policy/facts.ts';
import { answerExchange, beginAuth } from './auth-dialogue.ts';
import type { DialogueState } from './dialogue-state.ts';
import { sessionFacts, type SessionContext } from './session-context.ts';
import { answerMail, answerRcpt, finishMessage } from './mail-dialogue.ts';
import { sessionChoices } from './session-standing.ts';
import type { ReceivedLine, ReceivedMessage } from './strict-parser.ts';
import { forceAt, forceAtEnd } from './triggered.ts';

/** What follows a reply. */
export type Next = 'go on' | 'receive message' | 'start TLS' | 'close';

/** The answer to one line: the decision whose reply is written, and what the session does then. */
export interface Answer {
  readonly decision: Decision;
  readonly next: Next;
  /** A reply that somebody on the way put behind it, where a trigger has it so (RFC 3207 §4.2). */
  readonly injected?: Reply;
}

/** A list of extensions that is not the gateway's: a client that believes it cannot log in. */
const INJECTED = '250-injected.example\n250 AUTH X-INJECTED';

/**
 * Answers one line: gathers the facts, asks the policy, notes what an acceptance changes. Nothing here writes to a
 * socket, and nothing here says what is allowed.
 */
export async function answerLine(context: SessionContext, line: ReceivedLine): Promise<Answer> {
  const { state, group, parts } = context;
  if (state.exchange && line.kind === 'line') {
    return follow(await answerExchange(context, state.exchange, line.octets));
  }
  state.exchange = undefined;
  const { verb, argument, fitness } = readLine(line);
  if (verb === 'QUIT') {
    const decision = forceAt(context, 'QUIT') ?? parts.policy.plainVerb('QUIT', argument);
    return decision.kind === 'accept' ? { decision, next: 'close' } : follow(decision);
  }
  const first = parts.policy.anyVerb({
    maintenance: group.maintenance,
    tls: state.tls,
    verb,
    line: fitness,
  });
  if (first.kind !== 'accept') return follow(first);
  return answerVerb(context, verb, argument);
}

/** Answers the end of the data. The transaction is over, whatever the answer (RFC 5321 §4.1.1.4). */
export async function answerMessage(context: SessionContext, message: ReceivedMessage): Promise<Answer> {
  const header = headerSection(message.octets);
  const forced = forceAtEnd(context, header);
  const decision = forced ?? (await finishMessage(context, message, header));
  context.state.transaction = undefined;
  return follow(decision);
}

async function answerVerb(context: SessionContext, verb: string, argument: string): Promise<Answer> {
  const { state, group, parts } = context;
  const { policy } = parts;
  const session = sessionFacts(state);
  switch (verb) {
    case 'EHLO':
    case 'HELO': {
      const forced = forceAt(context, 'EHLO');
      if (forced) {
        // a list of extensions in place of ours is a hello that was answered: the session goes on with it
        if (forced.kind === 'accept') noteHello(state, verb, argument);
        return follow(forced);
      }
      const choices = await sessionChoices(context);
      const decision = policy.hello({
        verb,
        argument,
        gatewayName: parts.name,
        session,
        starttlsOffered: offersStarttls(context),
        choices,
      });
      if (decision.kind === 'accept') noteHello(state, verb, argument);
      return follow(decision);
    }
    case 'STARTTLS': {
      const offered = offersStarttls(context);
      // a trigger has nothing to say of a command that the listener does not have
      const forced = offered || session.tls ? forceAt(context, 'STARTTLS') : undefined;
      if (forced) return follow(forced);
      const fault = parts.triggers.tlsFault(group.owner);
      const decision = policy.starttls({ session, argument, offered, unavailable: fault === 'refused' });
      if (decision.kind !== 'accept') return follow(decision);
      const isInjected = fault === 'injected reply';
      return { decision, next: 'start TLS', ...(isInjected && { injected: replyFrom(INJECTED) }) };
    }
    case 'AUTH':
      return follow(await beginAuth(context, argument));
    case 'MAIL':
      return follow(await answerMail(context, argument));
    case 'RCPT':
      return follow(await answerRcpt(context, argument));
    case 'DATA': {
      const forced = forceAt(context, 'DATA');
      if (forced) return follow(forced);
      const recipients = state.transaction?.recipients ?? new Map();
      const decision = policy.data({ session, argument, recipients });
      return decision.kind === 'accept' ? { decision, next: 'receive message' } : follow(decision);
    }
    case 'RSET': {
      const decision = policy.plainVerb('RSET', argument);
      if (decision.kind === 'accept') state.transaction = undefined;
      return follow(decision);
    }
    case 'NOOP':
    case 'VRFY':
    case 'HELP':
      return follow(policy.plainVerb(verb, argument));
    default:
      return follow(policy.unknownVerb());
  }
}

/** A hello that was accepted; what stood of a transaction is forgotten (rule `protocol.ehlo-resets`). */
function noteHello(state: DialogueState, verb: 'EHLO' | 'HELO', name: string): void {
  state.hello = { verb, name };
  state.transaction = undefined;
}

/** STARTTLS is offered unless a trigger takes it away. */
function offersStarttls({ starttlsOffered, group, parts }: SessionContext): boolean {
  return starttlsOffered && parts.triggers.tlsFault(group.owner) !== 'missing';
}

function follow(decision: Decision): Answer {
  return { decision, next: decision.kind === 'refuse and close' ? 'close' : 'go on' };
}

/** Takes a line apart. One that is not fit has no verb; a CR, LF or NUL makes it no command at all (RFC 5321 §4.1.1.4). */
function readLine(line: ReceivedLine): {
  readonly verb: string;
  readonly argument: string;
  readonly fitness: LineFitness;
} {
  const none = { verb: '', argument: '' };
  if (line.kind === 'too long') return { ...none, fitness: 'too long' };
  const { octets } = line;
  // oxlint-disable-next-line no-control-regex -- the control characters are what is looked for
  if (/[\r\n\0]/.test(octets)) return { ...none, fitness: 'a control character' };
  const text = /[\x80-\xFF]/.test(octets) ? decodeUtf8(stringToOctets(octets)) : octets;
  if (text === undefined) return { ...none, fitness: 'no UTF-8' };
  return { ...splitCommand(text), fitness: 'fit' };
}

/** What a fault of the program answers; the cause goes to the log, never to the client. */
export function faultAnswer({ parts }: SessionContext): Answer {
  return follow(parts.policy.interruption('local fault'));
}

/** The greeting, or what comes in its place. */
export async function answerConnect(context: SessionContext, openSessions: number): Promise<Answer> {
  const { group, parts } = context;
  const forced = forceAt(context, 'connect');
  if (forced) return follow(forced);
  const choices = await group.choices();
  return follow(parts.policy.connect({ maintenance: group.maintenance, openSessions, choices }, parts.name));
}
