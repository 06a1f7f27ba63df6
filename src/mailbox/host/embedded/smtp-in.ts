import type { Socket } from 'node:net';
import { hostname } from 'node:os';
import type { TLSSocket } from 'node:tls';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import { listenAnywhere } from '../loopback.ts';
import type { TakenMessage } from './stamp.ts';

/** What became of a message: the text behind 250, or a refusal. */
export type Verdict =
  | { readonly kind: 'taken'; readonly text: string }
  | { readonly kind: 'refused'; readonly code: number; readonly text: string };

/** The stand-in's SMTP listener. */
export interface SmtpEars extends AsyncDisposable {
  readonly port: number;
}

// Mailpit's own limit
const maxRecipients = 100;

/**
 * Milliseconds without an octet after which the stand-in ends a session (RFC 5321 §4.5.3.2.7: five minutes at least). The
 * library takes a turn of the event loop for each dot that it removes: in a busy process its own minute is soon over.
 */
const SILENCE_LIMIT_MS = 10 * 60_000;

/** Octets of the largest message that the stand-in takes: more than any gateway hands over whose own limit is usual. */
export const LARGEST_MESSAGE = 64 * 1024 * 1024;

/**
 * Listens on a free loopback port and hands every message on; no login, no TLS, Mailpit's announcements. A message over
 * `largestMessage` octets is read to its end, not kept, and refused (RFC 1870 §6.3).
 */
export async function listenForMail(
  take: (message: TakenMessage) => Promise<Verdict>,
  largestMessage = LARGEST_MESSAGE,
): Promise<SmtpEars> {
  // the library joins forward-paths that are alike; Mailpit keeps them all
  const forwardPaths = new WeakMap<SMTPServerSession, string[]>();
  const server = new MailServer({
    name: hostname(),
    banner: 'Mailpit',
    heloResponse: '%s greets %s',
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    socketTimeout: SILENCE_LIMIT_MS,
    disableReverseLookup: true,
    hidePIPELINING: true,
    hide8BITMIME: true,
    hideDSN: true,
    hideENHANCEDSTATUSCODES: true,
    logger: false,
    onMailFrom: (_path, session, callback) => {
      forwardPaths.set(session, []);
      callback();
    },
    onRcptTo: (path, session, callback) => {
      const paths = forwardPaths.get(session) ?? [];
      if (paths.length >= maxRecipients) return callback(refusal(452, '4.5.3 Too many recipients'));
      paths.push(path.address);
      callback();
    },
    onData: (stream, session, callback) => {
      const paths = forwardPaths.get(session) ?? [];
      void answerStream(async () => {
        const data = await readStream(stream, largestMessage);
        return data === undefined ? tooLarge : take(describeTaken(data, session, paths));
      }, callback);
    },
  });
  // a client that cuts its connection is its own affair; without a listener it would end the process
  server.on('error', () => {});
  const port = await listenAnywhere(server.server);
  return { port, [Symbol.asyncDispose]: () => closeServer(server) };
}

/** Calls back once, whatever happens: a session without an answer would hang. */
async function answerStream(
  takeIt: () => Promise<Verdict>,
  callback: (error?: Error | null, text?: string) => void,
): Promise<void> {
  const verdict = await takeIt().catch((error: unknown): Verdict => ({
    kind: 'refused',
    code: 451,
    text: `4.3.0 ${String(error)}`,
  }));
  if (verdict.kind === 'taken') callback(null, verdict.text);
  else callback(refusal(verdict.code, verdict.text));
}

const tooLarge: Verdict = { kind: 'refused', code: 552, text: '5.3.4 Message exceeds fixed size limit' };

/** The octets of a message; undefined where they are more than the limit. */
async function readStream(stream: SMTPServerDataStream, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // leaves with an error when the connection is cut: half a message is none
  for await (const chunk of stream) {
    const octets = Buffer.from(chunk);
    size += octets.length;
    if (size > limit) chunks.length = 0;
    else chunks.push(octets);
  }
  return size > limit ? undefined : Buffer.concat(chunks);
}

function describeTaken(
  data: Buffer,
  session: SMTPServerSession,
  forwardPaths: readonly string[],
): TakenMessage {
  const mailFrom = session.envelope.mailFrom;
  return {
    helloName: session.hostNameAppearsAs,
    clientIp: session.remoteAddress,
    hostname: hostname(),
    reversePath: mailFrom === false ? '' : mailFrom.address,
    forwardPaths,
    data,
    takenAt: new Date(),
  };
}

async function closeServer(server: MailServer): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(resolve));
  for (const connection of server.connections) connection._socket.destroy();
  await closed;
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

class MailServer extends SMTPServer {
  override connect(socket: Socket | TLSSocket, options?: SMTPConnectionOptions | null): void {
    const connection = new Session(this, socket, options);
    this.connections.add(connection);
    connection.on('error', (error) => this._onError(error));
    connection.on('connect', (data) => this._onClientConnect(data));
    connection.init();
  }
}

class Session extends SMTPConnection {
  // without the library's 100 ms for catching clients that talk too early
  override init(): void {
    this._setListeners(() => setImmediate(() => this.connectionReady()));
  }

  // the path exactly as it was sent, as Mailpit takes it: the library turns A-labels into Unicode, and refuses
  // quoted local parts with blanks
  override _parseAddressCommand(name: string, command: Buffer | string): ParsedPath {
    const line = command.toString();
    const found = /^[^:]*: ?<([^<>\v]*)>(?: |$)/.exec(line);
    const path = found?.[1];
    if (path === undefined || (path === '' && /^RCPT/i.test(name))) return false;
    return { address: path, args: false };
  }
}

type ParsedPath = ReturnType<SMTPConnection['_parseAddressCommand']>;
