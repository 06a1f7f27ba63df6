import { describe, expect, test } from 'vitest';
import { play } from './play-scripted-fixture.ts';
import { scenarioOf } from './scripted-gateway-fixture.ts';

// what an S: line behind a macro asks about, and the words that look at more than a reply

describe('an S: line behind a macro', () => {
  test.each([
    ['C: <connect>\nS: 421 4.4.5 Server is temporarily unavailable', '(connect)'],
    ['C: <open>\nS: 421 4.4.5 Server is temporarily unavailable', '(connect)'],
    ['C: <session>\nS: 421 4.4.5 Server is temporarily unavailable', 'EHLO client.example'],
    ['C: <session>\nC: <send cc>\nS: 421 4.4.5 Server is temporarily unavailable', 'RCPT TO:<cc@r.example>'],
    ['C: <session>\nC: <envelope cc>\nS: 4xx *', 'RCPT TO:<cc@r.example>'],
  ])('%s: may expect a refusal', async (dialogue, refused) => {
    // the smoke case comes first and must pass
    let smoke = true;
    const { outcomes, findings } = await play(scenarioOf(dialogue), {
      answer: (line) => {
        if (line === 'QUIT') smoke = false;
        return !smoke && line === refused ? '421 4.4.5 Server is temporarily unavailable\r\n' : undefined;
      },
    });
    expect(findings).toEqual([]);
    expect(outcomes).toEqual(['passed']);
  });

  test('asks about the last reply of what went well', async () => {
    const { outcomes } = await play(scenarioOf('C: <session>\nS: 235 yes\nC: <send to>\nS: 250 taken'));
    expect(outcomes).toEqual(['passed']);
  });

  test('is unmet where the macro was not refused', async () => {
    const { findings } = await play(scenarioOf('C: <open>\nS: 421 *'));
    expect(findings).toEqual([expect.stringContaining('6:6 421 * / 250-scripted')]);
  });
});

describe('TLS', () => {
  test('that was never spoken is neither secured nor failed', async () => {
    const { findings } = await play(scenarioOf('C: <open>\nS: <TLS 1.3>'));
    expect(findings).toEqual(['protocol.rset 6:6 TLS 1.3 / no TLS handshake']);
  });

  test('a suite that this machine does not know is an error, not a finding', async () => {
    const { outcomes, findings } = await play(
      scenarioOf(
        'C: <connect>\nS: 220 *\nC: <TLS handshake with TLS 1.2, NO-SUCH-SUITE>\nS: <handshake fails>',
      ),
    );
    expect(findings).toEqual([]);
    expect(outcomes).toEqual([
      expect.stringContaining(
        'errored "C: <TLS handshake with TLS 1.2, NO-SUCH-SUITE>" cannot be offered here',
      ),
    ]);
  });
});

describe('columns of the history', () => {
  const row = {
    recipient: 'to@r.example',
    status: 'delivered' as const,
    time: '2026-01-15T12:00:00.000Z',
    connection: 'first',
    sender: 's@s.example',
    subject: 'Hello',
    messageId: '<1@s.example>',
    size: 200,
  };
  const ending = (columns: string) =>
    scenarioOf('C: <open>\nC: <send to>', `then:\n  history: { to: { ${columns} } }\n`);

  test.each([
    ['status: delivered, subject: Hello, connection: first, time: 2026-01-15T12:00:00Z', ''],
    ['sender: other@s.example', '(sender other@s.example) / to: (sender s@s.example)'],
    ['subject: Bye', '(subject Bye) / to: (subject Hello)'],
    ['size: 1', '(size 1) / to: (size 200)'],
    ['connection: second', '(connection second) / to: (connection first)'],
    ['time: 2026-01-15T12:00:01Z', '(time 2026-01-15T12:00:01.000Z) / to: (time 2026-01-15T12:00:00.000Z)'],
    ['message-id: <2@s.example>', '(message-id <2@s.example>) / to: (message-id <1@s.example>)'],
    ['status: bounced, size: 200', 'bounced (size 200) / to: delivered (size 200)'],
  ])('%s', async (columns, finding) => {
    const { findings } = await play(ending(columns), { observation: { history: [row] } });
    expect(findings.join('').replace('history.rows 8:3 to: ', '')).toBe(finding);
  });
});

test('what another account shows is not observed where the target does not show it', async () => {
  const scenario = scenarioOf('C: <open>\nC: <send to>', 'then: { charged: 1 }\n');
  const [only] = scenario.cases;
  const ending = (only?.ending ?? []).map((key) => ({ ...key, of: 'second' as const }));
  const cases = only === undefined ? [] : [{ ...only, ending }];
  const { outcomes } = await play({ ...scenario, cases });
  expect(outcomes).toEqual([expect.stringContaining('not-observed')]);
});
