import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contract } from '../../contract/contract.ts';
import type { Encryption, Port } from '../../contract/modes.ts';
import type { Account } from '../../control-api/schemas.ts';
import { accountSetupSchema } from '../../control-api/schemas.ts';
import type { MailboxChoice } from '../../mailbox/mailbox.ts';
import type { ControlConfiguration } from '../../sandbox/control/open-control.ts';
import type { Choices } from '../../sandbox/policy/choices.ts';
import type { PortNumbers } from '../../sandbox/gateway/listeners.ts';
import { hostInUrl, isLoopback } from '../../sandbox/control/access.ts';
import { createLiveLines } from '../live-lines.ts';
import { openInBrowser } from '../open-in-browser.ts';
import { openOwnGateway, type OwnGateway } from '../own-gateway.ts';
import { portsOf } from '../listener-ports.ts';
import type { Provider } from '../providers.ts';
import { applySeedFile, type Seed } from '../seed-file.ts';
import type { Settings } from '../settings.ts';
import { keepYoungGenerationSmall } from '../young-generation.ts';

/** What `gauntlet sandbox` was asked. */
export interface SandboxRequest {
  readonly provider: Provider;
  readonly ports: PortNumbers;
  /** The address on which SMTP listens; loopback where nothing is said. */
  readonly host: string | undefined;
  /** Whether nothing is said of sessions and mails. */
  readonly quiet: boolean;
  /** Whether the dashboard opens in the browser. */
  readonly open: boolean;
  readonly control: ControlConfiguration;
  readonly mailbox: MailboxChoice;
  /** Accounts to make at the start. */
  readonly seed: Seed | undefined;
  /** Folder that keeps the state over a restart. */
  readonly data: string | undefined;
  /** Names under which it is reached beyond loopback. */
  readonly names: readonly string[];
  /** Milliseconds for which the text of a mail is kept behind its last delivery. */
  readonly keepMs: number;
  /** Folder whose reports the dashboard shows. */
  readonly reports: string;
  /** What is to be other than declared. */
  readonly choices: Partial<Choices>;
}

/** Where `npm run pages` puts the built files, seen from the sources and from the package's `dist`. */
const dashboardFolder = fileURLToPath(new URL('../../../dist-web/', import.meta.url));

const LOGIN = 'shop';
const DOMAIN = 'shop.example';
const SENDER = `orders@${DOMAIN}`;

/** Stays up until it is interrupted; resolves with the exit code. */
export async function sandboxCommand(request: SandboxRequest, settings: Settings): Promise<number> {
  keepYoungGenerationSmall();
  const names = namesOf(request);
  const live = request.quiet ? undefined : createLiveLines((line) => settings.terminal.write(`${line}\n`));
  const configuration = {
    ports: request.ports,
    ...(request.host === undefined ? {} : { host: request.host }),
    ...(live === undefined ? {} : { parts: { recorder: live.recorder }, onEvent: live.hear }),
    control: { ...request.control, dashboard: dashboardFolder },
    choices: request.choices,
    reports: request.reports,
    // only where somebody asks
    suite: async () => (await import('../read-suite.ts')).readSuite(settings, request.provider.contract),
    names,
    keepMs: request.keepMs,
    onNotice: (sentence: string) => settings.terminal.writeError(`${sentence}\n`),
    version: settings.version,
    onFault: (fault: unknown) =>
      settings.terminal.writeError(`The gateway met a fault of its own: ${String(fault)}\n`),
    ...(request.data === undefined ? {} : { data: request.data }),
  };
  await using own = await openOwnGateway(request.mailbox, configuration, request.provider);
  if (request.seed !== undefined) await applySeedFile(request.seed, own.sandbox.operations);
  const account = await firstAccount(own);
  await using ca = await writeCertificateAuthority(own, request.data);
  const control = controlAddress(own, names[0]);
  const seeded = request.seed?.accounts.flatMap(({ connections }) => connections) ?? [];
  settings.terminal.write(
    describeSandbox(own, {
      contract: request.provider.contract,
      account,
      ca: ca.path,
      name: names[0],
      control,
      seeded,
      reach: describeReach(request, names),
      needsToken: request.control.token !== undefined,
    }),
  );
  if (request.open) await openInBrowser(dashboardAt(control), settings);
  await interruption(AbortSignal.any([settings.interrupted, settings.outputClosed]));
  settings.terminal.write('\nClosing.\n');
  return 0;
}

/** The account to begin with: made once, found again where the state was kept. */
async function firstAccount({ sandbox }: OwnGateway): Promise<Account> {
  const existing = await sandbox.operations.findAccountOfLogin(LOGIN);
  return (
    existing ??
    sandbox.operations.createAccount(
      accountSetupSchema.parse({
        balance: 1_000,
        domains: [{ name: DOMAIN, state: 'verified' }],
        connections: [{ name: 'Shop', sender: SENDER, login: LOGIN }],
      }),
    )
  );
}

async function writeCertificateAuthority(
  { sandbox }: OwnGateway,
  data: string | undefined,
): Promise<AsyncDisposable & { readonly path: string }> {
  if (data !== undefined)
    return { path: join(data, 'ca.pem'), [Symbol.asyncDispose]: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), 'gauntlet-'));
  const path = join(folder, 'ca.pem');
  await writeFile(path, sandbox.certificateAuthority);
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** The names that certificates carry beside those of loopback; behind an address for all it is this machine's. */
function namesOf({ host, names }: SandboxRequest): readonly string[] {
  if (host === undefined || isLoopback(host)) return names;
  const isAny = host === '0.0.0.0' || host === '::';
  return names.length > 0 || isAny ? (names.length > 0 ? names : [hostname()]) : [host];
}

/** What can be reached, and from where. */
function describeReach({ host, control }: SandboxRequest, names: readonly string[]): string {
  const open = [
    ...(host === undefined || isLoopback(host) ? [] : ['SMTP']),
    ...(control.host === undefined || isLoopback(control.host) ? [] : ['the control API (with its token)']),
  ];
  if (open.length === 0) return 'from this machine alone';
  return `from other machines, as ${names.join(' and ')}: ${open.join(' and ')}; the mailbox from this machine alone`;
}

/** What is printed of a sandbox that is up. */
interface Description {
  readonly contract: Contract;
  readonly account: Account;
  /** The path of the root to trust. */
  readonly ca: string;
  /** The name under which it is reached beyond loopback. */
  readonly name: string | undefined;
  /** The address of the control API. */
  readonly control: string;
  readonly seeded: Seed['accounts'][number]['connections'];
  readonly reach: string;
  readonly needsToken: boolean;
}

/** The address of the control API for people: what is listened on may be no name at all, such as 0.0.0.0. */
function controlAddress({ sandbox }: OwnGateway, name: string | undefined): string {
  return name === undefined
    ? sandbox.controlUrl
    : `http://${hostInUrl(name)}:${new URL(sandbox.controlUrl).port}`;
}

function dashboardAt(control: string): string {
  return `${control}/ui/`;
}

function describeSandbox(
  { sandbox, mailbox }: OwnGateway,
  { contract, account, ca, name, control, seeded, reach, needsToken }: Description,
): string {
  const host = name === undefined ? 'localhost' : hostInUrl(name);
  const token = needsToken ? ' -H "authorization: Bearer $GAUNTLET_TOKEN"' : '';
  const number = (port: Port) => sandbox.addresses.find((each) => each.port === port)?.number;
  const [example] = contract.modes.toSorted((a, b) => ease(a.encryption) - ease(b.encryption));
  const scheme = example?.encryption === 'implicit' ? 'smtps' : 'smtp';
  const connection = account.connections.find((each) => each.login === LOGIN);
  const recipient = contract.words.roles.find(
    ({ reservedAddress }) => reservedAddress !== null,
  )?.reservedAddress;
  const message = String.raw`From: <${SENDER}>\r\nTo: <${recipient}>\r\nSubject: hello\r\n\r\nIt works.\r\n`;
  return `The sandbox is up. Its dashboard: ${dashboardAt(control)}

  host         ${host}
  reachable    ${reach}
  ports        ${describePorts(contract, number)}
  login        ${LOGIN}
  password     ${connection?.password}
  sender       any address at ${DOMAIN}, for example ${SENDER}
${contract.words.plans.length === 0 ? '' : `  balance      ${account.balance} sends\n`}  CA           ${ca}
  control API  ${control}   (account ${account.id})
  mailbox      ${mailbox.api}   (${mailbox.description})

Send a first mail:

  printf '${message}' | curl --ssl-reqd --cacert ${ca} --url ${scheme}://${host}:${example && number(example.port)} --user '${LOGIN}:${connection?.password}' --mail-from ${SENDER} --mail-rcpt ${recipient} --upload-file -

${describeSeeded(seeded)}${describeRecipients(contract)}Time is the account's own. This moves its clock on by five minutes, and lifts what waits for that:

  curl -X POST ${control}/accounts/${account.id}/clock${token} -H 'content-type: application/json' -d '{"advanceMs":300000}'

Ctrl-C ends it.
`;
}

/** The further addresses that have a role built in, each with what it does; and the errors that an address can ask for. */
function describeRecipients({ words, documentedReplies }: Contract): string {
  const [, ...others] = words.roles.filter(({ reservedAddress }) => reservedAddress !== null);
  const width = Math.max(...others.map(({ reservedAddress }) => reservedAddress?.length ?? 0));
  const lines = others.map(
    ({ reservedAddress, meaning }) => `  ${(reservedAddress ?? '').padEnd(width)}  ${meaning}\n`,
  );
  // one that a client tries again behind
  const [error] = Object.entries(documentedReplies).find(([, { reply }]) => reply.startsWith('45')) ?? [];
  const asked = error === undefined ? '' : `  ${error}+2@${words.reservedDomain} gets this error twice.\n`;
  return `Other recipients:\n\n${lines.join('')}${asked}\n`;
}

/** Which mode a first mail goes by: STARTTLS can be tried with the most programs. */
function ease(encryption: Encryption): number {
  return ['starttls', 'implicit', 'none'].indexOf(encryption);
}

/** The documented ports with their numbers, those that speak the same together: `587 → 2587   25 → 2525 (plain or STARTTLS)`. */
function describePorts(contract: Contract, numberOf: (port: Port) => number | undefined): string {
  const ports = portsOf(contract).map((port) => ({
    port,
    note: contract.modes
      .filter((mode) => mode.port === port)
      .map(({ encryption }) => ENCRYPTIONS[encryption])
      .join(' or '),
  }));
  return ports
    .map(({ port, note }, at) => {
      const text = `${port} → ${numberOf(port)}`;
      return ports[at + 1]?.note === note ? text : `${text} (${note})`;
    })
    .join('   ');
}

const ENCRYPTIONS = { implicit: 'TLS', starttls: 'STARTTLS', none: 'plain' } as const;

/** The logins of a seed file; a password stands in the file, or was made and is told here. */
function describeSeeded(connections: Description['seeded']): string {
  if (connections.length === 0) return '';
  const lines = connections.map(
    ({ login, password, sender }) =>
      `  ${login ?? '(a login of its own making)'}   password ${password ?? '(made; GET /accounts shows it)'}   sender ${sender}\n`,
  );
  return `Accounts of the seed file:\n\n${lines.join('')}\n`;
}

function interruption(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // the sandbox's sockets keep the process alive; this only waits for the word
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
