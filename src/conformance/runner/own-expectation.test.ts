import { describe, expect, test } from 'vitest';
import type { RuleId } from '../../contract/rule.ts';
import { play } from './play-scripted-fixture.ts';
import { scenarioOf } from './scripted-gateway-fixture.ts';

// whether a finding is a broken rule, or what only the author of the scenario expects

async function findingsOf(
  dialogue: string,
  more = '',
  options: Parameters<typeof play>[1] = {},
  about?: RuleId,
) {
  const { events } = await play(scenarioOf(dialogue, more, about), options);
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

describe('a rule that says nothing of the moment is not blamed', () => {
  const envelope = 'C: <session>\nC: MAIL FROM:<a@b.example>\nS: 250 *\n';

  test.each<[string, RuleId, string]>([
    ['the reply to DATA', 'billing.per-recipient', `${envelope}C: DATA\nS: 355 *`],
    ['a refusal where the gateway takes it', 'history.rows', `${envelope}C: RCPT TO:<\${to}>\nS: 550 *`],
    ['the class of a reply', 'delivery.content', 'C: <session>\nC: NOOP\nS: 5xx *'],
    ['a pattern', 'error.450.stage', 'C: <session>\nC: RSET\nS: /^25[1-9] /'],
    [
      'a documented reply at another verb',
      'history.rows',
      'C: <session>\nC: RSET\nS: 450 Balance not enough',
    ],
  ])('%s', async (_what, about, dialogue) => {
    const { events } = await play(scenarioOf(dialogue, '', about));
    const found = events.flatMap((event) => (event.kind === 'finding' ? [event.finding] : []));
    expect(found).toEqual([expect.objectContaining({ own: true, rule: found[0]?.hints?.[0] })]);
    expect(found[0]?.hints).not.toContain(about);
    // its verdict is that nothing could be seen of it
    expect(
      events.some((event) => event.kind === 'case-finished' && event.met.includes(found[0]?.rule ?? about)),
    ).toBe(false);
  });

  test('the rule whose reply was promised at this moment is', async () => {
    const dialogue = `${envelope}C: RCPT TO:<\${to}>\nS: 450 Balance not enough`;
    expect(await findingsOf(dialogue, '', {}, 'history.rows')).toEqual(['error.450 9:6']);
  });

  test('the rule whose refusal came where nothing asked for it is', async () => {
    const found = await findingsOf(
      'C: <session>\nC: RSET\nS: 250 *',
      '',
      { answer: (line) => (line === 'RSET' ? '450 Balance not enough\r\n' : undefined) },
      'history.rows',
    );
    expect(found).toEqual(['error.450 7:6']);
  });
});

/** Answers lines that begin so with a reply, behind the session that every run begins with. */
function behindSmoke(begin: string, reply: string): (line: string) => string | undefined {
  let isSmoke = true;
  return (line) => {
    if (line === 'QUIT') isSmoke = false;
    return !isSmoke && line.startsWith(begin) ? `${reply}\r\n` : undefined;
  };
}

describe('the reply that the rules ask for breaks none', () => {
  const rcpt = (name: string) =>
    `C: <session>\nC: MAIL FROM:<\${sender}>\nS: 250 *\nC: RCPT TO:<${name}>\nS: 250 *`;

  test.each<[string, string, string, string]>([
    ['no send is left', '{ balance: 0, recipients: { to: accepts } }', '${to}', '450 Balance not enough'],
    [
      'the recipient unsubscribed',
      '{ recipients: { to: suppressed } }',
      '${to}',
      '550 Email receiver unsubscribe or complaint',
    ],
    [
      'the mailbox is full',
      '{ recipients: { to: full } }',
      '${to}',
      '553 Recipient has exceeded mailbox limit',
    ],
  ])('%s', async (_what, given, name, reply) => {
    const scenario = scenarioOf(rcpt(name), '', 'order.checks', given);
    const { events } = await play(scenario, { answer: behindSmoke('RCPT', reply) });
    const found = events.flatMap((event) => (event.kind === 'finding' ? [event.finding] : []));
    expect(found.map(({ own, received }) => [own, received])).toEqual([[true, reply]]);
    // the same reply to a recipient for whom nothing asks for it is a fault
    const innocent = await play(scenarioOf(rcpt(name), '', 'order.checks'), {
      answer: behindSmoke('RCPT', reply),
    });
    expect(innocent.events.flatMap((event) => (event.kind === 'finding' ? [event.finding.own] : []))).toEqual(
      [undefined],
    );
  });

  test('the limit of the window is reached', async () => {
    const given = '{ rate: { limit: 1, per: 10s }, recipients: { to: accepts } }';
    const mail = 'C: MAIL FROM:<${sender}>\nS: 250 *';
    const dialogue = (wait: string) => `C: <session>\nC: <send to>\n${wait}${mail}`;
    let mails = 0;
    const answer = (line: string) => {
      if (line === 'QUIT') mails = 0;
      return line.startsWith('MAIL') && (mails += 1) === 2
        ? '451 4.3.2 Rate limit exceeded, retry after 10 seconds\r\n'
        : undefined;
    };
    const ownOf = async (wait: string) => {
      mails = 0;
      const { events } = await play(scenarioOf(dialogue(wait), '', 'order.checks', given), { answer });
      return events.flatMap((event) => (event.kind === 'finding' ? [event.finding.own] : []));
    };
    expect(await ownOf('')).toEqual([true]);
    expect(await ownOf('T: 10s\n')).toEqual([undefined]);
  });

  test('but not to a message in transfer while maintenance is on', async () => {
    const found = await findingsOf(
      'C: <session>\nC: <envelope to>\nC: <first half of message>\nW: maintenance on\nC: <rest of message>\nS: 250 *',
      '',
      { answer: behindSmoke('.', '421 4.4.5 Server is temporarily unavailable') },
      'error.421-unavailable.stage',
    );
    expect(found).toContain('error.421-unavailable.stage 10:6');
  });
});

describe('a key of then that a rule explains otherwise', () => {
  test.each([
    ['T: 5s\n', 'charged: 2'],
    ['W: balance 5\n', 'charged: 2'],
    ['W: block\n', 'status: Active'],
    ['T: 5s\n', 'history: { to: bounced }'],
  ])('%j with %s is the author’s own', async (more, key) => {
    const observation = more.startsWith('W: block') ? { status: 'Blocked' as const } : {};
    const found = await findingsOf(`C: <session>\nC: <send to>\n${more}`, `then: { ${key} }\n`, {
      observation,
    });
    expect(found.map((one) => one.split(' ')[0])).toEqual(['own']);
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
