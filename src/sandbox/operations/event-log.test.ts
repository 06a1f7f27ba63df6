import { expect, test } from 'vitest';
import { createEventLog, MOST_STREAMS, MOST_STREAMS_OF_ACCOUNT } from './event-log.ts';

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
  const next = log.next('a');
  log.publish('a', opened('1'));
  await next;
  expect(log.since('a', 0)).toHaveLength(1);
});

test('an event wakes nobody who waits for another account', async () => {
  const log = createEventLog();
  let woken = 0;
  const other = log.next('b').then(() => (woken += 1));
  log.publish('a', opened('1'));
  await new Promise(setImmediate);
  expect(woken).toBe(0);
  log.publish('b', opened('2'));
  await other;
});

test('the events of quiet accounts are found whatever others do, until they are too old', () => {
  const log = createEventLog();
  log.publish('quiet', opened('1'));
  for (let at = 0; at < 9_000; at += 1) log.publish('busy', opened(String(at)));
  expect(log.since('quiet', 0)).toHaveLength(1);
  for (let at = 0; at < 30_000; at += 1) log.publish(`busy${at % 7}`, opened(String(at)));
  expect(log.since('quiet', 0)).toHaveLength(0);
});

test('streams have a bound, of one account and in all, and one that ends makes room', () => {
  const log = createEventLog();
  const first = Array.from({ length: 200 }, () => log.openStream('a'));
  expect(first.filter((place) => place !== undefined)).toHaveLength(MOST_STREAMS_OF_ACCOUNT);
  const rest = Array.from({ length: 1_000 }, (_, at) => log.openStream(`b${at}`));
  expect([...first, ...rest].filter((place) => place !== undefined)).toHaveLength(MOST_STREAMS);
  first[0]?.[Symbol.dispose]();
  first[0]?.[Symbol.dispose]();
  expect(log.openStream('a')).toBeDefined();
  expect(log.openStream('a')).toBeUndefined();
});

test('the log is bounded; ids go on', () => {
  const log = createEventLog();
  for (let at = 0; at < 50_000; at += 1) log.publish('a', opened(String(at)));
  expect(log.since('a', 0).length).toBeLessThanOrEqual(20_000);
  expect(log.since('a', 0).at(-1)?.id).toBe(50_000);
});
