import { expect, test } from 'vitest';
import type { Check } from './policy/check.ts';
import { checkWith } from './policy/check.ts';
import { refuseWith } from './policy/decision.ts';
import type { EndOfDataFacts } from './policy/facts.ts';
import { chargeFor } from './policy/emailmassivo/charge.ts';
import { acceptances, refusals } from './policy/emailmassivo/protocol-replies.ts';
import { definePolicy } from './policy/policy.ts';
import { protocolChecks } from './policy/protocol-checks.ts';
import { plain, senderOf, startProbed } from './probe-fixture.ts';
import { emailmassivoSandbox } from './policy/emailmassivo/provider.ts';
import type { SandboxProvider } from './policy/provider.ts';
import { openRawClient } from './raw-client-fixture.ts';

const DAY = 24 * 60 * 60_000;
const QUOTA = 2;
const exceeded = '454 Throttling failure: Daily message quota exceeded';

const protocol = protocolChecks(refusals);
const daily = (now: number) => ({ quota: 'daily', since: now - DAY });
const quotaExceeded: Check<EndOfDataFacts> = checkWith(
  'daily quota exceeded',
  refuseWith({ rule: 'toy.quota', reply: exceeded }),
  ({ quotaUse, recipients }) => (quotaUse.get('daily') ?? 0) + recipients.size > QUOTA,
);

/** Another provider: other ports, a quota over a rolling day, suppression that refuses nothing, replies that vary. */
const toy: SandboxProvider = {
  ...emailmassivoSandbox,
  contract: {
    ...emailmassivoSandbox.contract,
    id: 'toy',
    gatewayName: 'smtp.toy.example',
    modes: [
      { mode: '2525', port: 2525, encryption: 'none', rule: 'toy.port' },
      { mode: '2465+tls', port: 2465, encryption: 'implicit', rule: 'toy.port' },
    ],
  },
  policy: definePolicy({
    ...emailmassivoSandbox.policy,
    checks: {
      ...emailmassivoSandbox.checks,
      MAIL: [protocol.noLogin, protocol.unreadable],
      RCPT: [protocol.noTransaction, protocol.unreadable],
      'end of data': [protocol.size, quotaExceeded],
    },
    replies: { refusals, acceptances: { ...acceptances, messageTaken: '250 Ok ${message-id}' } },
    identitiesOf: () => [],
    quotasAt: (now) => [daily(now)],
    charge: (facts) => ({
      ...chargeFor(facts),
      sources: [{ kind: 'bill' }],
      quotas: [{ ...daily(facts.now), sends: facts.recipients.size, most: QUOTA }],
    }),
  }),
};

test('a sandbox is the provider’s whom it is made for', async () => {
  await using probed = await startProbed({ provider: toy });
  const { addresses, operations } = probed.sandbox;
  expect(addresses.map(({ port, tls }) => [port, tls])).toEqual([
    [2525, 'starttls'],
    [2465, 'implicit'],
  ]);
  const account = await probed.newAccount({ balance: 0, clock: { frozen: true } });
  await using client = await openRawClient(addresses[0]?.number ?? 0);
  expect(await client.reply()).toBe('220 smtp.toy.example ESMTP');
  await client.say('EHLO client.example');
  expect(await client.say(`MAIL FROM:<${senderOf(account)}>`)).toBe('530 5.7.0 Authentication required');
  await client.say(`AUTH PLAIN ${plain(account)}`);
  const send = async (...recipients: readonly string[]): Promise<string> => {
    await client.say(`MAIL FROM:<${senderOf(account)}>`);
    for (const recipient of recipients) expect(await client.say(`RCPT TO:<${recipient}>`)).toBe('250 Ok');
    await client.say('DATA');
    return client.say('no header at all\r\n.');
  };
  expect(await send('a@x.example', 'b@x.example', 'c@x.example')).toBe(exceeded);
  const taken = await send('a@x.example', 'suppressed@simulator.test');
  expect(await send('a@x.example')).toBe(exceeded);
  await operations.moveClock(account.id, { advanceMs: DAY });
  expect(await send('a@x.example')).toMatch(/^250 Ok email-/);
  const { emails } = await operations.listHistory(account.id);
  expect(taken).toBe(`250 Ok ${emails[0]?.id}`);
  expect(await operations.showAccount(account.id)).toMatchObject({ balance: 0, charged: 3 });
});
