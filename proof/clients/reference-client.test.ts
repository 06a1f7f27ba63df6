import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Grade } from '../../src/conformance/clients/grade.ts';
import type { SendFunction } from '../../src/conformance/clients/launchers/function-launcher.ts';
import { exitCodeOf } from '../../src/conformance/clients/check-clients.ts';
import { clientCases } from './gallery-cases.ts';
import { GrantedTime } from './granted-time.ts';
import { gradesOf } from './grades-of-for-tests.ts';
import { ReferenceClient } from './reference-client.ts';
import { expected, unseen, type Expected } from './expected-grades-fixture.ts';
import { faults, type Fault } from './reference-faults.ts';

/** A second of these tests, in milliseconds: ten seconds of waiting are one. */
const SECOND = 100;
/** Seconds; long enough for what takes longest: the silence after the final dot lasts 24 of these. */
const PATIENCE = 40;

const time = new GrantedTime();
afterAll(() => time[Symbol.dispose]());
// a busy machine grants the time of a test in pieces
vi.setConfig({ testTimeout: 120_000 });

/** All cases with their two grades, as lines; a failing test then shows what differs. */
function show(
  grades: ReadonlyMap<
    string,
    { readonly wire: { readonly grade: Grade }; readonly told: { readonly grade: Grade } }
  >,
) {
  return [...grades].map(([id, { wire, told }]) => `${id}: ${wire.grade}, ${told.grade}`);
}

/** The cases that a fault must show in, and so many of the others that eight faults together play each of them. */
function casesFor(fault: Fault): readonly string[] {
  const index = faults.indexOf(fault);
  return clientCases
    .filter(({ id }, at) => id in expected[fault] || at % SHARE === index % SHARE || id === 'plain-mail')
    .map(({ id }) => id);
}

/** Of so many cases that a fault must not show in, one is played with it; all are with ALL_CASES=1. */
const SHARE = process.env['ALL_CASES'] === '1' ? 1 : 8;

function expectation(
  not: Readonly<Record<string, Expected>>,
  only: readonly string[] = clientCases.map(({ id }) => id),
): readonly string[] {
  return clientCases
    .filter(({ id }) => only.includes(id))
    .map(({ id }) => `${id}: ${not[id]?.wire ?? 'right'}, ${not[id]?.told ?? 'right'}`);
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
  test.concurrent.each(faults)('%s', async (fault) => {
    const client = new ReferenceClient([fault], SECOND, time);
    const only = casesFor(fault);
    const grades = await gradesOf(sendBy(client), { second: SECOND, patience: PATIENCE, time, only });
    expect(show(grades)).toEqual(expectation({ ...unseen, ...expected[fault] }, only));
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
