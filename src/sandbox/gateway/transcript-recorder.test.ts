/** The recorder's bounds: what is kept, and what goes first. */
import { expect, test } from 'vitest';
import { createTranscriptRecorder, defaultBounds } from './transcript-recorder.ts';

let ids = 0;
const origin = () => ({ id: `s${(ids += 1)}`, port: 587, startedAt: 0, clientAddress: '127.0.0.1' }) as const;
const newRecorder = (bounds = {}) => createTranscriptRecorder(() => 0, { ...defaultBounds, ...bounds });

test('sessions that say nothing, and sessions of nobody, push out none of an account', () => {
  const recorder = newRecorder();
  for (let at = 0; at < 1_000; at += 1) {
    const session = recorder.open(origin());
    session.line('EHLO client.example\r\n', false);
    session.belongsTo('acc');
    session.closed();
  }
  for (let at = 0; at < 5_000; at += 1) recorder.open(origin()).failedHandshake('no protocol in common');
  for (let at = 0; at < 5_000; at += 1) recorder.open(origin()).line('QUIT\r\n', false);
  expect(recorder.list('acc')).toHaveLength(1_000);
  expect(recorder.list()).toHaveLength(defaultBounds.sessions);
});

test('sessions of accounts go oldest first', () => {
  const recorder = newRecorder({ sessions: 10 });
  const opened = Array.from({ length: 25 }, () => {
    const from = origin();
    const session = recorder.open(from);
    session.line('NOOP\r\n', false);
    session.belongsTo('acc');
    return from.id;
  });
  expect(recorder.list().map(({ id }) => id)).toEqual(opened.slice(-10));
});

test('entries cost what they take, also where they have hardly an octet', () => {
  const recorder = newRecorder();
  const session = recorder.open(origin());
  for (let at = 0; at < 10_000; at += 1) session.line('x', false);
  for (let at = 0; at < 10_000; at += 1) session.decided('error.451');
  const [transcript] = recorder.list();
  expect(transcript?.truncated).toBe(true);
  expect(JSON.stringify(transcript?.entries).length).toBeLessThanOrEqual(defaultBounds.octets);
});

test('a client that names a long server, or fails with a long reason, fills no memory', () => {
  const recorder = newRecorder();
  const session = recorder.open(origin());
  for (let at = 0; at < 100; at += 1) {
    session.failedHandshake('w'.repeat(10_000));
    session.secured({ protocol: 'TLSv1.3', cipher: 'x', servername: 's'.repeat(10_000) });
  }
  expect(JSON.stringify(recorder.list()).length).toBeLessThanOrEqual(2 * defaultBounds.octets);
});

test('all transcripts together have a bound, and one that is written to after it was forgotten stays so', () => {
  const recorder = newRecorder({ total: 100_000 });
  const first = recorder.open(origin());
  const sessions = Array.from({ length: 50 }, () => recorder.open(origin()));
  for (const session of sessions) session.line('x'.repeat(10_000), false);
  for (let at = 0; at < 50; at += 1) first.line('x'.repeat(1_000), false);
  const kept = recorder.list().reduce((sum, { octets }) => sum + octets, 0);
  expect(kept).toBeLessThanOrEqual(100_000);
  expect(recorder.list().length).toBeGreaterThan(5);
});
