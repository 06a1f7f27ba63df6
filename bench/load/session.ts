import { messageOfSize, senderDomain } from './message.ts';
import type { LoadPlan } from './plan.ts';
import { openWire, type ClientWire } from './wire.ts';

/** The octets of one plan, made once. */
export interface Script {
  readonly hello: Buffer;
  readonly auth: Buffer | undefined;
  readonly mail: Buffer;
  readonly recipients: readonly Buffer[];
  readonly data: Buffer;
  /** MAIL, RCPTs and DATA in one. */
  readonly envelope: Buffer;
  readonly message: Buffer;
  readonly quit: Buffer;
}

/** Writes the octets of a plan. */
export function scriptOf({ login, recipients, size }: LoadPlan): Script {
  const line = (text: string) => Buffer.from(`${text}\r\n`, 'latin1');
  const mail = line(`MAIL FROM:<shop@${senderDomain}>`);
  const to = Array.from({ length: recipients }, (_, at) => line(`RCPT TO:<customer${at}@customers.example>`));
  const data = line('DATA');
  const plain = login && Buffer.from(`\0${login.name}\0${login.password}`).toString('base64');
  return {
    hello: line('EHLO load.example'),
    auth: plain === undefined ? undefined : line(`AUTH PLAIN ${plain}`),
    mail,
    recipients: to,
    data,
    envelope: Buffer.concat([mail, ...to, data]),
    message: messageOfSize(size),
    quit: line('QUIT'),
  };
}

/** Opens a session and logs in. */
export async function openSession(plan: LoadPlan, script: Script): Promise<ClientWire> {
  const wire = openWire(plan.host, plan.port, plan.tls);
  await expect(wire, undefined, 220);
  await expect(wire, script.hello, 250);
  if (script.auth !== undefined) await expect(wire, script.auth, 235);
  return wire;
}

/** Sends one message to all recipients of the plan. */
export async function sendMessage(wire: ClientWire, plan: LoadPlan, script: Script): Promise<void> {
  if (plan.pipelining) {
    await expect(wire, script.envelope, 354, script.recipients.length + 2);
  } else {
    await expect(wire, script.mail, 250);
    for (const recipient of script.recipients) await expect(wire, recipient, 250);
    await expect(wire, script.data, 354);
  }
  await expect(wire, script.message, 250);
}

/** Says goodbye and closes. */
export async function closeSession(wire: ClientWire, script: Script): Promise<void> {
  await expect(wire, script.quit, 221);
  wire.close();
}

async function expect(
  wire: ClientWire,
  octets: Buffer | undefined,
  code: number,
  replies = 1,
): Promise<void> {
  const heard = await wire.exchange(octets, replies);
  if (heard !== code) throw new Error(`${heard} came where ${code} was expected`);
}
