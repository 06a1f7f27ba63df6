import { expect, test } from 'vitest';
import { createEventLog } from './event-log.ts';

const opened = (session: string) => ({ kind: 'session', session, state: 'opened' }) as const;

test('a listener resumes behind the last event it saw, and hears of its own account alone', () => {
  const log = createEventLog();
  log.publish('a', opened('1'));
  log.publish('b', opened('2'));
  log.publish('a', opened('3'));
  expect(log.since('a', 0).map((each) => each.id)).toEqual([1, 3]);
  expect(log.since('a', 1).map((each) => each.id)).toEqual([3]);
  expect(log.newest).toBe(3);
});

test('whoever waits is woken by the next event', async () => {
  const log = createEventLog();
  const next = log.next();
  log.publish('a', opened('1'));
  await next;
  expect(log.since('a', 0)).toHaveLength(1);
});

test('the log is bounded; ids go on', () => {
  const log = createEventLog();
  for (let at = 0; at < 50_000; at += 1) log.publish('a', opened(String(at)));
  expect(log.since('a', 0).length).toBeLessThanOrEqual(20_000);
  expect(log.since('a', 0).at(-1)?.id).toBe(50_000);
});
