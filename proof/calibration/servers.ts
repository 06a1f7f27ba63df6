/**
 * SMTP servers that this project did not write, each started on loopback with a description under which the suite can be
 * played on it. They are here to show the suite's own mistakes.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { chooseFreePorts, loopback, readGreeting } from '../../src/mailbox/host/loopback.ts';
import { calibrationLogin, hostname, writePostfix } from './postfix-files.ts';
import { startTethered, type TetheredProgram } from '../../src/mailbox/host/tethered-program.ts';

const run = promisify(execFile);

/** A server that is up, and its description as a file for `gauntlet run --target` would hold it. */
export interface CalibrationServer extends AsyncDisposable {
  readonly description: Readonly<Record<string, unknown>>;
  /** PEM of its own root; `undefined` where it speaks no TLS. */
  readonly certificateAuthority: string | undefined;
}

/** How a server is started, and what it needs on this machine. */
export interface CalibrationKind {
  readonly name: string;
  /** Resolves to what is missing here, in words; `undefined` where it can be started. */
  missing(): Promise<string | undefined>;
  start(): Promise<CalibrationServer>;
}

const startLimitMs = 20_000;

/** What the descriptions of all servers say. */
export const commonDescription = {
  servername: hostname,
  'certificate-authority': 'root.pem',
  login: calibrationLogin,
  sender: 'orders@shop.example',
  senders: { unregistered: 'orders@nobody-registered-this.example' },
  recipients: { accepts: ['*@recipients.example'] },
};

/** Postfix as Debian packs it: smtpd with Cyrus SASL and a sasldb file, everything accepted is discarded. */
export const postfix: CalibrationKind = postfixWith([]);

/** Postfix with further settings, and with files beside them. */
export function postfixWith(
  more: readonly string[],
  files: Readonly<Record<string, string>> = {},
): CalibrationKind {
  return {
    name: 'postfix',
    // its master gives up root's rights by itself, and does not start without them
    missing: async () =>
      process.getuid?.() === 0 ? missingPrograms('postfix', 'saslpasswd2', 'openssl') : 'the rights of root',
    start: async () => {
      const folder = await newFolder();
      const [plain = 0, implicit = 0] = await chooseFreePorts(2);
      const { key, certificate, pem } = await makeCertificate(folder);
      const saslpasswd2 = await programPath('saslpasswd2');
      await writePostfix(folder, { plain, implicit, key, certificate, saslpasswd2 }, more);
      for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
      // makes the queue's folders; the master itself is started, for the command before it passes no signal on
      await run(await programPath('postfix'), ['-c', folder, 'check']);
      const program = startTethered('/usr/lib/postfix/sbin/master', ['-c', folder, '-d'], folder);
      await untilGreeted(program, plain);
      const address = `${loopback}:${plain}`;
      return serverOf(program, pem, {
        ...commonDescription,
        name: 'postfix',
        modes: { '25': address, '25+starttls': address, '465+tls': `${loopback}:${implicit}` },
        login: { ...calibrationLogin, login: `${calibrationLogin.login}@${hostname}` },
      });
    },
  };
}

/** Postfix's own test sink: no TLS, everything is accepted and dropped; to AUTH it says 250, so nobody logs in. */
export const smtpSink: CalibrationKind = {
  name: 'smtp-sink',
  missing: () => missingPrograms('smtp-sink'),
  start: async () => {
    const folder = await newFolder();
    const [port = 0] = await chooseFreePorts(1);
    const program = startTethered(
      await programPath('smtp-sink'),
      ['-u', 'nobody', `${loopback}:${port}`, '100'],
      folder,
    );
    await untilGreeted(program, port);
    return serverOf(program, undefined, {
      name: 'smtp-sink',
      modes: { '25': `${loopback}:${port}` },
      login: 'none',
      sender: commonDescription.sender,
      recipients: commonDescription.recipients,
    });
  },
};

/** Mailpit with a login and STARTTLS; it shows its mail, too. */
export const mailpit: CalibrationKind = {
  name: 'mailpit',
  missing: () => missingPrograms('mailpit', 'openssl'),
  start: async () => {
    const folder = await newFolder();
    const [port = 0, api = 0] = await chooseFreePorts(2);
    const { key, certificate, pem } = await makeCertificate(folder);
    const program = startTethered(
      await programPath('mailpit'),
      [
        '--smtp',
        `${loopback}:${port}`,
        '--listen',
        `${loopback}:${api}`,

        '--database',
        join(folder, 'mail.db'),
        '--disable-version-check',
        '--smtp-disable-rdns',
        '--quiet',
        '--smtp-auth-accept-any',
        '--smtp-auth-allow-insecure',
        '--smtp-tls-cert',
        certificate,
        '--smtp-tls-key',
        key,
      ],
      folder,
    );
    await untilGreeted(program, port);
    const address = `${loopback}:${port}`;
    return serverOf(program, pem, {
      ...commonDescription,
      name: 'mailpit',
      modes: { '25': address, '25+starttls': address },
      mailbox: `http://${loopback}:${api}`,
    });
  },
};

/** aiosmtpd from PyPI with one login; `python` is the interpreter that has it. */
export const aiosmtpd: CalibrationKind = aiosmtpdWith('aiosmtpd_server.py', []);

/** aiosmtpd as a script of this folder starts it, with further arguments for it. */
export function aiosmtpdWith(scriptName: string, more: readonly string[]): CalibrationKind {
  return {
    name: 'aiosmtpd',
    missing: async () => {
      const python = pythonWithAiosmtpd();
      const found = await run(python, ['-c', 'import aiosmtpd']).then(
        () => undefined,
        () => `aiosmtpd for ${python}`,
      );
      return found ?? missingPrograms('openssl');
    },
    start: async () => {
      const folder = await newFolder();
      const [port = 0] = await chooseFreePorts(1);
      const { key, certificate, pem } = await makeCertificate(folder);
      const script = fileURLToPath(new URL(scriptName, import.meta.url));
      const python = await programPath(pythonWithAiosmtpd());
      const program = startTethered(python, [script, String(port), key, certificate, ...more], folder);
      await untilGreeted(program, port);
      const address = `${loopback}:${port}`;
      return serverOf(program, pem, {
        ...commonDescription,
        name: 'aiosmtpd',
        modes: { '25': address, '25+starttls': address },
      });
    },
  };
}

/** The interpreter that `.ci/run` has given aiosmtpd to, or the usual one. */
function pythonWithAiosmtpd(): string {
  return process.env['AIOSMTPD_PYTHON'] ?? 'python3';
}

function serverOf(
  program: TetheredProgram,
  certificateAuthority: string | undefined,
  description: CalibrationServer['description'],
): CalibrationServer {
  return { description, certificateAuthority, [Symbol.asyncDispose]: () => program.end() };
}

function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'calibration-'));
}

async function missingPrograms(...names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const found = await programPath(name).catch(() => undefined);
    if (found === undefined) return name;
  }
  return undefined;
}

async function programPath(name: string): Promise<string> {
  if (name.includes('/')) return name;
  for (const folder of [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() === true) return path;
  }
  throw new Error(`There is no program ${name} on the search path.`);
}

/** A server is up once it greets. */
async function untilGreeted(program: TetheredProgram, port: number): Promise<void> {
  const stop = AbortSignal.any([program.ended, AbortSignal.timeout(startLimitMs)]);
  for (;;) {
    const greeting = await readGreeting(loopback, port, stop).catch(() => undefined);
    if (greeting !== undefined) return;
    if (stop.aborted) {
      const words = program.lastWords();
      await program.end();
      throw new Error(`The server did not come up: ${words}`);
    }
    await delay(50);
  }
}

async function makeCertificate(folder: string) {
  const key = join(folder, 'key.pem');
  const certificate = join(folder, 'root.pem');
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    certificate,
    '-subj',
    `/CN=${hostname}`,
    '-addext',
    `subjectAltName=DNS:${hostname}`,
  ]);
  const { stdout: pem } = await run('openssl', ['x509', '-in', certificate]);
  return { key, certificate, pem };
}
