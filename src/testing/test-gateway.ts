/**
 * A gateway for the tests of whoever sends mail: one call opens a sandbox and the mailbox that it delivers to, another
 * gives a test an account of its own. It knows no test framework.
 */
import { envelopeOf } from '../conformance/runner/compare-delivered.ts';
import { modeOf, type Contract } from '../contract/contract.ts';
import type { Mode, Port } from '../contract/modes.ts';
import { bodyOf, openControlClient, type ControlClient } from '../control-api/client.ts';
import type { AccountSetup } from '../control-api/schemas.ts';
import { openMailboxClient, type MailboxClient, type StoredEmail } from '../mailbox/client.ts';
import { openMailbox, type MailboxChoice } from '../mailbox/mailbox.ts';
import { addressKeyOf } from '../smtp/address-equality.ts';
import { defaultProvider } from '../sandbox/default-provider.ts';
import { createSandbox, type SandboxConfiguration } from '../sandbox/sandbox.ts';

/** What a test gateway is made of; all of it may be left out. */
export interface TestGatewayOptions extends Omit<SandboxConfiguration, 'smarthost'> {
  /** Where delivered mail is kept; the embedded mailbox unless said. */
  readonly mailbox?: MailboxChoice;
}

/** A gateway that is up, with its mailbox. Whoever opened it disposes of it. */
export interface TestGateway extends AsyncDisposable {
  readonly controlUrl: string;
  /** PEM; the only root that its clients need to trust. */
  readonly certificateAuthority: string;
  readonly control: ControlClient;
  readonly mailbox: MailboxClient;
  /** The base URL of the mailbox's API. */
  readonly mailboxApi: string;
  /** Makes an account with a verified domain, a connection and 100 sends, unless the setup says otherwise. */
  newAccount(setup?: AccountSetup): Promise<TestAccount>;
}

/** The options of a transport as Nodemailer takes them, for one mode. */
export interface TransportOptions {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly requireTLS: boolean;
  readonly ignoreTLS: boolean;
  readonly auth: { readonly user: string; readonly pass: string };
  readonly tls: { readonly ca: string; readonly servername: string };
}

/** One test's account. */
export interface TestAccount {
  readonly id: string;
  readonly login: string;
  readonly password: string;
  /** An address on the account's verified domain. */
  readonly sender: string;
  /** Where a documented port really listens. */
  address(port: Port): { readonly host: string; readonly port: number };
  /** The options of a transport; in the mode 587+starttls unless said, or what comes nearest to it. */
  transport(mode?: Mode): TransportOptions;
  /** Says what becomes of mail to an address of this account's. */
  setRecipient(address: string, role: string): Promise<void>;
  /** Sends deducted in the account, once nothing is under way any more. */
  charged(): Promise<number>;
  /** The emails that were delivered to an address, once nothing is under way any more; oldest first. */
  emailsTo(address: string): Promise<readonly StoredEmail[]>;
  /** The mail to an address, for `expect(…).toHaveBeenDelivered()`. */
  mailTo(address: string): MailTo;
}

/** The mail to an address of a test's account. */
export interface MailTo {
  readonly account: TestAccount;
  readonly address: string;
}

/** Opens a sandbox on free loopback ports, and the mailbox that it delivers to. */
export async function openTestGateway({
  mailbox: choice = { kind: 'embedded' },
  provider = defaultProvider,
  ...configuration
}: TestGatewayOptions = {}): Promise<TestGateway> {
  await using opened = new AsyncDisposableStack();
  const host = opened.use(await openMailbox(choice));
  const sandbox = opened.use(await createSandbox({ ...configuration, provider, smarthost: host.smtp }));
  const { controlUrl, certificateAuthority, addresses } = sandbox;
  const control = openControlClient(controlUrl);
  const mailbox = openMailboxClient(host.api);
  const all = opened.move();
  let count = 0;
  return {
    controlUrl,
    certificateAuthority,
    control,
    mailbox,
    mailboxApi: host.api,
    newAccount: async (setup) => {
      count += 1;
      const parts = { contract: provider.contract, control, mailbox, certificateAuthority, addresses };
      return createAccount(parts, setup ?? usualSetup(count));
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** A search by address also finds the copies of others, which name it in a header: their `Received` tells whose they are. */
async function copiesFor(address: string, emails: readonly StoredEmail[]): Promise<readonly StoredEmail[]> {
  const isOwn = await Promise.all(
    emails.map(async (email) => {
      const [path] = envelopeOf(await email.raw()).forwardPaths;
      return path === undefined || addressKeyOf(path) === addressKeyOf(address);
    }),
  );
  return emails.filter((_, at) => isOwn[at]);
}

function usualSetup(count: number): AccountSetup {
  const domain = `shop-${count}.example`;
  return {
    balance: 100,
    domains: [{ name: domain, state: 'verified' }],
    connections: [{ name: 'shop', sender: `orders@${domain}` }],
  };
}

interface AccountParts {
  readonly contract: Contract;
  readonly control: ControlClient;
  readonly mailbox: MailboxClient;
  readonly certificateAuthority: string;
  readonly addresses: readonly { readonly port: Port; readonly host: string; readonly number: number }[];
}

/** The mode that most programs can do: by 587 with STARTTLS, else any with STARTTLS, else the provider's first. */
function usualMode({ modes }: Contract): Mode {
  const byStartTls = modes.filter(({ encryption }) => encryption === 'starttls');
  // the submission port of RFC 6409
  const submission = byStartTls.find(({ mode }) => mode.startsWith('587'));
  return (submission ?? byStartTls[0] ?? modes[0])?.mode ?? '';
}

async function createAccount(
  { contract, control, mailbox, certificateAuthority, addresses }: AccountParts,
  setup: AccountSetup,
): Promise<TestAccount> {
  const made = await bodyOf(control.accounts.$post({ json: setup }));
  const [connection] = made.connections;
  if (connection === undefined) throw new TypeError('The account of a test needs a connection to send with.');
  const route = control.accounts[':account'];
  const param = { account: made.id };
  const settle = () => bodyOf(route.settled.$post({ param, json: {} }));
  const address: TestAccount['address'] = (port) => {
    const found = addresses.find((candidate) => candidate.port === port);
    if (found === undefined) throw new TypeError(`Nothing listens as ${port}.`);
    return { host: found.host, port: found.number };
  };
  const account: TestAccount = {
    id: made.id,
    login: connection.login,
    password: connection.password,
    sender: connection.sender,
    address,
    transport: (mode = usualMode(contract)) => {
      const { port, encryption } = modeOf(contract, mode);
      return {
        ...address(port),
        secure: encryption === 'implicit',
        requireTLS: encryption === 'starttls',
        ignoreTLS: encryption === 'none',
        auth: { user: connection.login, pass: connection.password },
        tls: { ca: certificateAuthority, servername: contract.gatewayName },
      };
    },
    setRecipient: async (recipient, role) => {
      await bodyOf(route.recipients.$put({ param, json: { address: recipient, role } }));
    },
    charged: async () => {
      await settle();
      return (await bodyOf(route.$get({ param }))).charged;
    },
    emailsTo: async (recipient) => {
      await settle();
      return copiesFor(recipient, await mailbox.emailsAddressedTo(recipient));
    },
    mailTo: (recipient) => ({ account, address: recipient }),
  };
  return account;
}
