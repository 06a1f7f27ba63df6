import { emailmassivoModel } from '../src/conformance/property/emailmassivo/model.ts';
import { emailmassivo } from '../src/contract/emailmassivo/emailmassivo.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stingy } from '../src/app/stingy-gateway-fixture.ts';
import { openMailboxClient } from '../src/mailbox/client.ts';
import { openMailbox, type MailboxHost } from '../src/mailbox/mailbox.ts';
import { refuse } from '../src/sandbox/policy/emailmassivo/refuse.ts';
import { createSandbox, type SandboxParts } from '../src/sandbox/sandbox.ts';
import { parseScenario } from '../src/conformance/scenario/parse-scenario.ts';
import { openGauntletTarget } from '../src/conformance/target/gauntlet-target.ts';
import { explore, type ExploreOptions } from '../src/conformance/property/explore.ts';
import { fuzzWire } from '../src/conformance/property/fuzz-wire.ts';
import { playText } from '../src/conformance/property/play-text.ts';
import { propertyNames } from '../src/conformance/property/emailmassivo/properties.ts';
import { describeReach, joinReach } from '../src/conformance/property/reach.ts';

let mailbox: MailboxHost;
beforeAll(async () => {
  mailbox = await openMailbox({ kind: 'embedded' });
});
afterAll(() => mailbox[Symbol.asyncDispose]());

let targets = 0;

async function openTarget(parts: SandboxParts = {}) {
  await using stack = new AsyncDisposableStack();
  const faults: unknown[] = [];
  const sandbox = stack.use(
    await createSandbox({ smarthost: mailbox.smtp, parts, onFault: (fault) => faults.push(fault) }),
  );
  targets += 1;
  const target = stack.use(
    await openGauntletTarget({ controlApi: sandbox.controlUrl, unique: `explored${targets}` }),
  );
  const all = stack.move();
  return { target, faults, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

const common = {
  contract: emailmassivoModel.contract,
  model: emailmassivoModel,
  now: () => performance.now(),
  today: '2026-01-01',
  seed: 'of the test',
};
const shape = (options: Omit<ExploreOptions, keyof typeof common | 'mailbox'>): ExploreOptions => ({
  ...common,
  mailbox: openMailboxClient(mailbox.api),
  ...options,
});

/** Plays a scenario's text on a target, its mail in the mailbox of all. */
function playOn(target: Parameters<typeof playText>[0]['target'], text: string): ReturnType<typeof playText> {
  return playText({ ...common, target, mailbox: openMailboxClient(mailbox.api) }, text);
}

test('our gateway keeps its promises in sessions that nobody wrote', { timeout: 120_000 }, async () => {
  await using opened = await openTarget();
  const explorations = [];
  for (const property of propertyNames) {
    explorations.push(await explore(shape({ target: opened.target, property, runs: 60 })));
  }
  for (const { property, counterexample, errored } of explorations) {
    expect({ property, text: counterexample?.text, errored }).toEqual({
      property,
      text: undefined,
      errored: [],
    });
  }
  expect(opened.faults).toEqual([]);
  const reach = joinReach(
    emailmassivoModel,
    explorations.map((each) => each.reach),
  );
  expect(describeReach(reach)).not.toMatch(/documented replies:/);
  expect(describeReach(reach)).toMatch(/reached: 10 of 10 documented replies/);
});

test(
  'a gateway that is wrong is found out, by a scenario that is short and says where it comes from',
  { timeout: 120_000 },
  async () => {
    await using opened = await openTarget(stingy);
    const { counterexample } = await explore(
      shape({ target: opened.target, property: 'billing', runs: 300 }),
    );
    expect(counterexample?.finding).toMatchObject({ received: '450 Balance not enough' });
    expect(counterexample?.lines).toBeLessThanOrEqual(9);
    const parsed = parseScenario(counterexample?.text ?? '', { id: 'x', file: 'x', contract: emailmassivo });
    expect(parsed).toMatchObject({
      kind: 'scenario',
      scenario: { found: { property: 'billing', seed: 'of the test', date: '2026-01-01' } },
    });
  },
);

test('the same seed finds the same', { timeout: 60_000 }, async () => {
  const seen: (string | undefined)[] = [];
  for (let time = 0; time < 2; time += 1) {
    await using opened = await openTarget({
      policy: (own) => ({
        ...own,
        plainVerb: (verb, argument) =>
          verb === 'VRFY' ? refuse('error.450') : own.plainVerb(verb, argument),
      }),
    });
    const { counterexample } = await explore(
      shape({ target: opened.target, property: 'protocol', runs: 100, jobs: 1 }),
    );
    seen.push(counterexample?.text);
  }
  expect(seen[0]).toContain('VRFY');
  expect(seen[1]).toBe(seen[0]);
});

test('a session that turns to another account behind STARTTLS is told there alone', async () => {
  await using opened = await openTarget();
  const text = [
    'title: Found by protocol',
    'about: order.checks',
    'modes: ["587"]',
    'given: { logins: { second: another account } }',
    'dialogue: |',
    '  C: <session>',
    '  C: STARTTLS',
    '  S: 220 *',
    '  C: <TLS handshake>',
    '  C: EHLO client.example',
    '  S: 250 *',
    '  C: <AUTH right password second>',
    '  S: 235 *',
    'then: { charged: 0 }',
    '',
  ].join('\n');
  expect(await playOn(opened.target, text)).toEqual({ kind: 'passed' });
});

test('copies from two accounts to one recipient are each in the history of their own', async () => {
  await using opened = await openTarget();
  const text = [
    'title: Found by sessions',
    'about: order.checks',
    'modes: ["587"]',
    'given: { logins: { second: another account }, recipients: { bob: accepts } }',
    'messages: { m1: "From: <${sender}>\\r\\n\\r\\n" }',
    'dialogue: |',
    ...['', '2'].flatMap((session) => [
      `  C${session}: <session${session === '' ? '' : ' second'}>`,
      `  C${session}: <envelope bob>`,
      `  C${session}: <message m1>`,
      `  S${session}: 250 *`,
    ]),
    'then: { delivered: { bob: [m1, m1] } }',
    '',
  ].join('\n');
  expect(await playOn(opened.target, text)).toEqual({ kind: 'passed' });
});

test('octets that no client would send break no promise', { timeout: 120_000 }, async () => {
  await using opened = await openTarget();
  const { violation, inputs } = await fuzzWire({ ...common, target: opened.target, inputs: 4_000 });
  expect(violation).toBeUndefined();
  expect(inputs).toBeGreaterThanOrEqual(4_000);
  expect(opened.faults).toEqual([]);
});

test.each([
  [
    'answers with LF for CRLF',
    (octets: Buffer) => Buffer.from(octets.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
    'protocol.reply-form',
  ],
  [
    'says nothing to an unknown verb',
    (octets: Buffer) => (octets.toString('latin1').startsWith('500') ? Buffer.alloc(0) : octets),
    'protocol.reply-form',
  ],
] as const)('fuzzing finds a gateway that %s', { timeout: 60_000 }, async (_what, sent, rule) => {
  await using opened = await openTarget({
    wire: (own) => ({
      ...own,
      open: (tls) => {
        const stream = own.open(tls);
        // what the opening says stays as it is, or nothing would be fuzzed at all
        return {
          ...stream,
          sent: (octets) =>
            /^(?:220|250|235|354)/.test(octets.toString('latin1'))
              ? stream.sent(octets)
              : sent(stream.sent(octets)),
        };
      },
    }),
  });
  const { violation } = await fuzzWire({
    ...common,
    target: opened.target,
    inputs: 3_000,
    replyTimeoutMs: 1_500,
  });
  expect(violation).toMatchObject({ rule });
});

test('fuzzing finds a gateway that charges what it refuses', { timeout: 60_000 }, async () => {
  await using opened = await openTarget({
    store: (own) => ({
      ...own,
      commit: async (submission) => {
        await own.commit(submission);
        return own.commit({
          ...submission,
          emails: submission.emails.map((each) => ({ ...each, id: `${each.id}-again` })),
        });
      },
    }),
  });
  const { violation } = await fuzzWire({ ...common, target: opened.target, inputs: 5_000 });
  expect(violation).toMatchObject({ rule: 'billing.on-accept' });
});
