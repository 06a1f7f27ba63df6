import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentedReplies } from '../contract/emailmassivo/documented-replies.ts';
import { modes, modeNamed } from '../contract/emailmassivo/transition.ts';
import type { Mode } from '../contract/modes.ts';
import { accountSetupSchema, type Account, type AccountSetup } from '../control-api/schemas.ts';
import { openMailboxClient, type MailboxClient } from '../mailbox/client.ts';
import { createSandbox } from '../sandbox/sandbox.ts';
import { openOwnGateway, type OwnGateway } from './own-gateway.ts';
import { realClients, type ReplyMoment } from './real-clients-fixture.ts';
import type { Order, Report } from './real-clients-send-fixture.ts';

let own: OwnGateway;
let mailbox: MailboxClient;
let folder: string;
const faults: unknown[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'real-clients-'));
  own = await openOwnGateway({ kind: 'embedded' }, { onFault: (fault) => faults.push(fault) });
  mailbox = openMailboxClient(own.mailbox.api);
  await writeFile(join(folder, 'ca.pem'), own.sandbox.certificateAuthority);
  // another sandbox's root has the same name and another key
  await using other = await createSandbox({ smarthost: own.mailbox.smtp });
  await writeFile(join(folder, 'other-ca.pem'), other.certificateAuthority);
});
afterAll(async () => {
  await own[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
  if (faults.length > 0) throw new AggregateError(faults, 'The sandbox met faults of its own.');
});

/** A documented error: where it comes, and what calls it up. The replies are written out, a second witness. */
interface Trouble {
  readonly reply: string;
  readonly stage: ReplyMoment;
  readonly mode: Mode;
  readonly setup?: (recipient: string) => AccountSetup;
  /** On listeners of the account's own. */
  readonly maintenance?: true;
  readonly order?: Partial<Order>;
}

const SENDER_DOMAIN = 'shop.example';
const SENDER = `orders@${SENDER_DOMAIN}`;
const FROZEN = { now: '2026-01-15T12:00:00.000Z', frozen: true };

const troubles: readonly Trouble[] = [
  {
    reply: '421 4.4.5 Server is temporarily unavailable',
    stage: 'connect',
    mode: '465+tls',
    setup: () => ({ listeners: 'own' }),
    maintenance: true,
  },
  {
    reply: '535 5.7.8 Incorrect login or password',
    stage: 'AUTH',
    mode: '587',
    order: { password: 'wrong' },
  },
  {
    reply: '553 Domain not found',
    stage: 'MAIL',
    mode: '587+starttls',
    order: { sender: 'a@elsewhere.example' },
  },
  {
    reply: '421 Domain not verify',
    stage: 'MAIL',
    mode: '25+starttls',
    setup: () => ({ domains: [{ name: SENDER_DOMAIN, state: 'unverified' }] }),
  },
  {
    reply: '550 Email receiver unsubscribe or complaint',
    stage: 'RCPT',
    mode: '25',
    setup: (address) => ({ recipients: [{ address, role: 'suppressed' }] }),
  },
  {
    reply: '553 Recipient has exceeded mailbox limit',
    stage: 'RCPT',
    mode: '587',
    setup: (address) => ({ recipients: [{ address, role: 'full' }] }),
  },
  {
    reply: '450 Balance not enough',
    stage: 'RCPT',
    mode: '465+tls',
    setup: () => ({ balance: 0 }),
  },
  {
    reply: '550 5.6.0 Message rejected: Missing required "From" header',
    stage: 'end of data',
    mode: '587+starttls',
    order: { message: 'Subject: nobody wrote this\r\n\r\nhello\r\n' },
  },
];
/** These two take more than one run. */
const TOO_MANY_LOGINS = '454 4.7.0 Too many login attempts';
const RATE = '451 4.3.2 Rate limit exceeded, retry after 10 seconds';

test('the ten documented errors are all called up here', () => {
  const calledUp = [...troubles.map(({ reply }) => reply), TOO_MANY_LOGINS, RATE];
  expect(calledUp.toSorted()).toEqual(
    Object.values(documentedReplies)
      .map(({ reply }) => reply)
      .toSorted(),
  );
});

const isCi = (process.env['CI'] ?? '') !== '';

for (const { name, outcomes, failuresPerLogin, atRefusal, isInCi, find } of realClients) {
  const client = await find();
  const isMissingHere = client === undefined && !(isCi && isInCi);
  const reason = isMissingHere ? ' (skipped: it is not on the search path)' : '';

  describe.skipIf(isMissingHere).concurrent(`${name}${reason}`, () => {
    const send = (order: Order): Promise<Report> => {
      if (client === undefined) throw new Error(`${name} is not on the search path, and CI must have it.`);
      return client(order, folder);
    };

    test.each(modes)('an email with a copy arrives through %s, two sends deducted', async (mode) => {
      const { account, order } = await prepare(mode);
      const copy = `copy-${order.recipients[0]}`;
      const report = await send({ ...order, recipients: [...order.recipients, copy] });
      expect(report).toEqual({ outcome: outcomes.sent, refusals: [] });
      const emails = await delivered(account, order);
      expect(emails.map((email) => email.text.trimEnd().endsWith(order.message.trimEnd()))).toEqual([
        true,
        true,
      ]);
      expect(new Set(emails.map((email) => email.forwardPath))).toEqual(new Set([copy, ...order.recipients]));
      const keyword = modeNamed(mode).encryption === 'none' ? 'SMTPA' : 'SMTPSA';
      // Go asks for SMTPUTF8 wherever it is offered (UTF8SMTPSA, RFC 6531 §4.3); swaks ends the message with a line more
      expect(emails.filter((email) => email.protocol?.endsWith(keyword) !== true)).toEqual([]);
      expect(await own.sandbox.operations.showAccount(account.id)).toMatchObject({ balance: 98, charged: 2 });
      const history = (await own.sandbox.operations.listHistory(account.id)).emails;
      expect(history.map(({ status }) => status)).toEqual(['delivered', 'delivered']);
    });

    const encrypted = modes.filter((mode) => modeNamed(mode).encryption !== 'none');
    test.each(encrypted)('a certificate from an unknown authority is refused through %s', async (mode) => {
      const { account, order } = await prepare(mode);
      const report = await send({ ...order, caFile: join(folder, 'other-ca.pem') });
      expect(report).toEqual({ outcome: outcomes['untrusted certificate'], refusals: [] });
      await expectNothingSent(account, order);
    });

    test.each(troubles)('$reply at $stage through $mode', async (trouble) => {
      const { reply, stage, mode, setup, maintenance, order } = trouble;
      const prepared = await prepare(mode, setup);
      const { account } = prepared;
      if (maintenance) await own.sandbox.operations.setMaintenance(account.id, true);
      const report = await send({ ...prepared.order, ...order });
      expect(report).toEqual({ outcome: outcomes[stage], refusals: [reply] });
      await expectNothingSent(account, prepared.order);
    });

    test('one send is left for two recipients', async () => {
      const { account, order } = await prepare('587', () => ({ balance: 1 }));
      const report = await send({ ...order, recipients: [...order.recipients, 'second@b.example'] });
      const served = atRefusal === 'gives up' ? 0 : 1;
      expect(report).toEqual({
        outcome: atRefusal === 'sends' ? outcomes.sent : outcomes.RCPT,
        refusals: ['450 Balance not enough'],
      });
      expect(await delivered(account, order)).toHaveLength(served);
      expect(await own.sandbox.operations.showAccount(account.id)).toMatchObject({ charged: served });
    });

    test(`${TOO_MANY_LOGINS}, until five minutes have passed`, async () => {
      const { account, order } = await prepare('25+starttls');
      const refused = (reply: string) => ({ outcome: outcomes.AUTH, refusals: [reply] });
      // the fifth failure locks the login; a client that tries twice a run hears of the lock in that very run
      const logins = Math.floor(5 / failuresPerLogin);
      for (let run = 0; run < logins; run += 1) {
        expect(await send({ ...order, password: 'wrong' })).toEqual(
          refused('535 5.7.8 Incorrect login or password'),
        );
      }
      expect(await send({ ...order, password: 'wrong' })).toEqual(refused(TOO_MANY_LOGINS));
      expect(await send(order)).toEqual(refused(TOO_MANY_LOGINS));
      await expectNothingSent(account, order);
      await own.sandbox.operations.moveClock(account.id, { advanceMs: 5 * 60_000 });
      expect(await send(order)).toEqual({ outcome: outcomes.sent, refusals: [] });
    });

    test(`${RATE}, and then it works`, async () => {
      const { account, order } = await prepare('25', () => ({ limits: { rateLimit: 1 } }));
      expect(await send(order)).toEqual({ outcome: outcomes.sent, refusals: [] });
      expect(await send(order)).toEqual({ outcome: outcomes.MAIL, refusals: [RATE] });
      await own.sandbox.operations.moveClock(account.id, { advanceMs: 10_000 });
      expect(await send(order)).toEqual({ outcome: outcomes.sent, refusals: [] });
      expect(await delivered(account, order)).toHaveLength(2);
      expect(await own.sandbox.operations.showAccount(account.id)).toMatchObject({ charged: 2 });
    });
  });
}

let accounts = 0;

/** An account of the case's own, and an order that nothing speaks against but what the case arranges. */
async function prepare(
  mode: Mode,
  setup: (recipient: string) => AccountSetup = () => ({}),
): Promise<{ readonly account: Account; readonly order: Order }> {
  const number = (accounts += 1);
  const recipient = `reader@a${number}.example`;
  const account = await own.sandbox.operations.createAccount(
    accountSetupSchema.parse({
      balance: 100,
      domains: [{ name: SENDER_DOMAIN, state: 'verified' }],
      connections: [{ name: 'shop', sender: SENDER }],
      clock: FROZEN,
      ...setup(recipient),
    } satisfies AccountSetup),
  );
  const { port } = modeNamed(mode);
  const [connection] = account.connections;
  return {
    account,
    order: {
      mode,
      port: account.listeners.find((each) => each.port === port)?.number ?? 0,
      caFile: join(folder, 'ca.pem'),
      login: connection?.login ?? '',
      password: connection?.password ?? '',
      sender: SENDER,
      recipients: [recipient],
      // dots at the start of a line, which SMTP must carry
      message: `From: Shop <${SENDER}>\r\nTo: ${recipient}\r\nSubject: order ${number}\r\n\r\n.hello\r\n..\r\nend\r\n`,
    },
  };
}

/** An email as it stands in the mailbox; what is known of its way is from the gateway's trace (RFC 5321 §4.4). */
interface Delivered {
  readonly text: string;
  readonly protocol: string | undefined;
  readonly forwardPath: string | undefined;
}

/** The emails that arrived with the order's first recipient in To; copies for others have the same To. */
async function delivered(account: Account, order: Order): Promise<readonly Delivered[]> {
  await own.sandbox.operations.waitSettled(account.id, 5_000);
  const emails = await mailbox.emailsAddressedTo(order.recipients[0] ?? '');
  return Promise.all(
    emails.map(async (email) => {
      const text = Buffer.from(await email.raw()).toString('latin1');
      const trace = /\tby smtp\.emailmassivo\.com with (\w+) id \S+\r\n\tfor <(.+)>;/.exec(text);
      return { text, protocol: trace?.[1], forwardPath: trace?.[2] };
    }),
  );
}

async function expectNothingSent(account: Account, order: Order): Promise<void> {
  expect(await delivered(account, order)).toEqual([]);
  expect((await own.sandbox.operations.listHistory(account.id)).emails).toEqual([]);
  const { balance, charged } = await own.sandbox.operations.showAccount(account.id);
  expect({ balance, charged }).toEqual({ balance: account.balance, charged: 0 });
}
