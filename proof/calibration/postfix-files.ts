import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loopback } from '../../src/mailbox/host/loopback.ts';

const run = promisify(execFile);

/** The one login of the servers, and the name on their certificates. */
export const calibrationLogin = { login: 'calibration', password: 'correct' };
export const hostname = 'mx.calibration.example';

/** Writes all that a Postfix of one's own needs into a folder: main.cf, master.cf, and the login's password. */
export async function writePostfix(
  folder: string,
  at: {
    readonly plain: number;
    readonly implicit: number;
    readonly key: string;
    readonly certificate: string;
    /** The path of the program, which is rarely on the search path of anybody but root. */
    readonly saslpasswd2: string;
  },
  /** Lines behind those of main.cf, where the last of a name counts; `$folder` stands for the folder. */
  more: readonly string[] = [],
): Promise<void> {
  const { stdout: ids } = await run('id', ['-u', 'postfix']);
  for (const name of ['queue', 'data', 'sasl']) await mkdir(join(folder, name));
  await chown(join(folder, 'data'), Number(ids), 0);
  await chmod(folder, 0o755);
  const lines = more.map((line) => line.replaceAll('$folder', folder));
  await writeFile(join(folder, 'main.cf'), [mainCf(folder, at), ...lines, ''].join('\n'));
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
  const saslpasswd = run(at.saslpasswd2, [
    '-p',
    '-c',
    '-f',
    join(folder, 'sasldb2'),
    '-u',
    hostname,
    calibrationLogin.login,
  ]);
  saslpasswd.child.stdin?.end(calibrationLogin.password);
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
