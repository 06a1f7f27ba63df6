import { ruleOfCheck } from '../../contract/contract.ts';
import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { expect, test } from 'vitest';
import type { ToldSession } from '../target/target.ts';
import { checkTold, type SaidSession, type TellingAccount } from './told-sessions.ts';

const account: TellingAccount = { sizeLimit: 1_000, hasOthers: false, passwords: ['opensesame'] };
const said: SaidSession = {
  said: ['EHLO c\r\n', 'AUTH PLAIN AGEAb3BlbnNlc2FtZQ==\r\n', 'DATA\r\n', 'text\r\n', 'QUIT\r\n'],
  heard: ['220 a', '250 b', '235 c', '354 d', '250 e', '221 f'].map((reply) => ({
    octets: `${reply}\r\n`,
    tls: false,
  })),
  unread: '',
  isWhole: true,
  tls: [],
  isClosed: true,
};
const wire = (entries: readonly string[]): ToldSession['wire'] =>
  entries.map((entry) => ({
    direction: entry.startsWith('C') ? 'C' : 'S',
    tls: false,
    octets: `${entry.slice(3)}\r\n`,
  }));
const lines =
  'S: 220 a|C: EHLO c|S: 250 b|C: AUTH PLAIN ********|S: 235 c|C: DATA|S: 354 d|C: text|S: 250 e|C: QUIT|S: 221 f'.split(
    '|',
  );
const told: ToldSession = { port: 587, isCut: false, hasEnded: true, tls: [], wire: wire(lines) };
const without = (line: string) => wire(lines.filter((each) => each !== line));
const check = (all: readonly ToldSession[], sessions = [said], more: Partial<TellingAccount> = {}) =>
  checkTold(all, sessions, { ...account, ...more }).map(
    (each) => `${ruleOfCheck(emailmassivo, each.check)}: ${each.message}`,
  );

test('a transcript that tells what was said is as it must be, cut off or not', () => {
  expect(check([told])).toEqual([]);
  expect(check([{ ...told, isCut: true, wire: wire(lines.slice(0, 6)) }])).toEqual([]);
  expect(check([told, told], [said, said])).toEqual([]);
});

test.each([
  ['a command is missing', { wire: without('C: DATA') }],
  ['a reply is missing', { wire: without('S: 354 d') }],
  ['the goodbye is missing', { wire: without('S: 221 f') }],
  ['a message is missing', { wire: without('C: text') }],
  ['a command is blanked', { wire: wire(['S: 220 a', 'C: ********', ...lines.slice(2)]) }],
  ['a line was never said', { wire: wire([...lines.slice(0, -1), 'C: NOOP', 'S: 221 f']) }],
  ['the end is missing', { hasEnded: false }],
  ['TLS is told that was not spoken', { tls: ['TLSv1.3'] }],
  ['replies are said to be encrypted', { wire: wire(lines).map((entry) => ({ ...entry, tls: true })) }],
])('it is wrong where %s', (_what, change) => {
  expect(check([{ ...told, ...change }])).toEqual([
    'sandbox.transcripts: a transcript does not tell what was said',
  ]);
});

test('each session is told once', () => {
  expect(check([])).toEqual(['sandbox.transcripts: a session has no transcript']);
  expect(check([told, told])).toEqual(['sandbox.transcripts: a transcript tells a session that was not']);
  expect(check([told, told], [said], { hasOthers: true })).toEqual([]);
});

test('of a long message the beginning is enough, with its size; of one too large whatever was kept', () => {
  const long = { ...said, said: said.said.map((line) => (line === 'text\r\n' ? 'x'.repeat(500) : line)) };
  const short = (octets: string, size?: number) => ({
    ...told,
    wire: wire(lines).map((entry) => (entry.octets === 'text\r\n' ? { ...entry, octets, size } : entry)),
  });
  expect(check([short('xxx', 500)], [long])).toEqual([]);
  expect(check([short('xxx', 499)], [long])).toHaveLength(1);
  expect(check([short('xxx')], [long])).toHaveLength(1);
  expect(check([short('xxx')], [long], { sizeLimit: 400 })).toEqual([]);
});

test.each([
  'opensesame',
  btoa('opensesame'),
  btoa('aopensesameb'),
  `${btoa('aaopensesame').slice(0, 7)}\r\n${btoa('aaopensesame').slice(7)}`,
])('no password is told, as %s', (secret) => {
  expect(check([{ ...told, wire: wire([...lines, `C: NOOP ${secret}`]) }])).toEqual([
    'sandbox.secrets: a transcript shows a password',
  ]);
});
