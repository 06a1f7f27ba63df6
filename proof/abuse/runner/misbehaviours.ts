/** Gateways that misbehave, each in one way. They speak enough SMTP to be believed until then. */
import type { Socket } from 'node:net';

/** One way to misbehave. */
export interface Misbehaviour {
  readonly name: string;
  readonly what: string;
  /** How many different findings it may lead to beside those of the usual gateway; one unless said. */
  readonly findings?: number;
  /** Whether the session begins with TLS, and how many names its certificate has then. */
  readonly certificateNames?: number;
  /** What happens on a connection; `talk` goes on as a usual gateway. */
  readonly connected?: (socket: Socket, talk: () => void) => void;
  /** What is said to a command in place of the usual reply; `undefined` is the usual one. */
  readonly answer?: ((verb: string, socket: Socket, count: number) => string | undefined) | undefined;
}

const MIB = 1024 * 1024;
const LONG = 10 * MIB;

/** Says a piece again and again, as fast as it is taken. */
function flood(socket: Socket, piece: string): void {
  const octets = Buffer.from(piece.repeat(Math.ceil((64 * 1024) / piece.length)), 'latin1');
  const pump = (): void => {
    while (!socket.destroyed && socket.write(octets));
  };
  socket.on('drain', pump);
  pump();
}

const floodAt =
  (wanted: string, piece: string): Misbehaviour['answer'] =>
  (verb, socket) => {
    if (verb !== wanted) return undefined;
    flood(socket, piece);
    return '';
  };

const sayAt =
  (wanted: string, said: string): Misbehaviour['answer'] =>
  (verb) =>
    verb === wanted ? said : undefined;

const longLine = (code: number): string => `${code} ${'x'.repeat(LONG)}\r\n`;

const atStage = (stage: string, code: number): Misbehaviour => ({
  name: `10 MB line at ${stage}`,
  what: `the reply to ${stage} is one line of 10 MB`,
  answer: sayAt(stage, longLine(code)),
});

/** All of them. */
export const misbehaviours: readonly Misbehaviour[] = [
  {
    name: 'endless greeting',
    what: 'a greeting without a line end that never ends',
    connected: (socket) => flood(socket, 'x'),
  },
  {
    name: 'endless greeting in lines',
    what: 'a greeting of more and more lines',
    connected: (socket) => flood(socket, '220-more\r\n'),
  },
  {
    name: '10 MB greeting',
    what: 'a greeting of one line of 10 MB',
    connected: (socket, talk) => {
      socket.write(longLine(220));
      talk();
    },
  },
  {
    name: 'endless EHLO reply',
    what: 'more and more lines of one reply to EHLO',
    answer: floodAt('EHLO', '250-MORE\r\n'),
  },
  { name: 'NULs', what: 'NULs in place of a reply', answer: floodAt('EHLO', '\0') },
  {
    name: 'flood before login',
    what: 'text without end behind the reply to EHLO',
    answer: floodAt('AUTH', 'text that is no reply\r\n'),
  },
  {
    name: 'flood after login',
    what: 'replies without end that nobody asked for',
    answer: (verb, socket) => {
      if (verb !== 'AUTH') return undefined;
      setImmediate(() => flood(socket, '250 ok\r\n'));
      return '235 yes\r\n';
    },
  },
  {
    name: 'one octet a second',
    what: 'a greeting of which an octet comes each second',
    connected: (socket) => {
      const timer = setInterval(() => socket.write('2'), 1_000);
      socket.on('close', () => clearInterval(timer));
    },
  },
  {
    name: 'unasked replies',
    what: 'a second reply behind each',
    answer: (verb) => (verb === 'MAIL' ? '250 ok\r\n250 and another\r\n' : undefined),
  },
  {
    name: 'random closes',
    what: 'the session ends after a few commands',
    // that no reply came, and that the session was closed without 221 or 421
    findings: 2,
    answer: (_verb, socket, count) => {
      if (count < 3) return undefined;
      socket.destroy();
      return '';
    },
  },
  {
    name: 'never reads',
    what: 'a greeting, and nothing is read',
    connected: (socket) => {
      socket.write('220 hello\r\n');
      socket.pause();
    },
  },
  { name: 'says nothing', what: 'a connection, and not an octet', connected: () => undefined },
  {
    name: 'huge certificate',
    what: 'a certificate of 4,000 names',
    certificateNames: 4_000,
  },
  atStage('MAIL', 250),
  atStage('RCPT', 250),
  atStage('DATA', 354),
  atStage('end of data', 250),
  {
    name: '10 MB line in every case',
    what: 'RSET and NOOP, which come after the smoke case, get a line of 10 MB',
    // that the line is no reply, and that a NOOP which asks whether the gateway goes on got none
    findings: 2,
    answer: (verb) => (verb === 'RSET' || verb === 'NOOP' ? longLine(250) : undefined),
  },
];
