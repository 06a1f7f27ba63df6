import { afterEach, describe, expect, test } from 'vitest';
import { runEventSchema } from '../result/run-event.ts';
import type { Arranged } from '../target/target.ts';
import { answering, play, type Play } from './play-scripted-fixture.ts';
import { afterSmoke, scenarioOf, scriptedPassword } from './scripted-gateway-fixture.ts';

describe('a case that is kept', () => {
  test('passes, and every event can be read back', async () => {
    const { summary, events, outcomes } = await play(
      scenarioOf(
        'C: <session>\nC: <send to>\nC: RSET\nS: 250 ok\nS: <does not offer STARTTLS>\nC: QUIT\nS: 221 *\nS: <closes>',
        'then: { charged: 1, history: { to: delivered } }\n',
      ),
    );
    expect(outcomes).toEqual(['passed']);
    expect(summary).toMatchObject({ how: 'finished', exitCode: 0, counts: { passed: 1 }, cases: 1 });
    for (const event of events) expect(runEventSchema.safeParse(event).error).toBeUndefined();
    expect(events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['run-started', 'wire', 'run-finished']),
    );
    expect(events.find((event) => event.kind === 'case-finished')).toMatchObject({
      met: ['protocol.rset', 'billing.per-recipient', 'history.rows'],
      costs: { sends: 1 },
    });
  });

  test('shows no secret in any event', async () => {
    const { events } = await play(
      scenarioOf('C: <session>\nC: <login LOGIN>\nC: NOOP ${password}\nS: 250 *'),
      {
        answer: answering({
          'AUTH LOGIN': '334 VXNlcm5hbWU6\r\n',
          'bG9naW4=': '334 UGFzc3dvcmQ6\r\n',
          [btoa(scriptedPassword)]: `235 ${scriptedPassword}\r\n`,
        }),
      },
    );
    const told = JSON.stringify(events);
    for (const secret of [scriptedPassword, btoa(scriptedPassword), btoa(`\0login\0${scriptedPassword}`)]) {
      expect(told).not.toContain(secret);
    }
    expect(events.some((event) => event.kind === 'case-finished' && event.outcome === 'passed')).toBe(true);
  });

  test('sends lines without an S: between them in one write', async () => {
    const { events, outcomes } = await play(scenarioOf('C: <open>\nC: NOOP\nC: RSET\nS: 250 *\nS: 250 *'));
    expect(outcomes).toEqual(['passed']);
    expect(
      events.flatMap((event) => (event.kind === 'wire' && event.direction === 'C' ? [event.octets] : [])),
    ).toContain('NOOP\r\nRSET\r\n');
  });

  test('may take its values from what came', async () => {
    const { outcomes } = await play(
      scenarioOf('C: <open>\nC: NOOP\nS: /^250 id=(?<id>\\w+)$/\nC: VRFY ${id}\nS: 252 *'),
      {
        answer: answering({ NOOP: '250 id=abc\r\n', 'VRFY abc': '252 yes\r\n' }),
      },
    );
    expect(outcomes).toEqual(['passed']);
  });
});

describe('a case that is broken', () => {
  const refusing = { answer: answering({ 'VRFY x': '450 4.2.1 Balance not enough\r\n' }) };
  const refused = scenarioOf(
    'C: <session>\nC: VRFY x\nS: 450 Balance not enough\nC: NOOP\nS: 250 *',
    'then: { charged: 7 }\n',
    'error.450.stage',
  );

  test('fails at its first unmet expectation, with the last lines of the wire; its then is not asked', async () => {
    const { summary, findings, events } = await play(refused, refusing);
    expect(findings).toEqual(['reply.format 7:6 450 Balance not enough / 450 4.2.1 Balance not enough']);
    expect(summary).toMatchObject({ exitCode: 1, counts: { failed: 1 } });
    const finding = events.find((event) => event.kind === 'finding')?.finding;
    expect(finding?.wire.slice(-2)).toEqual(['C: VRFY x', 'S: 450 4.2.1 Balance not enough']);
    expect(finding).toMatchObject({
      basis: 'documented',
      outcome: 'failed',
      source: 'S: 450 Balance not enough',
      offset: 3,
    });
  });

  test('only differs on a foreign gateway where no one bound it', async () => {
    const { summary, outcomes } = await play(
      scenarioOf('C: <session>\nC: RSET\nS: 503 *', '', 'order.checks'),
      { declaresChoices: false },
    );
    expect(outcomes).toEqual(['differs']);
    expect(summary.exitCode).toBe(0);
  });

  test('is met by any reply of the class on a foreign gateway, where an RFC alone is the rule', async () => {
    const foreign = { declaresChoices: false, answer: answering({ XYZZY: '502 no such thing\r\n' }) };
    expect(
      (await play(scenarioOf('C: <open>\nC: XYZZY\nS: 500 *', '', 'protocol.syntax'), foreign)).outcomes,
    ).toEqual(['passed']);
    expect(
      (await play(scenarioOf('C: <open>\nC: XYZZY\nS: 250 *', '', 'protocol.syntax'), foreign)).outcomes,
    ).toEqual(['failed']);
  });

  test('by silence fails the form of replies', async () => {
    const { findings } = await play(scenarioOf('C: <open>\nC: NOOP x\nS: 250 *'), {
      answer: answering({ 'NOOP x': '' }),
      more: { replyTimeoutMs: 200 },
    });
    expect(findings).toEqual(['protocol.reply-form 7:6 250 * / nothing within 0.2 s']);
  });

  test('by its then says so at the key', async () => {
    const { findings } = await play(
      scenarioOf(
        'C: <session>\nC: <send to>',
        'then:\n  charged: 2\n  history: { to: bounced }\n  status: Blocked   [connection.block]\n',
      ),
    );
    expect(findings).toEqual([
      'billing.per-recipient 8:3 2 / 1',
      'history.rows 9:3 to: bounced / to: delivered',
      'connection.block 10:3 Blocked / Active',
    ]);
  });
});

describe('a situation that cannot be cleared away', () => {
  const arrange = (usual: Arranged): Promise<Arranged> =>
    Promise.resolve(
      usual.kind === 'not-arranged'
        ? usual
        : {
            kind: 'arranged',
            situation: {
              ...usual.situation,
              [Symbol.asyncDispose]: () => Promise.reject(new Error('cannot be deleted')),
            },
          },
    );

  test('takes nothing back of what was found', async () => {
    const { findings, outcomes, summary } = await play(scenarioOf('C: <open>\nC: RSET\nS: 503 *'), {
      arrange: afterSmoke(arrange),
    });
    expect(findings).toEqual(['protocol.rset 7:6 503 * / 250 ok']);
    expect(outcomes).toEqual(['failed cannot be deleted']);
    expect(summary.exitCode).toBe(1);
  });

  test('is never green, and hides nothing that went wrong before', async () => {
    expect((await play(scenarioOf('C: <open>'), { arrange: afterSmoke(arrange) })).outcomes).toEqual([
      'errored cannot be deleted',
    ]);
    const dying = (usual: Arranged): Promise<Arranged> =>
      arrange(
        usual.kind === 'not-arranged'
          ? usual
          : {
              kind: 'arranged',
              situation: { ...usual.situation, passTime: () => Promise.reject(new Error('it died')) },
            },
      );
    const { outcomes } = await play(scenarioOf('C: <open>\nT: 1s'), { arrange: afterSmoke(dying) });
    expect(outcomes).toEqual(['errored it died']);
  });
});

describe('what must hold in every session', () => {
  test.each<[string, string, Play, string]>([
    [
      'one reply a command',
      'C: <open>\nC: NOOP\nS: 250 *',
      { answer: answering({ NOOP: '250 a\r\n250 b\r\n' }) },
      'protocol.reply-form 7:3 one reply a command / 250 b',
    ],
    [
      'no close but after 221 or 421',
      'C: <open>\nC: NOOP',
      { answer: answering({ NOOP: 'close' }) },
      'protocol.close 5:3 the session stays open / closed after 250-scripted\n250-PIPELINING\n250 AUTH PLAIN LOGIN',
    ],
    [
      'CRLF',
      'C: <open>\nC: NOOP\nS: 250 *',
      { answer: answering({ NOOP: '250 a\n' }) },
      'protocol.reply-form 7:3 a reply in the form of SMTP / 250 a',
    ],
    [
      'no refusal of its own invention under a documented code',
      'C: <open>\nC: NOOP\nS: 5xx *',
      { answer: answering({ NOOP: '550 Go away\r\n' }) },
      'reply.format 7:3 a documented reply / 550 Go away',
    ],
    [
      'no 250 after the dot without its rows',
      'C: <session>\nC: <send to, cc>',
      { observation: { charged: undefined, balance: undefined } },
      'billing.on-accept 6:3 1 in the history for cc@r.example / 0',
    ],
    [
      'no negative balance',
      'C: <session>\nC: <send to>',
      { observation: { balance: -1 } },
      'error.450.stage 6:3 0 at least / -1',
    ],
  ])('%s', async (_, dialogue, options, finding) => {
    expect((await play(scenarioOf(dialogue), options)).findings).toEqual([finding]);
  });

  test('a close that the case expects is none of their business', async () => {
    const { outcomes } = await play(scenarioOf('C: <open>\nC: NOOP x\nS: <closes without a reply>'), {
      answer: answering({ 'NOOP x': 'close' }),
    });
    expect(outcomes).toEqual(['passed']);
  });
});

describe('nothing more', () => {
  test('is certain even where the reply too many is late', async () => {
    const dialogue = 'C: <open>\nC: RSET\nS: 250 *\nS: <nothing more>';
    expect((await play(scenarioOf(dialogue))).outcomes).toEqual(['passed']);
    const { findings } = await play(scenarioOf(dialogue), {
      answer: answering({ RSET: '250 a\r\n250 b\r\n' }),
    });
    expect(findings[0]).toMatch(/^protocol\.rset 8:6 nothing more \/ /);
  });
});

describe('a stage that is open', () => {
  const dialogue =
    'C: <session>\nC: MAIL FROM:<${sender}>\nS? 450 Balance not enough by <end of data>\nS: 250 *\nC: RCPT TO:<${to}>\nS: 250 *\nC: DATA\nS: 354 *\nC: <message>\nS: 250 *';

  test.each(['MAIL FROM:<orders@shop.example>', 'RCPT TO:<to@r.example>', 'DATA'])(
    'passes at %s',
    async (line) => {
      const { outcomes, events } = await play(scenarioOf(dialogue, '', 'error.450.stage'), {
        answer: (said) => (said === line && playedOnce(said) ? '450 Balance not enough\r\n' : undefined),
      });
      expect(outcomes.at(-1)).toBe('passed');
      expect(
        events.find((event) => event.kind === 'case-finished' && event.case.startsWith('one')),
      ).toMatchObject({ met: ['error.450.stage', 'error.450'] });
    },
  );

  test('fails where the reply never came', async () => {
    const { findings } = await play(scenarioOf(dialogue, '', 'error.450.stage'));
    expect(findings).toEqual(['error.450.stage 7:6 450 Balance not enough by <end of data> / 250 taken']);
  });
});

/** The smoke case says the same lines first; only the second time is the scenario's. */
function playedOnce(line: string): boolean {
  const times = (said.get(line) ?? 0) + 1;
  said.set(line, times);
  return times > 1;
}
const said = new Map<string, number>();
afterEach(() => said.clear());
