import { afterAll } from 'vitest';
import type { Email } from '../control-api/history-schemas.ts';
import type { Account } from '../control-api/schemas.ts';
import { accountSetupSchema } from '../control-api/schemas.ts';
import { openRawClient, type RawClient } from './raw-client-fixture.ts';
import type { Delivery } from './relay/delivery.ts';
import { createSandbox, type Sandbox, type SandboxConfiguration } from './sandbox.ts';

/** A sandbox to probe: its mail is kept instead of handed over, its faults are kept instead of logged. */
export interface Probed extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly delivered: readonly Delivery[];
  readonly faults: readonly unknown[];
  number(port: 465 | 587 | 25): number;
  newAccount(over?: object): Promise<Account>;
  /** A session that has said EHLO. */
  greeted(port?: 587 | 25): Promise<RawClient>;
  loggedIn(account: Account): Promise<RawClient>;
  /** A session that has had its 354 for one recipient. */
  inData(account: Account, recipient: string): Promise<RawClient>;
}

/** Starts a sandbox to probe. */
export async function startProbed(configuration: Partial<SandboxConfiguration> = {}): Promise<Probed> {
  const delivered: Delivery[] = [];
  const faults: unknown[] = [];
  let accounts = 0;
  const sandbox = await createSandbox({
    smarthost: { host: '127.0.0.1', port: 1 },
    onFault: (fault) => faults.push(fault),
    ...configuration,
    parts: {
      writer: (own) => ({
        ...own,
        handOver: async (delivery) => {
          delivered.push(delivery);
          return { kind: 'taken' };
        },
      }),
      ...configuration.parts,
    },
  });
  const number = (port: 465 | 587 | 25) => sandbox.addresses.find((each) => each.port === port)?.number ?? 0;

  const greeted = async (port: 587 | 25 = 587): Promise<RawClient> => {
    const client = await openRawClient(number(port));
    expectStart(await client.reply(), '220 ');
    expectStart(await client.say('EHLO client.example'), '250-');
    return client;
  };
  const loggedIn = async (account: Account): Promise<RawClient> => {
    const client = await greeted();
    expectStart(await client.say(`AUTH PLAIN ${plain(account)}`), '235 ');
    return client;
  };

  return {
    sandbox,
    delivered,
    faults,
    number,
    newAccount: (over = {}) => {
      const domain = `shop${(accounts += 1)}.example`;
      return sandbox.operations.createAccount(
        accountSetupSchema.parse({
          balance: 1_000,
          domains: [{ name: domain, state: 'verified' }],
          connections: [{ name: 'shop', sender: `a@${domain}` }],
          ...over,
        }),
      );
    },
    greeted,
    loggedIn,
    inData: async (account, recipient) => {
      const client = await loggedIn(account);
      expectStart(await client.say(`MAIL FROM:<${senderOf(account)}>`), '250 ');
      expectStart(await client.say(`RCPT TO:<${recipient}>`), '250 ');
      expectStart(await client.say('DATA'), '354 ');
      return client;
    },
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}

/** One sandbox for all tests of a file; it ends with them, and a fault of its own fails the file. */
export async function startProbedForFile(): Promise<Probed> {
  const probed = await startProbed();
  afterAll(async () => {
    await probed[Symbol.asyncDispose]();
    if (probed.faults.length > 0) {
      throw new AggregateError(probed.faults, 'The sandbox met faults of its own.');
    }
  });
  return probed;
}

/** Base64 of a text's UTF-8. */
export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** The initial response of AUTH PLAIN for the account's first connection. */
export function plain(account: Account, password?: string): string {
  const [connection] = account.connections;
  return base64(`\0${connection?.login}\0${password ?? connection?.password}`);
}

/** The sender of the account's first connection. */
export function senderOf(account: Account): string {
  return account.connections[0]?.sender ?? '';
}

function expectStart(reply: string, start: string): void {
  if (!reply.startsWith(start))
    throw new Error(`Expected a reply that begins with "${start}", got "${reply}".`);
}

/** Sends a message over a session of its own and waits until the account is settled; gives its rows of the history. */
export async function sendSettled(
  probed: Probed,
  account: Account,
  recipients: readonly string[],
  message: string,
): Promise<readonly Email[]> {
  {
    await using client = await probed.loggedIn(account);
    expectStart(await client.say(`MAIL FROM:<${senderOf(account)}>`), '250 ');
    for (const recipient of recipients) expectStart(await client.say(`RCPT TO:<${recipient}>`), '250 ');
    expectStart(await client.say('DATA'), '354 ');
    // the raw client writes one octet a character
    const octets = Buffer.from(message).toString('latin1');
    expectStart(await client.say(`${octets}\r\n.`), '250 ');
    await client.say('QUIT');
  }
  const { operations } = probed.sandbox;
  await operations.waitSettled(account.id, 10_000);
  return (await operations.listHistory(account.id)).emails.slice(-recipients.length);
}
