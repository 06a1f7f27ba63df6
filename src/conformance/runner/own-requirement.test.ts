import { describe, expect, test } from 'vitest';
import { play } from './play-scripted-fixture.ts';
import { scenarioOf } from './scripted-gateway-fixture.ts';

// a case that is about a requirement of its author's own

async function findingsOf(dialogue: string, more = '', options: Parameters<typeof play>[1] = {}) {
  const { events } = await play(scenarioOf(dialogue, more, 'SHOP-123'), options);
  return events.flatMap((event) => (event.kind === 'finding' ? [event.finding] : []));
}

describe('what it expects and does not get is its own expectation', () => {
  test.each([
    ['a code', 'C: <session>\nC: MAIL FROM:<a@b.example>\nS: 550 *', 'error.553-domain.stage'],
    ['a documented reply', 'C: <session>\nC: RSET\nS: 450 Balance not enough', 'protocol.rset'],
    ['a pattern', 'C: <session>\nC: MAIL FROM:<a@b.example>\nS: /^551 /', 'error.553-domain'],
    ['a class', 'C: <session>\nC: DATA\nS: 5xx *', 'protocol.data-needs-recipient'],
  ])('%s', async (_what, dialogue, hint) => {
    const found = await findingsOf(dialogue);
    expect(found).toEqual([
      expect.objectContaining({ rule: 'SHOP-123', basis: 'own', outcome: 'failed', own: true }),
    ]);
    expect(found[0]?.hints).toContain(hint);
  });

  test('a reply that nobody owes', async () => {
    const found = await findingsOf('C: <session>\nC: <envelope to>\nC: RSET\nS: 250 *', '', {
      more: { replyTimeoutMs: 50 },
    });
    expect(found.map(({ rule, own, received }) => [rule, own, received])).toEqual([
      ['SHOP-123', true, 'nothing within 0.05 s'],
    ]);
  });

  test('a documented refusal that it did not ask for', async () => {
    const found = await findingsOf('C: <session>\nC: RSET\nS: 250 *', '', {
      answer: (line) => (line === 'RSET' ? '421 4.4.5 Server is temporarily unavailable\r\n' : undefined),
    });
    expect(found.map(({ rule, own }) => [rule, own])).toEqual([['SHOP-123', true]]);
  });

  test.each([
    ['charged: 2', 'billing.per-recipient'],
    ['history: { to: bounced }', 'history.rows'],
    ['status: Blocked', 'connection.status'],
  ])('then %s', async (key, hint) => {
    const found = await findingsOf('C: <session>\nC: <send to>', `then: { ${key} }\n`);
    expect(found.map(({ rule, own, hints }) => [rule, own, hints])).toEqual([['SHOP-123', true, [hint]]]);
  });

  test('on a target that declares no choices too', async () => {
    const found = await findingsOf('C: <session>\nC: NOOP\nS: 251 *', '', { declaresChoices: false });
    expect(found.map(({ rule, outcome }) => [rule, outcome])).toEqual([['SHOP-123', 'failed']]);
  });
});

describe('a rule is broken in it', () => {
  test('where a tag names it', async () => {
    const found = await findingsOf('C: <session>\nC: RSET\nS: 299 * [protocol.rset]');
    expect(found.map(({ rule, own }) => [rule, own])).toEqual([['protocol.rset', undefined]]);
  });

  test('where an invariant is broken', async () => {
    const found = await findingsOf(
      'C: <session>\nC: <send to>\nC: RSET\nS: 250 *',
      'then: { charged: 1 }\n',
      {
        observation: { charged: 2 },
      },
    );
    expect(found.map(({ rule, own }) => [rule.split('.')[0], own])).toContainEqual(['billing', undefined]);
    expect(found.filter(({ own }) => own === true)).toEqual([]);
  });
});

test('once met it counts for the requirement alone, and for the rule of a tag', async () => {
  const { events } = await play(
    scenarioOf('C: <session>\nC: RSET\nS: 250 * [protocol.rset]\nC: NOOP\nS: 250 *', '', 'own:checkout'),
  );
  const finished = events.find((event) => event.kind === 'case-finished');
  const started = events.find((event) => event.kind === 'case-started' && event.about === 'own:checkout');
  expect(started).toBeDefined();
  expect(events.filter((event) => event.kind === 'case-finished' && event.outcome !== 'passed')).toEqual([]);
  expect(finished).toBeDefined();
  expect(
    events.flatMap((event) =>
      event.kind === 'case-finished' && event.met.includes('own:checkout') ? [event.met] : [],
    ),
  ).toEqual([['own:checkout', 'protocol.rset']]);
});
