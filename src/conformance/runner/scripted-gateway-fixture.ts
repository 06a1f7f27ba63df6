import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { createServer, type Socket } from 'node:net';
import type { Mode, Port } from '../../contract/modes.ts';
import type { MailboxClient } from '../../mailbox/client.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import { showScenarioError } from '../scenario/scenario-error.ts';
import type { Arranged, Observation, Situation, Target } from '../target/target.ts';

// A gateway for the runner's own tests: it accepts everything, and says what a test wants it to say instead.

/** What is said to a line, CRLF included; `undefined` is the usual reply, the word `close` ends the session. */
type Answer = (line: string) => string | undefined;

/** What a test wants of its gateway. */
export interface ScriptedOptions {
  readonly answer?: Answer;
  readonly declaresChoices?: boolean;
  readonly observation?: Partial<Observation>;
  /** Arranges in place of the usual way, which it may take all the same. */
  readonly arrange?: (usual: Arranged) => Promise<Arranged>;
  /** The ports that nobody listens on. */
  readonly closed?: readonly Port[];
}

/** The password of the one login; no event may show it. */
export const scriptedPassword = 'hunter2-secret';

/** Starts a scripted gateway as a target. */
export async function startScriptedTarget(options: ScriptedOptions = {}): Promise<Target> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    talk(socket, options.answer ?? (() => undefined));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const situation = situationOf(port, options);
  return {
    name: 'scripted',
    version: '1',
    declaresChoices: options.declaresChoices ?? true,
    ownListeners: true,
    arrange: () => {
      const usual: Arranged = { kind: 'arranged', situation };
      return options.arrange?.(usual) ?? Promise.resolve(usual);
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

/** Arranges so; but the two cases that every run begins with as usual. */
export function afterSmoke(
  arrange: NonNullable<ScriptedOptions['arrange']>,
): NonNullable<ScriptedOptions['arrange']> {
  let count = 0;
  return (usual) => {
    count += 1;
    return count > 2 ? arrange(usual) : Promise.resolve(usual);
  };
}

function situationOf(number: number, { closed = [], observation }: ScriptedOptions): Situation {
  return {
    sender: 'orders@shop.example',
    recipients: new Map([
      ['to', 'to@r.example'],
      ['cc', 'cc@r.example'],
    ]),
    endpoint: (port) => ({
      host: '127.0.0.1',
      // port 1 is nobody's on a loopback address
      port: closed.includes(port) ? 1 : number,
      servername: 'localhost',
      certificateAuthority: undefined,
    }),
    credentials: () => ({ login: 'login', password: scriptedPassword }),
    oldCredentials: () => undefined,
    unknownLogin: () => 'nobody',
    change: () => Promise.resolve({ kind: 'done' }),
    passTime: () => Promise.resolve({ kind: 'done' }),
    settle: () => Promise.resolve(),
    observe: () =>
      Promise.resolve({
        charged: 1,
        balance: 99,
        history: [{ recipient: 'to@r.example', status: 'delivered', time: '2026-01-15T12:00:00.000Z' }],
        otherHistory: [],
        status: 'Active',
        suppressed: [],
        statistics: undefined,
        ...observation,
      }),
    filteredHistory: () => Promise.resolve(undefined),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function talk(socket: Socket, answer: Answer): void {
  let input = '';
  let inMessage = false;
  const usual = (line: string): string => {
    if (inMessage) {
      if (line !== '.') return '';
      inMessage = false;
      return '250 taken\r\n';
    }
    const verb = line.split(' ')[0]?.toUpperCase();
    inMessage = verb === 'DATA';
    if (verb === 'EHLO') return '250-scripted\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN\r\n';
    return verb === 'AUTH'
      ? '235 yes\r\n'
      : verb === 'DATA'
        ? '354 go\r\n'
        : verb === 'QUIT'
          ? '221 bye\r\n'
          : '250 ok\r\n';
  };
  const say = (line: string, fallback: () => string): void => {
    const said = answer(line) ?? fallback();
    if (said === 'close') socket.end();
    else socket.write(said);
  };
  say('(connect)', () => '220 scripted\r\n');
  socket.on('data', (chunk) => {
    input += chunk.toString('latin1');
    for (let end = input.indexOf('\r\n'); end !== -1; end = input.indexOf('\r\n')) {
      const line = input.slice(0, end);
      input = input.slice(end + 2);
      say(line, () => usual(line));
      if (line === 'QUIT' && !inMessage) socket.end();
    }
  });
}

/** A mailbox that holds these texts, whoever asks. */
export function mailboxHolding(...texts: readonly string[]): MailboxClient {
  const raw = (id: string) => Promise.resolve(new TextEncoder().encode(texts[Number(id)]));
  const nobody = { name: '', address: '' };
  const emails = texts.map((text, at) => ({
    id: String(at),
    messageId: '',
    subject: '',
    from: nobody,
    to: [],
    cc: [],
    bcc: [],
    createdAt: new Date(0),
    size: text.length,
    raw: () => raw(String(at)),
  }));
  return {
    emailsAddressedTo: () => Promise.resolve(emails),
    newestEmails: () => Promise.resolve(emails),
    deletePresent: () => Promise.resolve(),
    raw,
    waitForEmails: () => Promise.resolve(emails),
    deleteEmail: () => Promise.resolve(),
    deleteAll: () => Promise.resolve(),
    info: () => Promise.resolve({ version: '', messages: texts.length, unread: 0 }),
  };
}

/** A scenario with one dialogue; `more` are further keys of the file. */
export function scenarioOf(
  dialogue: string,
  more = '',
  about = 'protocol.rset',
  given = '{ recipients: { to: accepts, cc: accepts } }',
): Scenario {
  const lines = dialogue.replaceAll(/^/gm, '  ');
  const text = `title: One\nabout: ${about}\ngiven: ${given}\ndialogue: |\n${lines}\n${more}`;
  const parsed = parseScenario(text, { id: 'one', file: 'one.scenario.yaml', contract: emailmassivo });
  if (parsed.kind === 'errors') throw new Error(parsed.errors.map(showScenarioError).join('\n'));
  return parsed.scenario;
}

/** The mode in which the scripted gateway is at home. */
export const plainMode: Mode = '25';
