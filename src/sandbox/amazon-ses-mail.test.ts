/** Amazon SES behind the final dot: what comes back, what is never sent, and the region. */
import { describe, expect, test } from 'vitest';
import type { Account } from '../control-api/schemas.ts';
import { plain, senderOf, startProbed, type Probed } from './probe-fixture.ts';
import { amazonSesSandbox, amazonSesSandboxIn } from './policy/amazon-ses/provider.ts';
import { openRawClient } from './raw-client-fixture.ts';

/** Sends one message over TLS, and waits until the account is settled; gives the reply to its final dot. */
async function send(probed: Probed, account: Account, recipient: string): Promise<string> {
  const { addresses, certificateAuthority, operations } = probed.sandbox;
  const number = addresses.find(({ port }) => port === 2465)?.number ?? 0;
  await using client = await openRawClient(number, certificateAuthority);
  await client.reply();
  await client.say('EHLO client.example');
  await client.say(`AUTH PLAIN ${plain(account)}`);
  await client.say(`MAIL FROM:<${senderOf(account)}>`);
  await client.say(`RCPT TO:<${recipient}>`);
  await client.say('DATA');
  const reply = await client.say(`From: ${senderOf(account)}\r\nSubject: Order\r\n\r\nx\r\n.`);
  await operations.waitSettled(account.id, 10_000);
  return reply;
}

describe('what comes back goes to the reverse-path, from the null reverse-path', () => {
  test.each([
    ['bounce+a', 'report-type=delivery-status', 'Diagnostic-Code: smtp; 550 5.1.1 '],
    ['suppressionlist', 'report-type=delivery-status', 'Diagnostic-Code: smtp; 550 5.1.1 '],
    ['complaint', 'report-type=feedback-report', 'Feedback-Type: abuse'],
    ['ooto+b', 'text/plain', 'Auto-Submitted: auto-replied'],
  ])('%s@', async (localPart, type, line) => {
    await using probed = await startProbed({ provider: amazonSesSandbox });
    const account = await probed.newAccount();
    await send(probed, account, `${localPart}@simulator.amazonses.com`);
    const back = probed.delivered.filter(({ reversePath }) => reversePath === '');
    expect(back.map(({ forwardPath }) => forwardPath)).toEqual([senderOf(account)]);
    const text = Buffer.from(back[0]?.message ?? []).toString('utf8');
    expect(text).toContain(type);
    expect(text).toContain(line);
    expect(probed.faults).toEqual([]);
  });

  test('nothing comes back for mail that is suppressed, or for mail that arrives', async () => {
    await using probed = await startProbed({ provider: amazonSesSandbox });
    const account = await probed.newAccount();
    await probed.sandbox.operations.addSuppression(account.id, 'gone@x.example');
    await send(probed, account, 'gone@x.example');
    await send(probed, account, 'here@x.example');
    expect(probed.delivered.map(({ forwardPath }) => forwardPath)).toEqual(['here@x.example']);
  });
});

test('an address stays on the suppression list until it is removed', async () => {
  await using probed = await startProbed({ provider: amazonSesSandbox });
  const { operations } = probed.sandbox;
  const account = await probed.newAccount({
    clock: { frozen: true },
    recipients: [{ address: 'bad@x.example', role: 'nonexistent' }],
  });
  await send(probed, account, 'bad@x.example');
  await operations.moveClock(account.id, { advanceMs: 400 * 24 * 60 * 60_000 });
  await send(probed, account, 'Bad@X.example');
  await operations.removeSuppression(account.id, 'bad@x.example');
  await send(probed, account, 'bad@x.example');
  const { emails } = await operations.listHistory(account.id);
  expect(emails.map(({ status }) => status)).toEqual(['bounced', 'suppressed', 'bounced']);
});

test('a gateway of another region has its name, and says so in its replies', async () => {
  await using probed = await startProbed({ provider: amazonSesSandboxIn('eu-west-1') });
  const account = await probed.newAccount();
  const { operations } = probed.sandbox;
  await operations.setIdentity(account.id, {
    name: senderOf(account).split('@')[1] ?? '',
    state: 'unverified',
  });
  expect(await send(probed, account, 'a@x.example')).toBe(
    `554 Message rejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: ${senderOf(account)}`,
  );
  expect((await operations.showGateway()).name).toBe('email-smtp.eu-west-1.amazonaws.com');
});
