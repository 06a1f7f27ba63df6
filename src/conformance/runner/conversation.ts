import { stringToOctets } from '../../smtp/bytes.ts';
import { splitCommand } from '../../smtp/command.ts';
import { headerText } from '../../smtp/header-text.ts';
import type { Reply } from '../../smtp/reply.ts';
import { transmissionTypeOf, type Trace } from './compare-trace.ts';

/** A message that got its 250 after the dot, with the recipients accepted for it. */
export interface AcceptedMessage {
  /** As submitted: after dot-unstuffing, without the final dot. Octets, one character each. */
  readonly message: string;
  /** What stood between the angle brackets of each accepted RCPT, as text: UTF-8 where SMTPUTF8 is used. */
  readonly forwardPaths: readonly string[];
  /** Its source route taken off; empty for the null reverse-path. */
  readonly reversePath: string;
  /** The login that the session had; `undefined` without one. */
  readonly login: string | undefined;
  /** Orders the submissions of all sessions of a case: the lower was accepted first. */
  readonly order: number;
  /** How and when it was taken. */
  readonly taken: Trace;
}

/** A MAIL that got its 250, and when: milliseconds of the case's clock. */
export interface AcceptedMail {
  readonly login: string | undefined;
  readonly at: number;
}

/** Recipients that were accepted for a message which was not: what stood between their brackets. */
export interface Unsent {
  /** The message was refused, or the session went on or ended without one. */
  readonly why: 'refused' | 'cut';
  readonly forwardPaths: readonly string[];
  readonly login: string | undefined;
}

/** What a session's own words and the replies to them amount to, followed octet by octet (RFC 5321 §4.1.4). */
export interface Conversation {
  /** Takes what the client sent. */
  clientSaid(octets: string): void;
  /** Takes a reply; gives the verb that it answers, `undefined` where nobody asked. */
  gatewayReplied(reply: Reply): string | undefined;
  /** A handshake is done: what was said before is forgotten (RFC 3207 §4.2). */
  handshakeDone(): void;
  /** What the last reply answered, with what stood between its angle brackets. */
  asked(): { readonly verb: string | undefined; readonly path: string };
  /** How many replies are still to come. */
  owed(): number;
  /** Whether a command could be said now: no message and no AUTH exchange is under way. */
  awaitsCommand(): boolean;
  /** What stood between the angle brackets of the RCPTs accepted so far. */
  forwardPaths(): readonly string[];
  submissions(): readonly AcceptedMessage[];
  mails(): readonly AcceptedMail[];
  /** The logins that a 235 answered, those that a handshake has ended too. */
  logins(): readonly string[];
  /** The lines, each with its CRLF, and the messages as in {@link AcceptedMessage}, in order, that the client has sent. */
  said(): readonly string[];
  /** What is not among the submissions although recipients were accepted; to be asked once the session is over. */
  unsent(): readonly Unsent[];
}

interface Said {
  readonly verb: string;
  readonly argument: string;
}

/** The verb under which the end of a message is answered. */
const endOfData = 'end of data';

/** The verb under which the greeting is owed. */
const greeting = 'connect';

/** After these the next octets mean what the reply makes of them. */
const HOLDING: ReadonlySet<string> = new Set(['DATA', 'AUTH', 'STARTTLS', 'answer']);

/**
 * Follows one session from its greeting on; `now` gives the milliseconds of the case's clock, `order` a number that grows
 * with each reply of the case.
 */
export function followConversation(now: () => number = () => 0, order: () => number = () => 0): Conversation {
  // each is taken once and nothing is copied: thousands of commands may be sent together
  let pending: Said[] = [{ verb: greeting, argument: '' }];
  let answered = 0;
  let reads: 'commands' | 'answer' | 'message' = 'commands';
  let held = '';
  let message = '';
  let forwardPaths: string[] = [];
  let reversePath = '';
  let login: string | undefined;
  let tls = false;
  let smtpUtf8 = false;
  let helloName: string | undefined;
  let authLines: readonly string[] = [];
  let asked: Said | undefined;
  const submissions: AcceptedMessage[] = [];
  const mails: AcceptedMail[] = [];
  const refused: Unsent[] = [];
  const logins: string[] = [];
  const all: string[] = [];

  const consume = (): void => {
    for (;;) {
      if (reads === 'message') {
        const data = held;
        const end = data.startsWith('.\r\n') ? 0 : data.indexOf('\r\n.\r\n') + 2;
        if (end === 1) return;
        message = data.slice(0, end).replaceAll(/(^|\r\n)\./g, '$1');
        all.push(message);
        held = data.slice(end + 3);
        reads = 'commands';
        pending.push({ verb: endOfData, argument: '' });
        continue;
      }
      const last = answered < pending.length ? pending.at(-1) : undefined;
      if (reads === 'commands' && last !== undefined && HOLDING.has(last.verb)) return;
      const end = held.indexOf('\r\n');
      if (end === -1) return;
      const line = held.slice(0, end);
      const said = reads === 'answer' ? { verb: 'answer', argument: line } : splitCommand(line);
      all.push(held.slice(0, end + 2));
      held = held.slice(end + 2);
      reads = 'commands';
      pending.push(said);
    }
  };

  const apply = ({ verb, argument }: Said, { code }: Reply): void => {
    const done = code >= 200 && code < 300;
    if (done && (verb === 'EHLO' || verb === 'HELO')) helloName = argument;
    if (verb === 'DATA' && code === 354) reads = 'message';
    if (verb === 'AUTH') authLines = argument.split(/[ \t]+/);
    if (verb === 'answer') authLines = [...authLines, argument];
    if ((verb === 'AUTH' || verb === 'answer') && code === 334) reads = 'answer';
    if ((verb === 'AUTH' || verb === 'answer') && code === 235) login = loginIn(authLines);
    if ((verb === 'AUTH' || verb === 'answer') && code === 235 && login !== undefined) logins.push(login);
    if (verb === 'MAIL' && done) mails.push({ login, at: now() });
    if (verb === 'MAIL' && done) reversePath = pathIn(argument).replace(/^@[^:]*:/, '');
    if (verb === 'MAIL' && done) smtpUtf8 = /\sSMTPUTF8(?:\s|$)/i.test(argument);
    if (verb === 'RCPT' && done) forwardPaths.push(pathIn(argument));
    if (verb === endOfData && done) {
      const transmissionType = transmissionTypeOf({ tls, loggedIn: login !== undefined, smtpUtf8 });
      submissions.push({
        message,
        forwardPaths,
        reversePath,
        login,
        order: order(),
        taken: { transmissionType, at: now(), helloName },
      });
    }
    if (verb === endOfData && !done) refused.push({ why: 'refused', forwardPaths, login });
    if (done && forwardPaths.length > 0 && (verb === 'RSET' || verb === 'EHLO' || verb === 'HELO'))
      refused.push({ why: 'cut', forwardPaths, login });
    const forgets = done && ['MAIL', 'RSET', 'EHLO', 'HELO', 'STARTTLS'].includes(verb);
    if (forgets || verb === endOfData) forwardPaths = [];
  };

  return {
    clientSaid(octets) {
      held += octets;
      consume();
    },
    gatewayReplied(reply) {
      const said = pending[answered];
      asked = said;
      if (said === undefined) return undefined;
      answered += 1;
      if (answered === pending.length) {
        pending = [];
        answered = 0;
      }
      apply(said, reply);
      consume();
      return said.verb;
    },
    handshakeDone() {
      pending = pending.slice(answered).filter(({ verb }) => verb === greeting);
      answered = 0;
      reads = 'commands';
      held = '';
      forwardPaths = [];
      login = undefined;
      tls = true;
    },
    asked: () => ({ verb: asked?.verb, path: asked === undefined ? '' : pathIn(asked.argument) }),
    owed: () => pending.length - answered,
    awaitsCommand: () => reads === 'commands' && held === '',
    forwardPaths: () => forwardPaths,
    submissions: () => submissions,
    mails: () => mails,
    logins: () => logins,
    said: () => all,
    unsent: () => (forwardPaths.length === 0 ? refused : [...refused, { why: 'cut', forwardPaths, login }]),
  };
}

/** The login that an AUTH exchange named: PLAIN's second part (RFC 4616 §2), a token's user (RFC 7628 §3.1), LOGIN's first answer. */
function loginIn([mechanism, ...answers]: readonly string[]): string | undefined {
  const [first] = answers;
  if (first === undefined) return undefined;
  const text = Buffer.from(first, 'base64').toString('utf8');
  switch (mechanism?.toUpperCase() ?? '') {
    case 'PLAIN':
      return text.split('\0')[1];
    case 'XOAUTH2':
      return /^user=(.*)/s.exec(text.split('\x01')[0] ?? '')?.[1];
    case 'OAUTHBEARER':
      return /^[ny],a=([^,]*)/.exec(text)?.[1]?.replaceAll('=2C', ',').replaceAll('=3D', '=');
    default:
      return text;
  }
}

/** What stands between the path's brackets, as text: one inside a quoted local part ends nothing (RFC 5321 §4.1.2). */
function pathIn(argument: string): string {
  const octets = /<((?:"(?:[^"\\]|\\.)*"|[^">])*)>/.exec(argument)?.[1] ?? argument;
  return headerText(stringToOctets(octets));
}
