import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { modeFacts, type Mode } from '../contract/modes.ts';

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

/** The clients: Python's smtplib and curl. */
export const realClients: readonly RealClient[] = [
  {
    name: 'smtplib',
    find: async () => {
      // the real place: a version manager's wrapper costs more than the program
      const python = await run('python3', ['-c', 'import sys; print(sys.executable)']).catch(() => undefined);
      return python?.exitCode === 0 ? (order) => sendBySmtplib(python.stdout.trim(), order) : undefined;
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
];

const program = fileURLToPath(new URL('../../fixtures/clients/smtplib_send.py', import.meta.url));

const smtplibAnswer = z.object({
  raised: z.string().nullable(),
  replies: z.array(z.tuple([z.int(), z.string()])),
});

async function sendBySmtplib(python: string, order: Order): Promise<Report> {
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
  // isolated: nothing of the user's environment counts
  const { exitCode, stdout, stderr } = await run(python, ['-I', program], JSON.stringify(asked));
  if (exitCode !== 0) throw new Error(`smtplib_send.py ended with ${exitCode}: ${stderr}`);
  const { raised, replies } = smtplibAnswer.parse(JSON.parse(stdout));
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

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds that a program may take. */
const LIMIT_MS = 15_000;
/** Programs that run side by side. */
const AT_ONCE = 4;
let running = 0;
const waiting: (() => void)[] = [];

async function run(command: string, args: readonly string[], input = ''): Promise<Ended> {
  if (running === AT_ONCE) await new Promise<void>((resolve) => void waiting.push(resolve));
  else running += 1;
  try {
    return await spawnToEnd(command, args, input);
  } finally {
    // the place goes to the next in line, or is free
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

function spawnToEnd(command: string, args: readonly string[], input: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // proxies and roots that the environment names must not count
    const child = spawn(command, args, {
      env: { PATH: process.env['PATH'] },
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('latin1').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('latin1').on('data', (text: string) => (stderr += text));
    child.once('error', (fault) => {
      reject(new Error(`${command} could not be run to its end within ${LIMIT_MS} ms.`, { cause: fault }));
    });
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
    // a program that ends early does not read its input to the end
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
