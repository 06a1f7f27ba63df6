import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { expect, test } from 'vitest';
import type { Arranged } from '../target/target.ts';
import { checkTrace, type SessionTrace } from './invariants.ts';
import { answering, play } from './play-scripted-fixture.ts';
import { afterSmoke, scenarioOf } from './scripted-gateway-fixture.ts';

// what the suite had wrong until it was played on servers of other people (docs/calibration.md)

const [line] = scenarioOf('C: <open>\nC: NOOP\nS: 250 *').cases[0]?.dialogue ?? [];

function traceOf(unasked: string, end: SessionTrace['end']): SessionTrace {
  if (line === undefined) throw new Error('There is no line.');
  return { replies: [], malformed: [], unasked, end, closeIsExpected: true, line };
}

test('whoever is left in mid-transfer may say that it was a temporary error, and nothing else', () => {
  const none = new Set<never>();
  expect(checkTrace(emailmassivo, traceOf('451 4.3.0 aborted\r\n', 'by-client'), [], none)).toEqual([]);
  expect(checkTrace(emailmassivo, traceOf('250 2.0.0 Ok\r\n', 'by-client'), [], none)).toHaveLength(1);
  expect(checkTrace(emailmassivo, traceOf('451 4.3.0 aborted\r\n', 'open'), [], none)).toHaveLength(1);
});

test('a reply too many is told once, by the line that says that there is nothing more', async () => {
  const { findings } = await play(scenarioOf('C: <open>\nC: RSET\nS: 250 *\nS: <nothing more>'), {
    answer: answering({ RSET: '250 one\r\n250 two\r\n' }),
  });
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatch(/^protocol\.rset 8:6 nothing more/);
});

const withoutLogin = afterSmoke((usual): Promise<Arranged> =>
  Promise.resolve(
    usual.kind === 'arranged'
      ? {
          kind: 'arranged',
          situation: {
            ...usual.situation,
            withoutLogin: true,
            credentials: () => undefined,
            [Symbol.asyncDispose]: () => Promise.resolve(),
          },
        }
      : usual,
  ),
);

test('where mail is taken without a login a session is whole without one', async () => {
  const mails = await play(scenarioOf('C: <session>\nC: <send to>'), { arrange: withoutLogin });
  expect(mails.outcomes).toEqual(['passed']);
  const logsIn = await play(scenarioOf('C: <open>\nC: <login>'), { arrange: withoutLogin });
  expect(logsIn.outcomes).toEqual(['not-arranged the first login']);
});
