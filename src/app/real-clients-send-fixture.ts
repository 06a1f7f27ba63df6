import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { modeNamed } from '../contract/emailmassivo/transition.ts';
import type { Mode } from '../contract/modes.ts';
import { run, type Ended } from './run-program-fixture.ts';

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

/** Lets a client send; it may put files into the folder, which the caller owns. */
export type Send = (order: Order, folder: string) => Promise<Report>;

/** A program under `fixtures/clients/`. */
export const fixture = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/clients/${name}`, import.meta.url));

const answer = z.object({
  raised: z.string().nullable(),
  replies: z.array(z.tuple([z.int(), z.string()])),
});

/** Lets a program send that reads an order and writes an answer, both as JSON. */
export async function sendByProgram(command: string, args: readonly string[], order: Order): Promise<Report> {
  const { mode, caFile, port, login, password, sender, recipients, message } = order;
  const { encryption } = modeNamed(mode);
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
  return readAnswer(await run(command, args, JSON.stringify(asked)), args.at(-1) ?? command);
}

function readAnswer({ exitCode, stdout, stderr }: Ended, name: string): Report {
  if (exitCode !== 0) throw new Error(`${name} ended with ${exitCode}: ${stderr}`);
  const { raised, replies } = answer.parse(JSON.parse(stdout));
  return { outcome: raised ?? 'sent', refusals: replies.map(([code, text]) => `${code} ${text}`) };
}

let messages = 0;

/** Lets curl send. */
export async function sendByCurl(order: Order, folder: string): Promise<Report> {
  const { mode, port, caFile, login, password, sender, recipients, message } = order;
  const { encryption } = modeNamed(mode);
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

/** Lets swaks send. */
export async function sendBySwaks(order: Order, folder: string): Promise<Report> {
  const { mode, port, caFile, login, password, sender, recipients, message } = order;
  const { encryption } = modeNamed(mode);
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
export function buildGoClient(): Promise<string> {
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

/** Where the gallery of clients builds Jakarta Mail's too; Maven fetches the library on the first day alone. */
const JAKARTA_BUILD = join(
  process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  'smtp-gauntlet/clients/jakarta-mail',
);

/** Builds Jakarta Mail's client where it is not built yet, and lets it send. Throws where Java or Maven is missing. */
export async function buildJakartaClient(): Promise<Send> {
  const project = fixture('jakarta-mail');
  const classpath = join(JAKARTA_BUILD, 'classpath');
  if (
    !(await isBuilt(
      join(project, 'src/main/java/SendRaw.java'),
      join(JAKARTA_BUILD, 'classes/SendRaw.class'),
    ))
  ) {
    const { exitCode, stdout } = await run(
      'mvn',
      [
        ['-q', '-B', '-f', join(project, 'pom.xml'), `-DbuildDirectory=${JAKARTA_BUILD}`],
        ['compile', 'dependency:build-classpath', `-Dmdep.outputFile=${classpath}`],
      ].flat(),
      '',
      { HOME: homedir() },
      120_000,
    );
    if (exitCode !== 0) throw new Error(stdout);
  }
  const libraries = await readFile(classpath, 'utf8');
  return async (order) => {
    const { mode, caFile, port, login, password, sender, recipients, message } = order;
    const ended = await run(
      'java',
      // it lives for a moment: what makes it fast later would only cost
      [
        '-XX:TieredStopAtLevel=1',
        '-XX:+UseSerialGC',
        '-cp',
        `${JAKARTA_BUILD}/classes:${libraries}`,
        'SendRaw',
      ],
      '',
      {
        SMTP_HOST: 'localhost',
        SMTP_PORT: String(port),
        SMTP_TLS: modeNamed(mode).encryption,
        SMTP_CA: caFile,
        SMTP_USER: login,
        SMTP_PASS: password,
        SMTP_FROM: sender,
        SMTP_TO: recipients.join(','),
        SMTP_MESSAGE: message,
      },
    );
    return readAnswer(ended, 'SendRaw');
  };
}

async function isBuilt(source: string, built: string): Promise<boolean> {
  const [from, to] = await Promise.all([stat(source), stat(built).catch(() => undefined)]);
  return to !== undefined && to.mtimeMs >= from.mtimeMs;
}
