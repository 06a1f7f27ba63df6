/**
 * SMTP servers that this project did not write, each started on loopback with a description under which the suite can be
 * played on it. They are here to show the suite's own mistakes.
 */
import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { chooseFreePorts, loopback, readGreeting } from '../../src/mailbox/host/loopback.ts';
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

const login = 'calibration';
const password = 'correct';
const hostname = 'mx.calibration.example';
const startLimitMs = 20_000;

const common = {
  servername: hostname,
  'certificate-authority': 'root.pem',
  login: { login, password },
  sender: 'orders@shop.example',
  senders: { unregistered: 'orders@nobody-registered-this.example' },
  recipients: { accepts: ['*@recipients.example'] },
};

/** Postfix as Debian packs it: smtpd with Cyrus SASL and a sasldb file, everything accepted is discarded. */
export const postfix: CalibrationKind = {
  name: 'postfix',
  missing: () => missingPrograms('postfix', 'saslpasswd2', 'openssl'),
  start: async () => {
    const folder = await newFolder();
    const [plain = 0, implicit = 0] = await chooseFreePorts(2);
    const { key, certificate, pem } = await makeCertificate(folder);
    await writePostfix(folder, { plain, implicit, key, certificate });
    // makes the queue's folders; the master itself is started, for the command before it passes no signal on
    await run(await programPath('postfix'), ['-c', folder, 'check']);
    const program = startTethered('/usr/lib/postfix/sbin/master', ['-c', folder, '-d'], folder);
    await untilGreeted(program, plain);
    const address = `${loopback}:${plain}`;
    return serverOf(program, pem, {
      ...common,
      name: 'postfix',
      modes: { '25': address, '25+starttls': address, '465+tls': `${loopback}:${implicit}` },
      login: { login: `${login}@${hostname}`, password },
    });
  },
};

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
      sender: common.sender,
      recipients: common.recipients,
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
      ...common,
      name: 'mailpit',
      modes: { '25': address, '25+starttls': address },
      mailbox: `http://${loopback}:${api}`,
    });
  },
};

/** aiosmtpd from PyPI with one login; `python` is the interpreter that has it. */
export const aiosmtpd: CalibrationKind = {
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
    const script = fileURLToPath(new URL('aiosmtpd_server.py', import.meta.url));
    const python = await programPath(pythonWithAiosmtpd());
    const program = startTethered(python, [script, String(port), key, certificate], folder);
    await untilGreeted(program, port);
    const address = `${loopback}:${port}`;
    return serverOf(program, pem, {
      ...common,
      name: 'aiosmtpd',
      modes: { '25': address, '25+starttls': address },
    });
  },
};

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

async function writePostfix(
  folder: string,
  at: {
    readonly plain: number;
    readonly implicit: number;
    readonly key: string;
    readonly certificate: string;
  },
): Promise<void> {
  const { stdout: ids } = await run('id', ['-u', 'postfix']);
  for (const name of ['queue', 'data', 'sasl']) await mkdir(join(folder, name));
  await chown(join(folder, 'data'), Number(ids), 0);
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'main.cf'), mainCf(folder, at));
  await writeFile(
    join(folder, 'master.cf'),
    `${loopback}:${at.plain} inet n - n - - smtpd
${loopback}:${at.implicit} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
discard unix - - n - - discard
error unix - - n - - error
postlog unix-dgram n - n - 1 postlogd
`,
  );
  await writeFile(
    join(folder, 'sasl', 'smtpd.conf'),
    `pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: ${folder}/sasldb2\n`,
  );
  const saslpasswd = run('saslpasswd2', ['-p', '-c', '-f', join(folder, 'sasldb2'), '-u', hostname, login]);
  saslpasswd.child.stdin?.end(password);
  await saslpasswd;
  await chmod(join(folder, 'sasldb2'), 0o644);
}

/** As near to Debian's defaults as a Postfix that relays for whoever logs in can be; bare newlines as in Debian 12. */
function mainCf(
  folder: string,
  { key, certificate }: { readonly key: string; readonly certificate: string },
): string {
  return `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = ${folder}/log
maillog_file_prefixes = ${tmpdir()}, /var
myhostname = ${hostname}
mydestination =
alias_maps =
local_recipient_maps =
mynetworks = 127.0.0.0/8
inet_interfaces = loopback-only
inet_protocols = ipv4
smtpd_peername_lookup = no
default_transport = discard
local_transport = discard
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_sender_restrictions = permit_sasl_authenticated, reject
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = cyrus
cyrus_sasl_config_path = ${folder}/sasl
smtpd_tls_security_level = may
smtpd_tls_auth_only = no
smtpd_tls_chain_files = ${key}, ${certificate}
smtpd_error_sleep_time = 0
smtpd_forbid_bare_newline = no
`;
}
