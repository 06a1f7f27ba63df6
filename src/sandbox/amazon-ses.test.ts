/** Amazon SES: every documented reply on the wire in each mode, arising from state. */
import { afterAll, describe, expect, test } from 'vitest';
import { amazonSes } from '../contract/amazon-ses/amazon-ses.ts';
import { isReplyOf } from '../contract/reply-parts.ts';
import type { Account } from '../control-api/schemas.ts';
import { plain, senderOf, startProbed } from './probe-fixture.ts';
import { amazonSesSandbox } from './policy/amazon-ses/provider.ts';
import { openRawClient, type RawClient } from './raw-client-fixture.ts';

const DAY = 24 * 60 * 60_000;
const probed = await startProbed({ provider: amazonSesSandbox });
afterAll(() => probed[Symbol.asyncDispose]());
const { operations, certificateAuthority } = probed.sandbox;

interface Mode {
  readonly port: number;
  readonly encryption: 'implicit' | 'starttls' | 'none';
}

const newAccount = (over: object = {}): Promise<Account> =>
  probed.newAccount({ clock: { frozen: true }, ...over });

/** A session that is encrypted and has said EHLO, on listeners of the account's own or on the shared ones. */
async function encrypted({ port, encryption }: Mode, account?: Account): Promise<RawClient> {
  const listeners = account?.listeners ?? probed.sandbox.addresses;
  const number = listeners.find((each) => each.port === port)?.number ?? 0;
  const client = await openRawClient(number, encryption === 'implicit' ? certificateAuthority : undefined);
  const greeting = await client.reply();
  if (!greeting.startsWith('220 ')) throw new Error(greeting);
  if (encryption === 'starttls') {
    await client.say('EHLO client.example');
    expect(await client.say('STARTTLS')).toBe('220 Ready to start TLS');
    await client.startTls(certificateAuthority);
  }
  await client.say('EHLO client.example');
  return client;
}

async function signedIn(mode: Mode, account: Account): Promise<RawClient> {
  const client = await encrypted(mode, account);
  expect(await client.say(`AUTH PLAIN ${plain(account)}`)).toBe('235 Authentication successful');
  return client;
}

/** Sends a message and gives the reply to its final dot. */
async function send(
  client: RawClient,
  account: Account,
  recipients: readonly string[],
  header = `From: ${senderOf(account)}\r\nSubject: x`,
  sender = senderOf(account),
): Promise<string> {
  expect(await client.say(`MAIL FROM:<${sender}>`)).toBe('250 Ok');
  for (const recipient of recipients) expect(await client.say(`RCPT TO:<${recipient}>`)).toBe('250 Ok');
  expect(await client.say('DATA')).toMatch(/^354 /);
  return await client.say(`${header}\r\n\r\nx\r\n.`);
}

const nobody = (count: number): readonly string[] =>
  Array.from({ length: count }, (_each, at) => `r${at}@else.example`);

/** How each documented reply arises: what it came to on the wire. */
const arising: Readonly<Record<string, (mode: Mode) => Promise<string>>> = {
  'reply.235': async (mode) => {
    await using client = await encrypted(mode);
    return await client.say(`AUTH PLAIN ${plain(await newAccount())}`);
  },
  'reply.250': async (mode) => {
    const account = await newAccount();
    await using client = await signedIn(mode, account);
    const reply = await send(client, account, ['a@else.example']);
    const { emails } = await operations.listHistory(account.id);
    expect(reply).toBe(`250 Ok ${emails[0]?.id}`);
    return reply;
  },
  'error.421': async (mode) => {
    const account = await newAccount({ listeners: 'own', limits: { sessionLimit: 1 } });
    await using _first = await encrypted(mode, account);
    return await encrypted(mode, account).then(
      () => 'taken',
      (refused: Error) => refused.message,
    );
  },
  'error.451-failure': async (mode) => {
    const account = await newAccount({ listeners: 'own' });
    await using client = await signedIn(mode, account);
    await operations.setMaintenance(account.id, true);
    const reply = await client.say(`MAIL FROM:<${senderOf(account)}>`);
    await operations.setMaintenance(account.id, false);
    expect(await client.say(`MAIL FROM:<${senderOf(account)}>`)).toBe('250 Ok');
    return reply;
  },
  'error.454-service': async (mode) => {
    const account = await newAccount({ listeners: 'own' });
    await using client = await signedIn(mode, account);
    await client.say(`MAIL FROM:<${senderOf(account)}>`);
    await client.say('RCPT TO:<a@else.example>');
    await client.say('DATA');
    await operations.setMaintenance(account.id, true);
    const reply = await client.say(`From: ${senderOf(account)}\r\n\r\nx\r\n.`);
    expect(await operations.listHistory(account.id)).toMatchObject({ emails: [] });
    return reply;
  },
  'error.454-authentication': async (mode) => {
    const account = await newAccount({ listeners: 'own' });
    await using client = await encrypted(mode, account);
    await operations.setMaintenance(account.id, true);
    return await client.say(`AUTH PLAIN ${plain(account)}`);
  },
  'error.454-quota': async (mode) => {
    const account = await newAccount({ limits: { sendQuota: 3 } });
    await using client = await signedIn(mode, account);
    expect(await send(client, account, nobody(2))).toMatch(/^250 /);
    const reply = await send(client, account, nobody(2));
    // rejected whole: one more still fits
    expect(await send(client, account, nobody(1))).toMatch(/^250 /);
    await operations.moveClock(account.id, { advanceMs: DAY - 1 });
    expect(await send(client, account, nobody(1))).toBe(reply);
    await operations.moveClock(account.id, { advanceMs: 1 });
    expect(await send(client, account, nobody(3))).toMatch(/^250 /);
    return reply;
  },
  'error.454-rate': async (mode) => {
    const account = await newAccount({ limits: { sendRate: 1 } });
    await using client = await signedIn(mode, account);
    expect(await send(client, account, nobody(5))).toMatch(/^250 /);
    const reply = await send(client, account, nobody(1));
    await operations.moveClock(account.id, { advanceMs: 5_000 });
    expect(await send(client, account, nobody(1))).toMatch(/^250 /);
    return reply;
  },
  'error.530': async (mode) => {
    await using client = await encrypted(mode);
    return await client.say('MAIL FROM:<a@x.example>');
  },
  'error.535': async (mode) => {
    await using client = await encrypted(mode);
    return await client.say(`AUTH PLAIN ${plain(await newAccount(), 'wrong')}`);
  },
  'error.535-subscription': async (mode) => {
    await using client = await encrypted(mode);
    const account = await newAccount({ access: 'not subscribed' });
    expect(await client.say(`AUTH PLAIN ${plain(account, 'wrong')}`)).toMatch(/Credentials Invalid$/);
    return await client.say(`AUTH PLAIN ${plain(account)}`);
  },
  'error.552': async (mode) => {
    const account = await newAccount({ limits: { sizeLimit: 100 } });
    await using client = await signedIn(mode, account);
    const declared = await client.say(`MAIL FROM:<${senderOf(account)}> SIZE=101`);
    expect(
      await send(client, account, nobody(1), `From: ${senderOf(account)}\r\nX: ${'x'.repeat(100)}`),
    ).toBe(declared);
    return declared;
  },
  'error.553-sender': async (mode) => {
    await using client = await signedIn(mode, await newAccount());
    const reply = await client.say('MAIL FROM:<a@@x.example>');
    expect(reply).toBe('553 <a@@x.example> Invalid email address');
    return reply;
  },
  'error.553-recipient': async (mode) => {
    const account = await newAccount();
    await using client = await signedIn(mode, account);
    await client.say(`MAIL FROM:<${senderOf(account)}>`);
    const reply = await client.say('RCPT TO:<a b@x.example>');
    expect(reply).toBe('553 <a b@x.example> address unknown');
    return reply;
  },
  'error.554-access': async (mode) => {
    const account = await newAccount();
    await operations.setConnectionBlock(account.id, account.connections[0]?.id ?? '', true);
    await using client = await signedIn(mode, account);
    const reply = await send(client, account, nobody(1));
    expect(reply).toMatch(
      /^554 Access denied: User arn:aws:iam::\d{12}:user\/shop is not authorized to perform ses:SendRawEmail on resource arn:aws:ses:us-east-1:\d{12}:identity\/a@shop\d+\.example$/,
    );
    return reply;
  },
  'error.554-identity': async (mode) => {
    const account = await newAccount({ access: 'sandbox' });
    await using client = await signedIn(mode, account);
    const header = `From: x@b.example, ${senderOf(account)}\r\nSender: y@c.example`;
    const reply = await send(client, account, ['to@d.example', 'success@simulator.amazonses.com'], header);
    expect(reply).toBe(
      '554 Message rejected: Email address is not verified. The following identities failed the check in region US-EAST-1: x@b.example, y@c.example, to@d.example',
    );
    return reply;
  },
};

const modes = amazonSes.modes.map(({ mode, port, encryption }) => ({ mode, port, encryption }));

describe.each(modes)('in $mode', (mode) => {
  test.each(Object.keys(arising))('%s arises from state', async (rule) => {
    const reply = await arising[rule]?.(mode);
    expect(reply).toSatisfy((text: string) =>
      isReplyOf(amazonSes.documentedReplies[rule as 'reply.235'].reply, text),
    );
  });

  test('error.451-timeout arises from silence', async () => {
    await using impatient = await startProbed({ provider: amazonSesSandbox, choices: { idleMs: 150 } });
    const number = impatient.sandbox.addresses.find(({ port }) => port === mode.port)?.number ?? 0;
    const ca = impatient.sandbox.certificateAuthority;
    await using client = await openRawClient(number, mode.encryption === 'implicit' ? ca : undefined);
    await client.reply();
    if (mode.encryption === 'starttls') {
      await client.say('EHLO client.example');
      await client.say('STARTTLS');
      await client.startTls(ca);
    }
    expect(await client.untilClosed()).toBe('451 Timeout waiting for data from client\r\n');
  });
});

test('no documented reply is left out', () => {
  expect([...Object.keys(arising), 'error.451-timeout'].toSorted()).toEqual(
    Object.keys(amazonSes.documentedReplies).toSorted(),
  );
});
