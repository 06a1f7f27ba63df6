import { mkdtemp, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { modeFacts, type Mode } from '../contract/modes.ts';
import { run } from './run-program-fixture.ts';

/** One email, as a client is told to send it. */
export interface Order {
  readonly mode: Mode;
  /** The number on which the mode's port listens. */
  readonly port: number;
  /** File with the root that the client trusts, and no other. */
  readonly caFile: string;
  readonly login: string;
  readonly password: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  /** ASCII, with CRLF. */
  readonly message: string;
}

/** What a client reports to whoever called it; holds nothing secret, so that a failing test may show it. */
export interface Report {
  /** smtplib: the exception, or `sent`. curl: its exit code. */
  readonly outcome: string;
  /** The refusals that it shows. */
  readonly refusals: readonly string[];
}

/** Where a refusal comes. */
export type Stage = 'connect' | 'AUTH' | 'MAIL' | 'RCPT' | 'end of data';

/** Lets a client send; it may put files into the folder, which the caller owns. */
export type Send = (order: Order, folder: string) => Promise<Report>;

/** A mail client as people really use it, and its manner of reporting. */
export interface RealClient {
  readonly name: string;
  /** `undefined` where it is not on the search path. */
  readonly find: () => Promise<Send | undefined>;
  /** Failed AUTHs of one run with a wrong password. */
  readonly failuresPerLogin: number;
  /** Sends to nobody where one recipient is refused. */
  readonly givesUpAtRefusal: boolean;
  readonly outcomes: Readonly<Record<Stage | 'sent' | 'untrusted certificate', string>>;
}

/** The clients, in five languages. */
export const realClients: readonly RealClient[] = [
  {
    name: 'smtplib',
    find: async () => {
      // the real place: a version manager's wrapper costs more than the program
      const python = await run('python3', ['-c', 'import sys; print(sys.executable)']).catch(() => undefined);
      // isolated: nothing of the user's environment counts
      return python?.exitCode === 0
        ? (order) => sendByProgram(python.stdout.trim(), ['-I', fixture('smtplib_send.py')], order)
        : undefined;
    },
    // where PLAIN is refused it tries LOGIN
    failuresPerLogin: 2,
    givesUpAtRefusal: false,
    outcomes: {
      sent: 'sent',
      'untrusted certificate': 'SSLCertVerificationError',
      connect: 'SMTPConnectError',
      AUTH: 'SMTPAuthenticationError',
      MAIL: 'SMTPSenderRefused',
      RCPT: 'SMTPRecipientsRefused',
      'end of data': 'SMTPDataError',
    },
  },
  {
    name: 'curl',
    find: async () => {
      const curl = await run('curl', ['-q', '--version']).catch(() => undefined);
      // some builds speak no SMTP
      return curl !== undefined && / smtps /.test(curl.stdout) ? sendByCurl : undefined;
    },
    failuresPerLogin: 1,
    givesUpAtRefusal: true,
    outcomes: {
      sent: 'exit 0',
      // CURLE_PEER_FAILED_VERIFICATION
      'untrusted certificate': 'exit 60',
      // CURLE_WEIRD_SERVER_REPLY
      connect: 'exit 8',
      // CURLE_LOGIN_DENIED
      AUTH: 'exit 67',
      // CURLE_SEND_ERROR
      MAIL: 'exit 55',
      RCPT: 'exit 55',
      // CURLE_WEIRD_SERVER_REPLY
      'end of data': 'exit 8',
    },
  },
  {
    name: 'nodemailer',
    find: async () => (order) => sendByProgram(process.execPath, [fixture('nodemailer_send.mjs')], order),
    failuresPerLogin: 1,
    givesUpAtRefusal: false,
    outcomes: {
      sent: 'sent',
      'untrusted certificate': 'ESOCKET',
      connect: 'EPROTOCOL',
      AUTH: 'EAUTH',
      MAIL: 'EENVELOPE',
      RCPT: 'EENVELOPE',
      'end of data': 'EMESSAGE',
    },
  },
  {
    name: 'Go net/smtp',
    find: async () => {
      const program = await buildGoClient().catch(() => undefined);
      return program === undefined ? undefined : (order) => sendByProgram(program, [], order);
    },
    failuresPerLogin: 1,
    givesUpAtRefusal: true,
    outcomes: {
      sent: 'sent',
      'untrusted certificate': 'connect',
      connect: 'connect',
      AUTH: 'auth',
      MAIL: 'mail',
      RCPT: 'rcpt',
      'end of data': 'data',
    },
  },
  {
    name: 'swaks',
    find: async () => {
      const swaks = await run('swaks', ['--version']).catch(() => undefined);
      return swaks?.exitCode === 0 ? sendBySwaks : undefined;
    },
    failuresPerLogin: 1,
    givesUpAtRefusal: false,
    outcomes: {
      sent: 'exit 0',
      'untrusted certificate': 'exit 29',
      connect: 'exit 21',
      AUTH: 'exit 28',
      MAIL: 'exit 23',
      RCPT: 'exit 24',
      'end of data': 'exit 26',
    },
  },
];

/** A program under `fixtures/clients/`. */
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/clients/${name}`, import.meta.url));

const answer = z.object({
  raised: z.string().nullable(),
  replies: z.array(z.tuple([z.int(), z.string()])),
});

/** Lets a program send that reads an order and writes an answer, both as JSON. */
async function sendByProgram(command: string, args: readonly string[], order: Order): Promise<Report> {
  const { mode, caFile, port, login, password, sender, recipients, message } = order;
  const { encryption } = modeFacts[mode];
  const asked = {
    host: 'localhost',
    port,
    encryption,
    ca_file: caFile,
    login,
    password,
    sender,
    recipients,
    message,
  };
  const { exitCode, stdout, stderr } = await run(command, args, JSON.stringify(asked));
  if (exitCode !== 0) throw new Error(`${args.at(-1) ?? command} ended with ${exitCode}: ${stderr}`);
  const { raised, replies } = answer.parse(JSON.parse(stdout));
  return { outcome: raised ?? 'sent', refusals: replies.map(([code, text]) => `${code} ${text}`) };
}

let messages = 0;

async function sendByCurl(order: Order, folder: string): Promise<Report> {
  const { mode, port, caFile, login, password, sender, recipients, message } = order;
  const { encryption } = modeFacts[mode];
  const file = join(folder, `message-${(messages += 1)}.eml`);
  await writeFile(file, message);
  const { exitCode, stderr } = await run(
    'curl',
    [
      // the user's own .curlrc counts for nothing; the password comes on standard input
      '-q --config - --silent --verbose --max-time 10'.split(' '),
      ['--url', `${encryption === 'implicit' ? 'smtps' : 'smtp'}://localhost:${port}/client.example`],
      encryption === 'none' ? [] : ['--ssl-reqd', '--cacert', caFile],
      ['--mail-from', sender, ...recipients.flatMap((each) => ['--mail-rcpt', each])],
      ['--upload-file', file],
    ].flat(),
    `user = ${JSON.stringify(`${login}:${password}`)}\n`,
  );
  // what curl received is marked so; lines that it sent hold the login and are left out
  const refusals = stderr.split('\r\n').flatMap((line) => /(?:^|\n)< ([45]\d\d.*)$/.exec(line)?.[1] ?? []);
  return { outcome: `exit ${exitCode}`, refusals };
}

async function sendBySwaks(order: Order, folder: string): Promise<Report> {
  const { mode, port, caFile, login, password, sender, recipients, message } = order;
  const { encryption } = modeFacts[mode];
  const settings = join(folder, `swaks-${(messages += 1)}`);
  const file = join(folder, `message-${messages}.eml`);
  await writeFile(file, message);
  // a file of settings, since a password on the command line could be read by others
  await writeFile(settings, `auth-user ${login}\nauth-password ${password}\n`, { mode: 0o600 });
  const tls = { implicit: ['--tls-on-connect'], starttls: ['--tls'], none: [] }[encryption];
  const { exitCode, stdout } = await run(
    'swaks',
    [
      ['--config', settings, '--server', 'localhost', '--port', String(port), '--ehlo', 'client.example'],
      ['--auth', 'PLAIN', '--from', sender, '--to', recipients.join(','), '--data', `@${file}`],
      tls,
      encryption === 'none' ? [] : ['--tls-verify', '--tls-ca-path', caFile],
      ['--suppress-data', '--timeout', '10'],
    ].flat(),
  );
  const refusals = stdout
    .split(/\r?\n/)
    .flatMap((line) => /^<[~*-]?\*{1,2} +([45]\d\d.*)$/.exec(line)?.[1] ?? []);
  return { outcome: `exit ${exitCode}`, refusals };
}

let goClient: Promise<string> | undefined;

/** Go's client is a program to be built; once for all. */
function buildGoClient(): Promise<string> {
  goClient ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gosmtp-'));
    const program = join(folder, 'gosmtp');
    // the user's own build cache: without it the standard library is built anew each time
    const home = { HOME: homedir(), GOFLAGS: '-mod=mod' };
    const { exitCode, stderr } = await run(
      'go',
      ['build', '-C', fixture('gosmtp'), '-o', program, '.'],
      '',
      home,
      120_000,
    );
    if (exitCode !== 0) throw new Error(stderr);
    return program;
  })();
  return goClient;
}
