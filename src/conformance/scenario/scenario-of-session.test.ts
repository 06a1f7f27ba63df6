import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { expect, test } from 'vitest';
import { parseScenario } from './parse-scenario.ts';
import type { RecordedSession } from './recorded-session.ts';
import { scenarioOfSession } from './scenario-of-session.ts';

/** A session of lines, each with the reply that it got; the first reply is the greeting. */
function recorded(
  lines: readonly (readonly [said: string, reply: string])[],
  greeting = '220 hello',
): RecordedSession {
  const wire = (direction: 'C' | 'S', text: string) =>
    ({ kind: 'wire', direction, octets: `${text}\r\n` }) as const;
  return {
    id: 'abc',
    port: 587,
    entries: [
      wire('S', greeting),
      ...lines.flatMap(([said, reply]) => [wire('C', said), wire('S', reply)]),
      { kind: 'closed' },
    ],
  };
}

const login = [
  ['EHLO x', '250-x\r\n250 AUTH PLAIN'],
  ['AUTH PLAIN ****', '235 fine'],
] as const;
const mail = ['MAIL FROM:<a@b.example>', '250 ok'] as const;
const rateLimited = '451 4.3.2 Rate limit exceeded, retry after 10 seconds';

test.each([
  ['nothing but a greeting', recorded([]), ['C: <connect>', 'S: 220 *', 'C: <close>']],
  [
    'maintenance in the middle',
    recorded([...login, ['NOOP', '421 4.4.5 Server is temporarily unavailable']]),
    ['W: maintenance on', 'C: NOOP', 'S: 421 4.4.5 Server is temporarily unavailable', 'S: <closes>'],
  ],
  [
    'a rate limit that others had used up',
    recorded([...login, [mail[0], rateLimited]]),
    [
      'C2: <session>',
      'C2: MAIL FROM:<${sender}>',
      'S2: 250 *',
      'C: MAIL FROM:<${sender}>',
      `S: ${rateLimited}`,
    ],
  ],
  [
    'a MAIL that is taken behind the rate limit',
    recorded([...login, mail, ['RSET', '250 ok'], [mail[0], rateLimited], mail]),
    [`S: ${rateLimited}`, 'T: 10s', 'C: MAIL FROM:<${sender}>', 'S: 250 *'],
  ],
  [
    'a balance that was topped up in the middle',
    recorded([
      ...login,
      mail,
      ['RCPT TO:<a@a.example>', '450 Balance not enough'],
      ['RCPT TO:<b@a.example>', '250 ok'],
    ]),
    ['S: 450 Balance not enough', 'W: balance 1000', 'C: RCPT TO:<${r2}>', 'S: 250 *'],
  ],
  [
    'a domain that lost a record in the middle',
    recorded([...login, mail, ['RSET', '250 ok'], [mail[0], '421 Domain not verify']]),
    [
      'W: remove spf',
      'W: verify domain',
      'C: MAIL FROM:<${sender}>',
      'S: 421 Domain not verify',
      'S: <closes>',
    ],
  ],
  [
    'an AUTH that was none',
    recorded([
      ['EHLO x', '250 x'],
      ['AUTH ****', '504 what'],
    ]),
    ['S: 250 *', /^# an AUTH/],
  ],
  [
    'what looks like a macro',
    recorded([['<send to>', '500 what']]),
    [String.raw`C> <send to>\r\n`, 'S: 500 *'],
  ],
  ['an empty line', recorded([['', '500 what']]), ['S: 500 *']],
] as const)('%s is a scenario that can be read', (_what, session, expected) => {
  const text = scenarioOfSession(emailmassivo, session);
  const parsed = parseScenario(text, { id: 'abc', file: 'abc.scenario.yaml', contract: emailmassivo });
  expect(parsed.kind === 'scenario' ? [] : parsed.errors).toEqual([]);
  const lines = text.split('\n').map((line) => line.trim());
  let at = -1;
  for (const line of expected) {
    const next = lines.findIndex(
      (each, place) => place > at && (typeof line === 'string' ? each === line : line.test(each)),
    );
    expect([line, next > at]).toEqual([line, true]);
    at = next;
  }
});
