import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emailStatuses, roles } from '../../contract/emailmassivo/vocabulary.ts';
import { loadScenarios } from './load-scenarios.ts';
import { suiteOf } from './suite.ts';
import { fileSchemaOf } from './schema.ts';
import { historyColumns } from './then-schema.ts';

// a word of the format that no scenario uses is a word that nobody has seen working

const suiteFolder = fileURLToPath(new URL('../../../scenarios', import.meta.url));
const { scenarios } = await loadScenarios([], {
  suite: suiteOf(suiteFolder, emailmassivo.id),
  contract: emailmassivo,
});
const cases = scenarios.flatMap((scenario) => scenario.cases);
const lines = cases.flatMap(({ dialogue }) => dialogue);
const sources = new Set(lines.map(({ source }) => source));

test.each([
  ['roles', roles, new Set(scenarios.flatMap(({ given }) => [...given.recipients.values()]))],
  [
    'statuses',
    // what is queued is on its way, and giving up takes a day of real time: no end of a case shows either
    emailStatuses.filter((status) => status !== 'queued' && status !== 'failed'),
    new Set(
      cases.flatMap(({ ending }) =>
        ending.flatMap((key) =>
          key.kind === 'history' ? [...key.rows.values()].flat().flatMap(({ status }) => status ?? []) : [],
        ),
      ),
    ),
  ],
  [
    'changes of the world',
    [
      'balance',
      'buy',
      'maintenance',
      'block',
      'new-password',
      'record',
      'verify-domain',
      'recipient',
      'mailbox',
      'settled',
    ],
    new Set(lines.flatMap((line) => (line.kind === 'world' ? [line.change.kind] : []))),
  ],
  [
    'expectations',
    [
      'literal',
      'code',
      'class',
      'pattern',
      'offers',
      'does-not-offer',
      'closes',
      'closes-without-a-reply',
      'nothing-more',
      'handshake-fails',
      'secured',
    ],
    new Set(lines.flatMap((line) => (line.kind === 'expect' ? [line.expectation.kind] : []))),
  ],
  [
    'macros',
    [
      'session',
      'open',
      'connect',
      'tls-handshake',
      'login',
      'wrong-login',
      'close',
      'half-close',
      'reset',
      'auth-line',
      'token-line',
      'envelope',
      'send',
      'message',
    ],
    new Set(lines.flatMap((line) => (line.kind === 'macro' ? [line.macro.kind] : []))),
  ],
  [
    'forms of login',
    ['PLAIN', 'PLAIN without initial response', 'LOGIN', 'LOGIN with initial response'],
    new Set(
      lines.flatMap((line) =>
        line.kind === 'macro' && line.macro.kind === 'login' ? [line.macro.form] : [],
      ),
    ),
  ],
  [
    'keys of then',
    ['charged', 'balance', 'delivered', 'history', 'statistics', 'status', 'suppressed'],
    new Set(cases.flatMap(({ ending }) => ending.map(({ kind }) => kind))),
  ],
  [
    'kinds of lines',
    ['say', 'macro', 'expect', 'open-stage', 'time', 'world'],
    new Set(lines.map(({ kind }) => kind)),
  ],
] as const)('the suite uses all %s', (_what, words, used) => {
  const unused = words.filter((word) => !(used as ReadonlySet<string>).has(word));
  expect(unused).toEqual([]);
});

test.each([
  ['a time to an instant', /^T: to /],
  ['a second session', /^C2: /],
  ['raw octets', /^C> /],
  ['half a message', /^C\d?: <first half of message/],
  ['the old password', /<AUTH old password>/],
  ['a login never used', /<AUTH unknown login>/],
  ['a handshake that may end in a close', /<TLS handshake or close>/],
  ['a client that chooses its TLS', /<(?:open|TLS handshake) with TLS 1\.1>/],
  ['a client that chooses its cipher', /with TLS 1\.2, [A-Z]/],
  ['a third login', /<session third>/],
  ['a change of another login', /^W: second: /],
  ['a filter', /\$\{\w+\|.*upper\}/],
  ['a refusal behind <open>', /^S: 421 4\.4\.5/],
])('the suite has %s', (_what, pattern) => {
  expect([...sources].some((source) => pattern.test(source))).toBe(true);
});

test('the suite names every column of the history', () => {
  const rows = cases
    .flatMap(({ ending }) => ending.flatMap((key) => (key.kind === 'history' ? [...key.rows.values()] : [])))
    .flat();
  expect([...new Set(rows.flatMap(({ columns }) => [...columns.keys()]))].toSorted()).toEqual(
    historyColumns.toSorted(),
  );
});

test('the schema has every key of given', () => {
  expect(Object.keys(fileSchemaOf(emailmassivo).shape.given.unwrap().shape).toSorted()).toEqual([
    'balance',
    'clock',
    'connection',
    'domain',
    'listeners',
    'logins',
    'mechanisms',
    'plans',
    'rate',
    'recipient-limit',
    'recipients',
    'send-limit',
    'session-limit',
    'size-limit',
    'triggers',
  ]);
});
