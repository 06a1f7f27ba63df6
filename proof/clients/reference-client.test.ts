import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Grade } from '../../src/conformance/clients/grade.ts';
import type { SendFunction } from '../../src/conformance/clients/doors/function-door.ts';
import { exitCodeOf } from '../../src/conformance/clients/check-clients.ts';
import { clientCases } from '../../src/conformance/clients/cases/all-cases.ts';
import { GrantedTime } from './granted-time.ts';
import { gradesOf } from './grades-of-for-tests.ts';
import { ReferenceClient } from './reference-client.ts';
import { faults, type Fault } from './reference-faults.ts';

/** A second of these tests, in milliseconds: ten seconds of waiting are one. */
const SECOND = 100;
/** Seconds; long enough for what takes longest: the silence after the final dot lasts 24 of these. */
const PATIENCE = 40;

const time = new GrantedTime();
afterAll(() => time[Symbol.dispose]());
// a busy machine grants the time of a test in pieces
vi.setConfig({ testTimeout: 120_000 });

interface Expected {
  readonly wire?: Grade;
  readonly told?: Grade;
}

/** What no patience under five minutes shows. */
const unseen: Readonly<Record<string, Expected>> = { silent: { wire: 'not observed', told: 'not observed' } };

/** The grades of each fault that are not `right`; all others are. */
const expected: Readonly<Record<Fault, Readonly<Record<string, Expected>>>> = {
  'retries 535': { 'login-535': { wire: 'wrong' } },
  'resends to all after a partial refusal': {
    'balance-450': { wire: 'dangerous' },
    'text-against-code': { wire: 'dangerous' },
  },
  'DATA without 354': { 'data-refused': { wire: 'wrong' } },
  'ignores 421': {
    'unavailable-greeting': { wire: 'wrong' },
    'unavailable-ehlo': { wire: 'wrong' },
    'unavailable-session': { wire: 'wrong' },
    'domain-not-verified': { wire: 'wrong' },
  },
  'retries 451 after 1 s': { 'rate-limit': { wire: 'wrong' } },
  'AUTH before TLS': { 'starttls-missing': { wire: 'dangerous' }, 'starttls-refused': { wire: 'dangerous' } },
  'reuses what it learnt before TLS': { 'starttls-injected': { wire: 'wrong' } },
  'drops the mail on 4yz': {
    'unavailable-greeting': { told: 'dangerous' },
    'unavailable-ehlo': { told: 'dangerous' },
    'login-454': { told: 'dangerous' },
    'rate-limit': { told: 'dangerous' },
    'domain-not-verified': { told: 'dangerous' },
    'balance-450': { told: 'dangerous' },
    'data-refused': { told: 'dangerous' },
    'text-against-code': { told: 'dangerous' },
  },
  'double send after the cut': { 'cut-after-dot': { wire: 'dangerous' } },
  'no QUIT': { goodbye: { wire: 'acceptable' } },
  'plain bytes to 465': { 'implicit-tls': { wire: 'wrong' } },
  'caches 553': { 'domain-not-found': { wire: 'wrong', told: 'wrong' } },
  'suppresses for ever': { 'mailbox-553': { wire: 'acceptable' } },
  'takes text for code': { 'text-against-code': { told: 'wrong' }, 'multi-line': { told: 'wrong' } },
  'reconnects in parallel after 421': {
    'unavailable-greeting': { wire: 'wrong' },
    'unavailable-ehlo': { wire: 'wrong' },
    'unavailable-session': { wire: 'wrong' },
  },
  'says HELO after 421': { 'unavailable-ehlo': { wire: 'wrong', told: 'acceptable' } },
  'sends again where the reply is late': { 'silent-after-dot': { wire: 'dangerous', told: 'acceptable' } },
  'calls a cut temporary': { 'cut-after-dot': { told: 'acceptable' } },
  'no dot-stuffing': { 'hard-text': { wire: 'dangerous' } },
  'loops without STARTTLS': { 'starttls-missing': { wire: 'wrong' }, 'starttls-refused': { wire: 'wrong' } },
};

/** All cases with their two grades, as lines; a failing test then shows what differs. */
function show(
  grades: ReadonlyMap<
    string,
    { readonly wire: { readonly grade: Grade }; readonly told: { readonly grade: Grade } }
  >,
) {
  return [...grades].map(([id, { wire, told }]) => `${id}: ${wire.grade}, ${told.grade}`);
}

function expectation(not: Readonly<Record<string, Expected>>): readonly string[] {
  return clientCases.map(({ id }) => `${id}: ${not[id]?.wire ?? 'right'}, ${not[id]?.told ?? 'right'}`);
}

const sendBy =
  (client: ReferenceClient): SendFunction =>
  (order, signal) =>
    client.send(order, signal);

describe('the clean client', () => {
  test('does right everywhere, but for what needs more patience', async () => {
    const grades = await gradesOf(sendBy(new ReferenceClient([], SECOND, time)), {
      second: SECOND,
      patience: PATIENCE,
      time,
    });
    expect(show(grades)).toEqual(expectation(unseen));
    expect(exitCodeOf([...grades.values()])).toBe(0);
    // a grade without a line that earned it would have to be believed
    const bare = [...grades.values()].filter(
      ({ told }) => told.grade === 'right' && told.evidence === undefined,
    );
    expect(bare).toEqual([]);
  });

  test('and does right there with the patience that is listed', async () => {
    for (const { id, patience } of clientCases.filter((one) => one.patience > PATIENCE)) {
      const second = 20;
      const grades = await gradesOf(sendBy(new ReferenceClient([], second, time)), {
        second,
        patience,
        time,
        only: [id],
      });
      expect(show(grades)).toEqual(['plain-mail: right, right', `${id}: right, right`]);
    }
  });
});

describe('each fault earns exactly its bad grade', () => {
  test.each(faults)('%s', async (fault) => {
    const client = new ReferenceClient([fault], SECOND, time);
    const grades = await gradesOf(sendBy(client), { second: SECOND, patience: PATIENCE, time });
    expect(show(grades)).toEqual(expectation({ ...unseen, ...expected[fault] }));
    const bad = [...grades.values()].flatMap(({ wire, told }) =>
      [wire, told].filter(({ grade }) => grade === 'wrong' || grade === 'dangerous'),
    );
    expect(bad.filter(({ harm, advice, evidence }) => !harm || !advice || !evidence)).toEqual([]);
  });
});

describe('an adapter that always says "ok"', () => {
  test('is exposed where nobody can send', async () => {
    const client = new ReferenceClient([], SECOND, time);
    const grades = await gradesOf(
      async (order, signal) => {
        await client.send(order, signal);
      },
      { second: SECOND, patience: PATIENCE, time, only: ['no-service'] },
    );
    expect(grades.get('no-service')?.told).toMatchObject({
      grade: 'dangerous',
      what: 'Says "sent" where nobody can send: no word of this client can be believed.',
    });
    expect(exitCodeOf([...grades.values()])).toBe(1);
  });

  test('and sends nothing at all is no client: the check ends with the sanity case', async () => {
    const grades = await gradesOf(() => Promise.resolve(), { second: SECOND, patience: PATIENCE, time });
    expect(show(grades)).toEqual(['plain-mail: wrong, dangerous']);
    expect(exitCodeOf([...grades.values()])).toBe(2);
  });
});
