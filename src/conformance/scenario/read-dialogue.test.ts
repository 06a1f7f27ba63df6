import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { describe, expect, test } from 'vitest';
import { checkDialogue, type Names } from './check-dialogue.ts';
import type { DialogueLine } from './dialogue.ts';
import { groupWrites } from './group-writes.ts';
import { readDialogue } from './read-dialogue.ts';

const raw = (text: string) =>
  text.split('\n').map((line, at) => ({ text: line, position: { line: at + 1, column: 1 } }));

function lineOf(text: string): Omit<DialogueLine, 'position' | 'source'> | string {
  const { lines, problems } = readDialogue(emailmassivo, raw(text));
  const [line] = lines;
  if (line === undefined) return problems.map(({ sentence }) => sentence).join();
  const { position: _position, source: _source, ...rest } = line;
  return rest;
}

const plain = (text: string) => ({ text, variables: [] });
const macro = (kind: object, times = 1) => ({ kind: 'macro', session: 1, macro: kind, times });

describe('client lines', () => {
  test.each([
    ['C: NOOP', { kind: 'say', session: 1, ends: 'CRLF', text: plain('NOOP') }],
    ['C:', { kind: 'say', session: 1, ends: 'CRLF', text: plain('') }],
    [String.raw`C> NO\r\n`, { kind: 'say', session: 1, ends: 'nothing', text: plain(String.raw`NO\r\n`) }],
    ['C3: RSET', { kind: 'say', session: 3, ends: 'CRLF', text: plain('RSET') }],
    [
      'C: RCPT TO:<${to}>',
      {
        kind: 'say',
        session: 1,
        ends: 'CRLF',
        text: { text: 'RCPT TO:<${to}>', variables: [{ name: 'to', filters: [], offset: 9 }] },
      },
    ],
    ['C: <session>', macro({ kind: 'session', login: 'first' })],
    ['C2: <session second>', { ...macro({ kind: 'session', login: 'second' }), session: 2 }],
    ['C: <open>', macro({ kind: 'open' })],
    ['C: <connect>', macro({ kind: 'connect' })],
    ['C: <TLS handshake>', macro({ kind: 'tls-handshake', closeIsFine: false })],
    ['C: <TLS handshake or close>', macro({ kind: 'tls-handshake', closeIsFine: true })],
    ['C: <login>', macro({ kind: 'login', form: 'PLAIN', login: 'first' })],
    ['C: <login second>', macro({ kind: 'login', form: 'PLAIN', login: 'second' })],
    ['C: <login LOGIN>', macro({ kind: 'login', form: 'LOGIN', login: 'first' })],
    [
      'C: <login PLAIN without initial response second>',
      macro({ kind: 'login', form: 'PLAIN without initial response', login: 'second' }),
    ],
    ['C: <wrong login> x5', macro({ kind: 'wrong-login', login: 'first' }, 5)],
    ['C: <close>', macro({ kind: 'close' })],
    ['C: <half close>', macro({ kind: 'half-close' })],
    ['C: <reset>', macro({ kind: 'reset' })],
    ['C: <AUTH right password>', macro({ kind: 'auth-line', credential: 'right password', login: 'first' })],
    ['C: <AUTH wrong password>', macro({ kind: 'auth-line', credential: 'wrong password', login: 'first' })],
    ['C: <AUTH old password>', macro({ kind: 'auth-line', credential: 'old password', login: 'first' })],
    ['C: <AUTH unknown login>', macro({ kind: 'auth-line', credential: 'unknown login', login: 'first' })],
    [
      'C: <AUTH right password second>',
      macro({ kind: 'auth-line', credential: 'right password', login: 'second' }),
    ],
    [
      'C: <AUTH XOAUTH2 token>',
      macro({ kind: 'token-line', mechanism: 'XOAUTH2', token: 'token', login: 'first' }),
    ],
    [
      'C: <AUTH OAUTHBEARER token of another scope second>',
      macro({
        kind: 'token-line',
        mechanism: 'OAUTHBEARER',
        token: 'token of another scope',
        login: 'second',
      }),
    ],
    ['C: <envelope to, bcc>', macro({ kind: 'envelope', recipients: ['to', 'bcc'] })],
    ['C: <send to> x3', macro({ kind: 'send', recipients: ['to'] }, 3)],
    ['C: <message>', macro({ kind: 'message', part: 'whole', message: undefined })],
    ['C: <message order>', macro({ kind: 'message', part: 'whole', message: 'order' })],
    ['C: <first half of message order>', macro({ kind: 'message', part: 'first half', message: 'order' })],
    ['C: <rest of message order>', macro({ kind: 'message', part: 'rest', message: 'order' })],
  ])('%s', (text, expected) => {
    expect(lineOf(text)).toEqual(expected);
  });

  test.each([
    ['C: <sesion>', 'There is no macro <sesion>. Did you mean "session"?'],
    [
      'C: <open> x2',
      '<open> cannot be repeated with x2: write "repeat 2" above and "end" below the lines that are repeated.',
    ],
    ['C: <send to> x0', 'A macro is played once at least.'],
    ['C: <html', '"<html" is not closed: write "<html>". Bytes that begin with "<" are written with C>.'],
    ['C: NOOP ', 'A blank at the start or the end of what is sent is written with C>.'],
    [
      String.raw`C> a\q`,
      String.raw`Only \r, \n, \t, \\ and \xNN stand for other octets: write \\ for a backslash.`,
    ],
  ])('%s is a mistake', (text, sentence) => {
    const told = lineOf(text);
    expect(typeof told === 'string' && told.replace(/ Possible: .*/, '')).toBe(sentence);
  });
});

describe('server lines', () => {
  const expects = (expectation: object, rule?: string) => ({
    kind: 'expect',
    session: 1,
    offset: 3,
    rule,
    expectation,
  });
  test.each([
    ['S: 450 Balance not enough', expects({ kind: 'literal', reply: plain('450 Balance not enough') })],
    ['S: 250 *', expects({ kind: 'code', code: 250 })],
    ['S: 5xx *', expects({ kind: 'class', class: 5 })],
    ['S: 250 *   [error.451.window]', expects({ kind: 'code', code: 250 }, 'error.451.window')],
    [
      'S: /^250 queued as (?<id>\\w+)$/',
      expects({ kind: 'pattern', pattern: plain('^250 queued as (?<id>\\w+)$'), captures: ['id'] }),
    ],
    ['S: <offers STARTTLS, AUTH PLAIN>', expects({ kind: 'offers', keywords: ['STARTTLS', 'AUTH PLAIN'] })],
    ['S: <does not offer STARTTLS>', expects({ kind: 'does-not-offer', keywords: ['STARTTLS'] })],
    ['S: <closes>', expects({ kind: 'closes' })],
    ['S: <closes without a reply>', expects({ kind: 'closes-without-a-reply' })],
    ['S: <nothing more>', expects({ kind: 'nothing-more' })],
    ['S2: 250 *', { ...expects({ kind: 'code', code: 250 }), session: 2, offset: 4 }],
    [
      'S? 450 Balance not enough by <end of data>',
      {
        kind: 'open-stage',
        session: 1,
        offset: 3,
        rule: undefined,
        reply: plain('450 Balance not enough'),
        by: 'end of data',
      },
    ],
  ])('%s', (text, expected) => {
    expect(lineOf(text)).toEqual(expected);
  });

  test.each([
    ['S: 25O *', /^"25O \*" is no expectation/],
    ['S: 250', /^"250" is no expectation/],
    ['S: 250 *[error.450]', /is no expectation/],
    ['S: <close>', /There is no expectation <close>\. Did you mean "closes"\?/],
    ['S: /(/', /is no regular expression/],
    ['S: 250 * [no.rule]', /There is no rule "no\.rule"/],
    ['S? 450 x by <dot>', /There is no stage <dot>/],
  ])('%s is a mistake', (text, sentence) => {
    expect(lineOf(text)).toMatch(sentence);
  });
});

describe('time and the world', () => {
  test.each([
    ['T: 4999ms', { kind: 'time', passes: { kind: 'for', ms: 4999 } }],
    ['T: 10s', { kind: 'time', passes: { kind: 'for', ms: 10_000 } }],
    ['T: 28d', { kind: 'time', passes: { kind: 'for', ms: 2_419_200_000 } }],
    [
      'T: to 2026-02-28T10:00:00.000Z',
      { kind: 'time', passes: { kind: 'until', instant: '2026-02-28T10:00:00.000Z' } },
    ],
    ['W: balance 3', { kind: 'world', change: { kind: 'balance', sends: 3 } }],
    ['W: buy monthly 5', { kind: 'world', change: { kind: 'buy', plan: 'monthly', sends: 5 } }],
    ['W: maintenance off', { kind: 'world', change: { kind: 'maintenance', on: false } }],
    ['W: unblock', { kind: 'world', change: { kind: 'block', blocked: false } }],
    ['W: new password', { kind: 'world', change: { kind: 'new-password' } }],
    ['W: remove dkim', { kind: 'world', change: { kind: 'record', record: 'dkim', published: false } }],
    ['W: verify domain', { kind: 'world', change: { kind: 'verify-domain' } }],
    ['W: to is full', { kind: 'world', change: { kind: 'recipient', name: 'to', role: 'full' } }],
    ['W: mailbox up', { kind: 'world', change: { kind: 'mailbox', up: true } }],
    ['W: settled', { kind: 'world', change: { kind: 'settled' } }],
  ])('%s', (text, expected) => {
    expect(lineOf(text)).toEqual(expected);
  });

  test.each([
    ['T: soon', /^"soon" is no time/],
    ['T: to 2026-02-31T10:00:00Z', /is no time/],
    ['W: blok', /Did you mean "block"\?/],
    ['W: to is fulll', /There is no role "fulll"\. Did you mean "full"\?/],
    ['C0: NOOP', /^A dialogue line begins with/],
    ['T2: 10s', /Did you mean "T: 10s"\?/],
    ['s: 250 *', /Did you mean "S: 250 \*"\?/],
    ['RCPT TO:<x>', /^A dialogue line begins with/],
  ])('%s is a mistake', (text, sentence) => {
    expect(lineOf(text)).toMatch(sentence);
  });
});

const names: Names = {
  recipients: ['to'],
  messages: ['order'],
  vars: [],
  logins: [],
  clock: '2026-01-15T12:00:00.000Z',
};
const problemsOf = (text: string) =>
  checkDialogue(readDialogue(emailmassivo, raw(text)).lines, names).map(
    ({ code, position, sentence }) =>
      `${position.line}:${position.column} ${code} ${sentence.split(/:| (?:Possible|Recipients are|Messages are) /)[0]}`,
  );

describe('what only the whole dialogue shows', () => {
  test.each([
    ['C: <open>\nT: 59s\nC: NOOP', []],
    ['C: <open>\nT: 60s\nC: <open>\nC: NOOP', []],
    [
      'C: <open>\nT: 1m\nC: NOOP',
      ['3:1 idle-session After 60 s or more a session must be opened anew (<session>, <open> or <connect>)'],
    ],
    [
      'C: <open>\nT: 30s\nT: 30s\nC: NOOP',
      ['4:1 idle-session After 60 s or more a session must be opened anew (<session>, <open> or <connect>)'],
    ],
    [
      'C: <open>\nC2: <open>\nT: 5m\nC: <open>\nC2: NOOP',
      ['5:1 idle-session After 60 s or more a session must be opened anew (<session>, <open> or <connect>)'],
    ],
    ['T: to 2026-01-15T11:00:00Z', ['1:1 time-runs-back Time runs forward only']],
    ['C: NOOP', ['1:1 no-session No session is open here']],
    ['C: <open>\nC: <close>\nC: NOOP', ['3:1 no-session No session is open here']],
    ['C: <open>\nC2: NOOP', ['2:1 no-session No session is open here']],
    [
      'C: <open>\nC: RCPT TO:<${too}>',
      ['2:13 unknown-variable There is no variable ${too}. Did you mean "to"? Known here'],
    ],
    ['C: <open>\nC: NOOP ${to', ['2:9 unknown-variable "${" is not closed here']],
    ['C: <open>\nS: /(?<id>x)/\nC: NOOP ${id}', []],
    [
      'C: <open>\nC: NOOP ${id}\nS: /(?<id>x)/',
      ['2:9 unknown-variable There is no variable ${id}. Known here'],
    ],
    [
      'C: <open>\nC: <send too>',
      ['2:10 unknown-recipient There is no recipient "too" in given.recipients. Did you mean "to"?'],
    ],
    [
      'C: <open>\nC: <message oder>',
      ['2:13 unknown-message There is no message "oder" under messages. Did you mean "order"?'],
    ],
    ['C: <open>\nC: <login second>', ['2:11 unknown-word There is no second login']],
    ['C: <open>\nW: cc is full', ['2:4 unknown-recipient There is no recipient "cc" in given.recipients.']],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });
});

test.each([
  ['C: a\nC: b\nS: 250 *\nC: c', ['write a b', 'expect', 'write c']],
  ['C: a\nC2: b\nC: c', ['write a', 'write b', 'write c']],
  ['C: a\n# comment\nC> b\nT: 1s\nC: c', ['write a b', 'time', 'write c']],
  ['C: a\nC: <message>\nC: b', ['write a', 'macro', 'write b']],
  ['C> a\nC> b\nC: c\nC> d', ['write a', 'write b c d']],
])('lines that leave in one write: %j', (text, expected) => {
  const steps = groupWrites(readDialogue(emailmassivo, raw(text)).lines);
  expect(
    steps.map((step) =>
      step.kind === 'write' ? `write ${step.lines.map((line) => line.text.text).join(' ')}` : step.line.kind,
    ),
  ).toEqual(expected);
});
