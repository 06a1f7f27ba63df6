/** The events of the whole gateway. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { gatewayEventSchema } from '../control-api/history-schemas.ts';
import { MOST_STREAMS_OF_ACCOUNT } from './operations/event-log.ts';
import { sendSettled, senderOf, startProbed, type Probed } from './probe-fixture.ts';
import { openRawClient } from './raw-client-fixture.ts';

type Event = z.output<typeof gatewayEventSchema> & { readonly id: number };

/** Listens; `until` resolves with all events so far once one of them fits. */
async function listen(probed: Probed, headers: Record<string, string> = {}) {
  const aborter = new AbortController();
  const url = `${probed.sandbox.controlUrl}/events`;
  const response = await fetch(url, { headers, signal: aborter.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body?.getReader();
  const events: Event[] = [];
  let rest = '';
  return {
    until: async (fits: (event: Event) => boolean): Promise<readonly Event[]> => {
      while (!events.some((event) => fits(event))) {
        const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
        if (done) throw new Error('The stream ended.');
        const blocks = (rest + Buffer.from(value).toString()).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const id = /^id: (\d+)$/m.exec(block)?.[1];
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (id !== undefined && data !== undefined)
            events.push({ ...gatewayEventSchema.parse(JSON.parse(data)), id: Number(id) });
        }
      }
      return events;
    },
    [Symbol.dispose]: () => aborter.abort(),
  };
}

test('all accounts’ emails, sessions, balances, clocks and blocks are heard as they happen', async () => {
  await using probed = await startProbed();
  using heard = await listen(probed);
  const one = await probed.newAccount({ balance: 5 });
  const other = await probed.newAccount();
  await sendSettled(probed, one, ['a@a.example', 'b@a.example'], `From: <${senderOf(one)}>\r\n\r\nx`);
  const { operations } = probed.sandbox;
  await operations.setConnectionBlock(other.id, other.connections[0]?.id ?? '', true);
  await operations.moveClock(other.id, { to: '2100-01-01T00:00:00.000Z', frozen: true });
  await operations.buyPlan(one.id, { kind: 'prepaid', sends: 10 });
  await operations.setGatewayMaintenance(false);
  const events = await heard.until((event) => event.kind === 'balance' && event.balance === 13);
  const of = (account: string) => events.filter((event) => event.account === account);
  expect(of(one.id)).toContainEqual(expect.objectContaining({ kind: 'account', state: 'created' }));
  expect(of(one.id)).toContainEqual(expect.objectContaining({ kind: 'balance', balance: 3 }));
  const emails = of(one.id).filter(({ kind }) => kind === 'email');
  expect(emails.map((event) => (event.kind === 'email' ? event.status : '')).toSorted()).toEqual([
    'delivered',
    'delivered',
    'queued',
    'queued',
  ]);
  expect(of(one.id)).toContainEqual(expect.objectContaining({ kind: 'session', state: 'closed' }));
  expect(of(other.id)).toContainEqual(expect.objectContaining({ kind: 'block', blocked: true }));
  expect(of(other.id)).toContainEqual(
    expect.objectContaining({ kind: 'clock', now: '2100-01-01T00:00:00.000Z', frozen: true }),
  );
  expect(events).toContainEqual(expect.objectContaining({ account: null, kind: 'gateway' }));
  expect(events.map(({ id }) => id)).toEqual(events.map(({ id }) => id).toSorted((a, b) => a - b));
});

test('a session that never logs in is heard too, as nobody’s', async () => {
  await using probed = await startProbed();
  await probed.sandbox.operations.setGatewayMaintenance(true);
  using heard = await listen(probed);
  await using client = await openRawClient(probed.number(587));
  expect(await client.reply()).toMatch(/^421 /);
  const events = await heard.until((event) => event.kind === 'session' && event.state === 'closed');
  expect(events).toMatchObject([
    { account: null, kind: 'session', state: 'opened' },
    { account: null, kind: 'session', state: 'refused' },
    { account: null, kind: 'session', state: 'closed' },
  ]);
  const { sessions } = await probed.sandbox.operations.listSessions();
  expect(events[0]).toMatchObject({ session: sessions[0]?.id });
});

test('a listener that comes back hears what it missed, of everybody', async () => {
  await using probed = await startProbed();
  let last: number;
  {
    using heard = await listen(probed);
    await probed.newAccount();
    const events = await heard.until(() => true);
    last = events[0]?.id ?? 0;
  }
  const missed = await probed.newAccount();
  using again = await listen(probed, { 'last-event-id': String(last) });
  const events = await again.until((event) => event.account === missed.id);
  expect(events.every(({ id }) => id > last)).toBe(true);
});

test('what changes an account without an email is told to whoever listens to it', async () => {
  await using probed = await startProbed();
  const account = await probed.newAccount();
  const { operations } = probed.sandbox;
  using heard = await listen(probed);
  const changes = [
    () => operations.setDomain(account.id, { name: 'new.example', state: 'verified' }),
    () => operations.addSender(account.id, 'x@new.example'),
    () => operations.addSuppression(account.id, 'x@a.example'),
    () => operations.removeSuppression(account.id, 'x@a.example'),
    () => operations.setRecipient(account.id, { address: 'y@a.example', role: 'full' }),
    () => operations.setLimits(account.id, { rateLimit: 3 }),
    () => operations.generatePassword(account.id, account.connections[0]?.id ?? ''),
    () => operations.removeDomain(account.id, 'new.example'),
    () =>
      operations.addTrigger(account.id, { stage: 'MAIL', match: {}, after: 0, delayMs: 0, reply: '450 x' }),
  ];
  for (const change of changes) await change();
  await operations.deleteAccount(account.id);
  const events = await heard.until((event) => event.kind === 'account' && event.state === 'deleted');
  expect(events.filter((event) => event.kind === 'account' && event.state === 'changed')).toHaveLength(
    changes.length,
  );
});

test('a refusal in an open session is heard', async () => {
  await using probed = await startProbed();
  using heard = await listen(probed);
  await using client = await openRawClient(probed.number(587));
  await client.reply();
  await client.say('XYZZY');
  const events = await heard.until((event) => event.kind === 'session' && event.state === 'refused');
  expect(events.map((event) => (event.kind === 'session' ? event.state : ''))).toEqual(['opened', 'refused']);
});

test('more streams than the bound are refused', async () => {
  await using probed = await startProbed();
  const url = `${probed.sandbox.controlUrl}/events`;
  const aborter = new AbortController();
  const { signal } = aborter;
  const open = await Promise.all(
    Array.from({ length: MOST_STREAMS_OF_ACCOUNT + 1 }, () => fetch(url, { signal })),
  );
  expect(open.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(1);
  aborter.abort();
});

test('a report that is written or removed is heard, once the list was read', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'gauntlet-reports-'));
  const folder = join(outside, 'not', 'yet');
  {
    await using probed = await startProbed({ reports: folder });
    const isReports = ({ kind }: Event) => kind === 'reports';
    await probed.sandbox.operations.listReports({ limit: 10 });
    using written = await listen(probed);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'run.html'), 'x');
    expect((await written.until(isReports)).at(-1)).toMatchObject({ account: null, kind: 'reports' });
    using removed = await listen(probed);
    await rm(join(folder, 'run.html'));
    await removed.until(isReports);
  }
  await rm(outside, { recursive: true });
});
