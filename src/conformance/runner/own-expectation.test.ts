import { describe, expect, test } from 'vitest';
import { play } from './play-scripted-fixture.ts';
import { scenarioOf } from './scripted-gateway-fixture.ts';

// whether a finding is a broken rule, or what only the author of the scenario expects

async function findingsOf(dialogue: string, more = '', options: Parameters<typeof play>[1] = {}) {
  const { events } = await play(scenarioOf(dialogue, more), options);
  return events.flatMap((event) =>
    event.kind === 'finding'
      ? [
          `${event.finding.own === true ? 'own' : event.finding.rule} ${event.finding.line}:${event.finding.column}`,
        ]
      : [],
  );
}

describe("the expectation is the author's own", () => {
  test.each([
    [
      'a code that no RFC has there',
      'C: <session>\nC: MAIL FROM:<a@b.example>\nS: 250 *\nC: DATA\nS: 355 *',
      '9:6',
    ],
    ['a reply of another verb', 'C: <session>\nC: DATA\nS: 220 *', '7:6'],
    ['the words of a success', 'C: <session>\nC: NOOP\nS: 250 OK', '7:6'],
  ])('%s', async (_what, dialogue, place) => {
    expect(await findingsOf(dialogue)).toEqual([expect.stringMatching(new RegExp(`^own ${place}$`))]);
  });

  test.each([
    ['charged: 2', '6:9'],
    ['balance: 3', '6:9'],
    ['history: { to: bounced }', '6:9'],
    ['status: Blocked', '6:9'],
    ['suppressed: [to]', '6:9'],
  ])('%s, where the gateway kept its rules', async (key, place) => {
    const more = `then: { ${key} }\n`;
    expect(await findingsOf('C: <session>\nC: <send to>', more)).toEqual([`own 7:${place.split(':')[1]}`]);
  });

  test('what a macro needs, while maintenance is on', async () => {
    let smoke = true;
    const found = await findingsOf('W: maintenance on\nC: <open>', '', {
      answer: (line) => {
        if (line === 'QUIT') smoke = false;
        return !smoke && line === '(connect)' ? '421 4.4.5 Server is temporarily unavailable\r\n' : undefined;
      },
    });
    expect(found).toEqual(['own 6:6']);
  });
});

describe('the rule is broken', () => {
  test.each([
    ['charged: 1', { charged: 2 }, 'billing.per-recipient'],
    ['status: Active', { status: 'Blocked' }, 'connection.status'],
    ['suppressed: []', { suppressed: ['to@r.example'] }, 'error.550-unsubscribed.stage'],
  ] as const)('%s, where it shows something else than the rule says', async (key, observation, rule) => {
    const found = await findingsOf('C: <session>\nC: <send to>', `then: { ${key} }\n`, { observation });
    // an invariant over the whole record may tell it too
    expect(found.filter((one) => one.startsWith('own'))).toEqual([]);
    expect(found.map((one) => one.split('.')[0])).toContain(rule.split('.')[0]);
  });

  test('where a tag names it', async () => {
    const found = await findingsOf('C: <session>\nC: <send to>', 'then:\n  charged: 2   [billing.split]\n');
    expect(found).toEqual(['billing.split 8:3']);
  });
});

test('a finding of the end carries no line of the wire, and names its key', async () => {
  const { events } = await play(
    scenarioOf('C: <session>\nC: <send to>', 'then: { charged: 2, balance: 98 }\n'),
  );
  const findings = events.flatMap((event) => (event.kind === 'finding' ? [event.finding] : []));
  expect(findings.map(({ wire, message, source, offset }) => [wire, message, source.slice(offset)])).toEqual([
    [[], 'then.charged is not what it must be', 'charged: 2, balance: 98 }'],
    [[], 'then.balance is not what it must be', 'balance: 98 }'],
  ]);
});

describe('an excerpt shows what stands between the lines of the wire', () => {
  const wireOf = async (dialogue: string) => {
    const { events } = await play(scenarioOf(dialogue));
    return events.flatMap((event) => (event.kind === 'finding' ? event.finding.wire : []));
  };

  test('a session that ends and the next one that begins', async () => {
    const wire = await wireOf('C: <session>\nC: <close>\nC2: <connect>\nS2: 220 *\nC2: NOOP\nS2: 299 *');
    expect(wire.slice(-5)).toEqual([
      '(closed by the client)',
      '(C2 connected)',
      expect.stringMatching(/^S2: 220 /),
      'C2: NOOP',
      expect.stringMatching(/^S2: 250 /),
    ]);
  });

  test('of a reply among those to pipelined commands, up to that one', async () => {
    const { events } = await play(
      scenarioOf(
        'C: <open>\nC> RSET\\r\\nNOOP\\r\\nRSET\\r\\nRSET\\r\\nRSET\\r\\nRSET\\r\\n\nS: 250 *\nS: 252 *\nS: 250 *',
      ),
      {
        answer: (line) => (line === 'NOOP' ? '251 odd\r\n' : undefined),
      },
    );
    const findings = events.flatMap((event) => (event.kind === 'finding' ? [event.finding] : []));
    expect(findings.map(({ received, wire }) => [received, wire.slice(-2)])).toEqual([
      ['251 odd', ['S: 250 ok', 'S: 251 odd']],
    ]);
  });

  test('of an early reply that is found wrong at the end, up to that one', async () => {
    const { events } = await play(
      scenarioOf('C: <open>\nC: RSET\nS: 450 *\nC: NOOP\nS: 250 *\nC: NOOP\nS: 250 *\nC: NOOP\nS: 250 *'),
      { answer: (line) => (line === 'RSET' ? '450 4.9.9 whatever\r\n' : undefined) },
    );
    const findings = events.flatMap((event) => (event.kind === 'finding' ? [event.finding] : []));
    expect(findings.map(({ received, wire }) => [received, wire.slice(-2)])).toEqual([
      ['450 4.9.9 whatever', ['C: RSET', 'S: 450 4.9.9 whatever']],
    ]);
  });

  test('what the gateway closed', async () => {
    const wire = await wireOf('C: <open>\nC: QUIT\nS: 221 *\nS: <closes>\nC2: <connect>\nS2: 299 *');
    expect(wire.slice(-4)).toEqual([
      expect.stringMatching(/^S: 221 /),
      '(closed by the gateway)',
      '(C2 connected)',
      expect.stringMatching(/^S2: 220 /),
    ]);
  });

  test('a change of the world, and time that passes', async () => {
    const wire = await wireOf('C: <open>\nW: balance 1\nT: 10s\nC: NOOP\nS: 299 *');
    expect(wire.slice(-4)).toEqual([
      'W: balance 1   (the account has 1 send)',
      'T: 10s   (it is 2026-01-15T12:00:10.000Z)',
      'C: NOOP',
      expect.stringMatching(/^S: 250 /),
    ]);
  });
});
