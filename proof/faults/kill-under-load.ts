import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bodyOf, openControlClient } from '../../src/control-api/client.ts';
import { openMailbox } from '../../src/mailbox/mailbox.ts';
import { createRandomness } from '../../src/sandbox/randomness.ts';
import { audit, type Audit } from './audit.ts';
import { startKillableGateway } from './killable-gateway.ts';
import { sendUntilStopped, type SentMessage } from './persistent-client.ts';

/** How hard it is tried. */
export interface KillPlan {
  readonly kills: number;
  readonly clients: number;
  readonly seed: string;
  readonly onKill?: (done: number) => void;
}

const BALANCE = 100_000_000;
/** The longest life under load before a kill, in milliseconds; the length of each is drawn from the seed. */
const LONGEST_LIFE_MS = 400;

/** Kills a gateway again and again at random moments under load, and audits what is left. */
export async function killUnderLoad({ kills, clients, seed, onKill }: KillPlan): Promise<Audit> {
  const data = await mkdtemp(join(tmpdir(), 'gauntlet-kills-'));
  await using _folder = { [Symbol.asyncDispose]: () => rm(data, { recursive: true, force: true }) };
  await using mailbox = await openMailbox({ kind: 'embedded', maxMessages: 10_000_000 });
  await using gateway = await startKillableGateway(data, mailbox.smtp.port);
  const control = openControlClient(`http://127.0.0.1:${gateway.ports.control}`);
  const account = await bodyOf(
    control.accounts.$post({
      json: {
        balance: BALANCE,
        domains: [{ name: 'shop.example', state: 'verified' }],
        connections: [{ name: 'shop', sender: 'a@shop.example' }],
        limits: { rateLimit: 1_000_000_000 },
      },
    }),
  );
  const [connection] = account.connections;
  const token = Buffer.from(`\0${connection?.login}\0${connection?.password}`).toString('base64');
  const logs: SentMessage[][] = Array.from({ length: clients }, () => []);
  const stop = new AbortController();
  const sending = logs.map((log, at) =>
    sendUntilStopped({
      name: `c${at}`,
      port: gateway.ports[587],
      token,
      sender: 'a@shop.example',
      log,
      signal: stop.signal,
    }),
  );
  const randomness = createRandomness(seed);
  for (let done = 1; done <= kills; done += 1) {
    const [high = 0, low = 0] = randomness.octets(2);
    await new Promise((resolve) => setTimeout(resolve, ((high * 256 + low) / 65_536) * LONGEST_LIFE_MS));
    await gateway.killAndRestart();
    onKill?.(done);
  }
  stop.abort();
  await Promise.all(sending);
  await settle(control, account.id);
  // awaited here: the gateway is killed as soon as this function returns
  return await audit(control, account.id, BALANCE, logs.flat(), mailbox.api);
}

async function settle(control: ReturnType<typeof openControlClient>, account: string): Promise<void> {
  const param = { account };
  // connections that were kept alive to a gateway that is dead: the first request finds that out
  await control.gateway.$get().catch(() => undefined);
  // what a kill interrupted on its way to the mailbox is deferred for a moment
  await bodyOf(control.accounts[':account'].mailbox.$put({ param, json: { up: true } }));
  await bodyOf(control.accounts[':account'].settled.$post({ param, json: { timeoutMs: 60_000 } }));
}
