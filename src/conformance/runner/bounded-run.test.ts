import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../result/run-event.ts';
import { multiplyByModes } from '../scenario/matrix.ts';
import { modes } from '../../contract/emailmassivo/transition.ts';
import { longestRunMs, runBounds } from './run-bounds.ts';
import { play } from './play-scripted-fixture.ts';
import { scenarioOf } from './scripted-gateway-fixture.ts';

/** Characters that the record has of the cases; its beginning carries the contract. */
const recordOf = (events: readonly RunEvent[]): number =>
  events
    .filter(({ kind }) => kind !== 'run-started')
    .reduce<number>((sum, event) => sum + JSON.stringify(event).length, 0);

describe('what a target says too much', () => {
  const noop = scenarioOf('C: <session>\nC: NOOP\nS: 250 *');

  test.each([
    ['a line of 10 MB', `250 ${'x'.repeat(10_000_000)}\r\n`, 'a line has more than'],
    ['10 MB without a line end', 'x'.repeat(10_000_000), 'a line has more than'],
    ['10 MB of NULs', '\0'.repeat(10_000_000), 'a line has more than'],
    ['a reply of 10 MB in lines', `${'250-more\r\n'.repeat(1_000_000)}250 end\r\n`, 'a reply has more than'],
  ])('%s: one finding, and a record of a few KB', async (_what, said, why) => {
    const { findings, events } = await play(noop, {
      answer: (line) => (line === 'NOOP' ? said : undefined),
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain('protocol.reply-form 7:6');
    const messages = events.flatMap((event) => (event.kind === 'finding' ? [event.finding.message] : []));
    expect(messages.join()).toContain(why);
    expect(events.some((event) => event.kind === 'wire' && event.cut !== undefined)).toBe(true);
    expect(recordOf(events)).toBeLessThan(64 * 1024);
  });

  test('a finding quotes no more of it than a report needs', async () => {
    const { events } = await play(scenarioOf('C: <session>\nC: NOOP\nS: 250 Ok'), {
      answer: (line) => (line === 'NOOP' ? `250 ${'x'.repeat(60_000)}\r\n` : undefined),
    });
    const found = events.flatMap((event) => (event.kind === 'finding' ? [event.finding] : []));
    expect(found.map(({ received }) => received.length < 2_100 && received.includes('cut: 60004'))).toContain(
      true,
    );
    expect(JSON.stringify(found).length).toBeLessThan(64 * 1024);
  });
});

describe('a target that answers nothing any more', () => {
  test('is given up after some cases in a row, and the rest is told as not played', async () => {
    const { summary, outcomes } = await play(scenarioOf('C: <session>\nC: NOOP\nS: 250 *'), {
      answer: (line) => (line === 'NOOP' ? '' : undefined),
      more: { replyTimeoutMs: 40, jobs: 1, choice: { repeat: 100 } },
    });
    expect(summary).toMatchObject({ how: 'bailed', exitCode: 1 });
    expect(summary.why).toContain('20 cases one after another in which the target did not answer in time');
    expect(summary.why).toContain('80 of 100 cases were not played');
    expect(outcomes).toHaveLength(runBounds.silentCases);
  });

  test('an answer in time begins the count again', async () => {
    let count = 0;
    const { summary } = await play(scenarioOf('C: <session>\nC: NOOP\nS: 250 *'), {
      answer: (line) => (line === 'NOOP' && (count += 1) % 10 !== 0 ? '' : undefined),
      more: { replyTimeoutMs: 40, jobs: 1, choice: { repeat: 30 } },
    });
    expect(summary).toMatchObject({ how: 'finished', exitCode: 1 });
  });
});

test('a run is bounded by its cases and its workers', async () => {
  const suite = multiplyByModes([scenarioOf('C: <session>')], modes).length * 100;
  expect(longestRunMs(suite, 16)).toBeLessThan(longestRunMs(suite, 1));
  expect(longestRunMs(suite, 1)).toBe(runBounds.runMs + suite * runBounds.runMsForEachCase);
  const { summary } = await play(scenarioOf('C: <session>'), {
    // a clock on which each look is an hour
    more: { now: hourly(), choice: { repeat: 3 } },
  });
  expect(summary).toMatchObject({ how: 'bailed', exitCode: 1 });
  expect(summary.why).toContain('minutes');
});

function hourly(): () => number {
  let time = 0;
  return () => (time += 3_600_000);
}
