import { z } from 'zod';
import { startChild } from '../../../bench/child.ts';
import { openWire, type ClientWire } from '../../../bench/load/wire.ts';
import { bodyOf, openControlClient, type ControlClient } from '../../../src/control-api/client.ts';
import type { Account, AccountSetup } from '../../../src/control-api/schemas.ts';
import { peakMemory } from '../process-memory.ts';
import { openSink, type Sink } from './sink.ts';

/** A sandbox in a process of its own, with an account and a next host that counts. */
export interface AbusedSandbox extends AsyncDisposable {
  readonly pid: number;
  readonly control: ControlClient;
  readonly controlUrl: string;
  readonly account: Account;
  readonly sender: string;
  readonly sink: Sink;
  readonly ports: Readonly<Record<'465' | '587' | '25', number>>;
  /** Octets of memory at the peak until now. */
  peakMemory(): Promise<number>;
  /** Faults that the sandbox told of, each with how often. */
  faults(): Promise<readonly string[]>;
  /** The API of an embedded mailbox in the same process. */
  mailbox(): Promise<string>;
  /** A session on 587, greeted; logged in where nothing else is said. */
  session(login?: 'logged in' | 'not logged in'): Promise<ClientWire>;
}

const addressesSchema = z.object({
  control: z.string(),
  ports: z.object({ '465': z.int(), '587': z.int(), '25': z.int() }),
});

const SENDER = 'a@shop.example';

/** Starts one, on a data folder where one is given; `setup` is of its account, beside a balance and a rate limit that end nothing. */
export async function startAbusedSandbox(
  setup: Partial<AccountSetup> = {},
  data?: string,
): Promise<AbusedSandbox> {
  await using started = new AsyncDisposableStack();
  const sink = started.use(await openSink());
  const script = '../proof/abuse/sandbox/sandbox-process.ts';
  const child = started.use(
    startChild(script, [String(sink.port), ...(data === undefined ? [] : [data])], undefined),
  );
  const { control: controlUrl, ports } = await child.ask('addresses', undefined, addressesSchema);
  const control = openControlClient(controlUrl);
  const account = await bodyOf(
    control.accounts.$post({
      json: {
        balance: 1_000_000_000,
        domains: [{ name: 'shop.example', state: 'verified' }],
        connections: [{ name: 'shop', sender: SENDER }],
        ...setup,
        limits: { rateLimit: 1_000_000_000, ...setup.limits },
      },
    }),
  );
  const [connection] = account.connections;
  const token = Buffer.from(`\0${connection?.login}\0${connection?.password}`).toString('base64');
  const all = started.move();
  return {
    pid: child.pid,
    control,
    controlUrl,
    account,
    sender: SENDER,
    sink,
    ports,
    peakMemory: () => peakMemory(child.pid),
    mailbox: () => child.ask('mailbox', undefined, z.string()),
    faults: () => child.ask('faults', undefined, z.array(z.string())),
    session: async (login = 'logged in') => {
      const wire = openWire('127.0.0.1', ports['587'], false);
      await expectCode(wire, undefined, 220);
      await expectCode(wire, 'EHLO client.example', 250);
      if (login === 'logged in') await expectCode(wire, `AUTH PLAIN ${token}`, 235);
      return wire;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Writes a line, or waits only, and throws where the reply has another code. */
export async function expectCode(wire: ClientWire, line: string | undefined, code: number): Promise<void> {
  const heard = await wire.exchange(line === undefined ? undefined : Buffer.from(`${line}\r\n`, 'latin1'), 1);
  if (heard !== code) throw new Error(`${heard} came where ${code} was expected`);
}

/** Hands a message in, from MAIL to the reply behind the final dot; the code of that reply. */
export async function submit(
  wire: ClientWire,
  sender: string,
  recipients: readonly string[],
  message: Buffer,
): Promise<number> {
  await expectCode(wire, `MAIL FROM:<${sender}>`, 250);
  for (const recipient of recipients) await expectCode(wire, `RCPT TO:<${recipient}>`, 250);
  await expectCode(wire, 'DATA', 354);
  return wire.exchange(Buffer.concat([message, Buffer.from('\r\n.\r\n')]), 1);
}
