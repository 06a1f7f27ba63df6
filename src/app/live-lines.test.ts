import { createTranscriptRecorder } from '../sandbox/gateway/transcript-recorder.ts';
import { describe, expect, test } from 'vitest';
import { createLiveLines } from './live-lines.ts';

function watch() {
  const lines: string[] = [];
  const live = createLiveLines((line) => lines.push(line));
  const recorder = live.recorder(createTranscriptRecorder(() => 0));
  const session = recorder.open({ id: 's', port: 587, startedAt: 0, clientAddress: '127.0.0.1' });
  return { lines, live, session, recorder };
}

describe('while a sandbox is up', () => {
  test('a session is told at its end, each refusal with its rule', () => {
    const { lines, session, recorder } = watch();
    session.wire('220 hello\r\n', false);
    session.line('RCPT TO:<full@simulator.test>\r\n', false);
    session.wire('553 Recipient has exceeded mailbox limit\r\n', false);
    session.decided('error.553-mailbox');
    session.message(Buffer.from('x'), false);
    session.wire('250 Ok\r\n', false);
    session.closed();
    expect(lines).toEqual([
      'session 1 on 587: RCPT TO:<full@simulator.test>: refused with 553 Recipient has exceeded mailbox limit (error.553-mailbox)',
      'session 1 on 587 is over: 1 message accepted, 1 refusal',
    ]);
    // what is kept is kept as before
    expect(recorder.list()[0]?.entries.length).toBeGreaterThan(4);
  });

  test('a refusal without a rule is told before what follows', () => {
    const { lines, session } = watch();
    session.wire('421 busy\r\n', false);
    expect(lines).toEqual([]);
    session.closed();
    expect(lines[0]).toBe('session 1 on 587: the greeting: refused with 421 busy');
  });

  test.each([
    ['AUTH PLAIN AHNob3AAc2VjcmV0\r\n'],
    ['AUTHPLAIN AHNob3AAc2VjcmV0\r\n'],
    ['AHNob3AAc2VjcmV0\r\n'],
    ['secret!\r\n'],
    // a whole answer to AUTH can read like a verb
    ['secret\r\n'],
  ])('%j shows no secret', (octets) => {
    const { lines, session } = watch();
    session.line(octets, false);
    session.wire('535 5.7.8 Incorrect login or password\r\n', false);
    session.closed();
    expect(lines.join()).not.toMatch(/AHNob3|secret/);
  });

  test.each([
    ['a password that was tried, in a name', ['AUTH PLAIN AABzZWNyZXQ=\r\n', 'EHLO secret\r\n']],
    ['a password where a command stands', ['AUTH LOGIN\r\n', 'DATA secret\r\n']],
    ['an answer that reads like a command', ['AUTH PLAIN\r\n', '334 \r\n', 'MAIL FROM:secret\r\n']],
    ['one that was tried, in a path', ['AUTH PLAIN AABzZWNyZXQ=\r\n', 'MAIL FROM:<secret@b.example>\r\n']],
  ])('of a plain command nothing is shown that the transcript blanks: %s', (_what, said) => {
    const { lines, session } = watch();
    for (const each of said) {
      if (/^\d/.test(each)) session.wire(each, false);
      else session.line(each, false);
    }
    session.wire('501 5.5.4 Not so\r\n', false);
    session.closed();
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toMatch(/secret/);
  });

  test('the reason of an email that did not arrive is told', () => {
    const { lines, live } = watch();
    const email = { kind: 'email', email: 'e', recipient: 'a@b.example' } as const;
    live.hear('a', { ...email, status: 'bounced', reason: 'The mailbox does not exist.' });
    live.hear('a', { ...email, status: 'deferred', reason: '451 4.3.0 later\u001b[2J' });
    expect(lines).toEqual([
      'mail to a@b.example: bounced (The mailbox does not exist.)',
      String.raw`mail to a@b.example: deferred (451 4.3.0 later\x1b[2J)`,
    ]);
  });

  test('what became of a mail is told, and no cursor moved', () => {
    const { lines, live } = watch();
    live.hear('a', { kind: 'email', email: 'e', recipient: 'a\u001b[2J@b.example', status: 'bounced' });
    live.hear('a', { kind: 'email', email: 'e', recipient: 'a@b.example', status: 'queued' });
    expect(lines).toEqual([String.raw`mail to a\x1b[2J@b.example: bounced`]);
  });
});
