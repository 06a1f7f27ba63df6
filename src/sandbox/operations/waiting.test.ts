/** Waiting on the sandbox's side costs nothing while nothing happens, and leaves nothing behind. */
import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { triggerSetupSchema } from '../../control-api/trigger-schemas.ts';
import { senderOf, startProbed } from '../probe-fixture.ts';
import type { Store } from '../store/store.ts';
import { nextOrAborted } from './next-or-aborted.ts';

test('a wait ends with what is waited for or with the signal, and leaves no listener', async () => {
  const never = new Promise<void>(() => undefined);
  const aborter = new AbortController();
  const { signal } = aborter;
  await nextOrAborted(Promise.resolve(), signal);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  const waiting = nextOrAborted(never, signal);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  aborter.abort();
  await waiting;
  await nextOrAborted(never, signal);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('a stream of many events leaves no listener on its signal behind each', async () => {
  await using probed = await startProbed();
  const account = await probed.newAccount();
  const aborter = new AbortController();
  const { signal } = aborter;
  const events = await probed.sandbox.operations.streamEvents(account.id, undefined, signal);
  const iterator = events[Symbol.asyncIterator]();
  let next = iterator.next();
  for (let time = 0; time < 3; time += 1) {
    await using client = await probed.loggedIn(account);
    await next;
    next = iterator.next();
    await client.say('QUIT');
    await next;
    next = iterator.next();
  }
  // one for its place among the streams, one for the event it waits for
  expect(getEventListeners(signal, 'abort').length).toBeLessThanOrEqual(2);
  aborter.abort();
  expect(await next).toMatchObject({ done: true });
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('while a session is merely busy, neither the store nor the relay is asked without end', async () => {
  let counts = 0;
  let looks = 0;
  await using probed = await startProbed({
    parts: {
      store: (own) => ({
        ...own,
        countDue: (...asked) => {
          counts += 1;
          return own.countDue(...asked);
        },
        takeDue: (...asked) => {
          looks += 1;
          return own.takeDue(...asked);
        },
      }),
    },
  });
  const { operations } = probed.sandbox;
  const account = await probed.newAccount();
  await operations.addTrigger(account.id, triggerSetupSchema.parse({ stage: 'MAIL', delayMs: 200 }));
  await using client = await probed.loggedIn(account);
  const before = looks;
  client.send(`MAIL FROM:<${senderOf(account)}>\r\n`);
  await expect(operations.waitSettled(account.id, 100)).rejects.toThrow('1 sessions have input to answer');
  // the relay looks by itself once a second
  expect(looks - before).toBeLessThanOrEqual(1);
  expect(counts).toBeLessThanOrEqual(50);
  await operations.waitSettled(account.id, 5_000);
  expect(await client.reply()).toBe('250 Ok');
});

test('an email is found behind ten thousand others', async () => {
  const opened: { store?: Store } = {};
  await using probed = await startProbed({ parts: { store: (own) => (opened.store = own) } });
  const { operations } = probed.sandbox;
  const account = await probed.newAccount({ balance: 20_000, recipients: [] });
  const connection = account.connections[0]?.id ?? '';
  const commit = async (begin: string, count: number) =>
    opened.store?.commit({
      account: account.id,
      connection,
      session: 'session-1',
      time: 1_000,
      queuedAt: Date.now(),
      reversePath: senderOf(account),
      emails: Array.from({ length: count }, (_, at) => ({
        id: `${begin}-${at}`,
        forwardPath: `${begin}${at}@full.example`,
      })),
      charge: { sends: count, sources: [{ kind: 'prepaid' }], ofSendLimit: count, quotas: [] },
      message: Buffer.from('Subject: x\r\n\r\n'),
      subject: 'x',
      messageId: '<x@x.example>',
      trace: 'from x',
    });
  await commit('other', 12_000);
  await commit('wanted', 1);
  const found = await operations.waitEmails(account.id, {
    count: 1,
    recipient: 'wanted0@full.example',
    status: undefined,
    timeoutMs: 1_000,
  });
  expect(found.map(({ recipient }) => recipient)).toEqual(['wanted0@full.example']);
});
