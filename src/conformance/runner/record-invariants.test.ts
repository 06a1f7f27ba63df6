import { ruleOfCheck } from '../../contract/contract.ts';
import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { expect, test } from 'vitest';
import type { EmailStatus } from '../../contract/emailmassivo/vocabulary.ts';
import { replyFrom } from '../../smtp/reply.ts';
import { parseGiven } from '../scenario/parse-given.ts';
import type { Observation } from '../target/target.ts';
import type { CaseRecord } from './case-record.ts';
import { followConversation, type Conversation } from './conversation.ts';
import { checkRecord } from './record-invariants.ts';

const given = parseGiven({});
const began = Date.parse(given.clock);
const noon = given.clock;

/** A session, as what was said and what it was answered with. */
function converse(
  turns: readonly (readonly [said: string, reply: string])[],
  now: () => number = () => began,
): Conversation {
  const conversation = followConversation(now);
  conversation.gatewayReplied(replyFrom('220 ready'));
  for (const [said, reply] of turns) {
    conversation.clientSaid(`${said}\r\n`);
    conversation.gatewayReplied(replyFrom(reply));
  }
  return conversation;
}

const login = (name: string) =>
  [`AUTH PLAIN ${btoa(`\0${name}\0secret`)}`, '235 yes'] as const satisfies readonly [string, string];
const mail = ['MAIL FROM:<s@b.example>', '250 ok'] as const;
const rcpt = (address: string) => [`RCPT TO:<${address}>`, '250 ok'] as const;
const data = ['DATA', '354 go'] as const;
const sent = (...addresses: readonly string[]) =>
  converse([login('one'), mail, ...addresses.map(rcpt), data, ['text\r\n.', '250 ok']]);

const rows = (...all: readonly (readonly [string, EmailStatus])[]) =>
  all.map(([recipient, status]) => ({ recipient, status, time: noon }));

const statisticsOf = (history: Observation['history']): Observation['statistics'] => {
  const counts = new Map<string, number>();
  for (const { status } of history ?? []) counts.set(status, (counts.get(status) ?? 0) + 1);
  return new Map([[noon.slice(0, 10), counts]]);
};

function record(
  conversations: readonly Conversation[],
  observation: Partial<Observation>,
  more: Partial<CaseRecord> = {},
): CaseRecord {
  const history = observation.history ?? [];
  const charged = history.length;
  return {
    given,
    changes: [],
    endedAt: began,
    conversations,
    otherLogins: [],
    observation: {
      charged,
      balance: 100 - (observation.charged ?? charged),
      history,
      otherHistory: [],
      status: 'Active',
      suppressed: [],
      statistics: statisticsOf(history),
      ...observation,
    },
    copies: undefined,
    isWhole: true,
    declared: emailmassivo.declaredLimits,
    ...more,
  };
}

const broken = (one: CaseRecord) =>
  checkRecord(one).map(({ check, concerns }) => `${ruleOfCheck(emailmassivo, check)} ${concerns}`);

const toTwo = rows(['a@x.example', 'delivered'], ['b@x.example', 'delivered']);

test('a record in which all fits together breaks nothing', () => {
  expect(broken(record([sent('a@x.example', 'B@X.example', 'b@x.example')], { history: toTwo }))).toEqual([]);
});

const refusedMessage = converse([
  login('one'),
  mail,
  rcpt('a@x.example'),
  data,
  ['text\r\n.', '550 5.6.0 Message rejected'],
]);
const cutMessage = converse([login('one'), mail, rcpt('a@x.example'), data]);
const twice = sent('a@x.example', 'A@x.example');
const one = rows(['a@x.example', 'delivered']);
const both = [...one, ...one];

test.each([
  [
    'a message that was refused',
    refusedMessage,
    one,
    ['billing.on-accept charged', 'billing.on-accept history'],
  ],
  ['a message that was cut', cutMessage, one, ['billing.cut charged', 'billing.cut history']],
  ['an address named twice', twice, both, ['billing.duplicate charged', 'billing.duplicate history']],
  ['nobody at all', converse([login('one')]), one, ['billing.per-recipient charged', 'history.rows history']],
])('a charge for %s is told by its own rule', (_what, conversation, history, wanted) => {
  expect(broken(record([conversation], { history }))).toEqual(wanted);
});

test('an accepted email that costs nothing or has no row', () => {
  expect(broken(record([sent('a@x.example')], { history: [] }))).toEqual([
    'billing.per-recipient charged',
    'billing.on-accept history',
  ]);
});

test('where replies were left unread, more may have been accepted than is known; never less', () => {
  const more = record([refusedMessage], { history: one }, { isWhole: false });
  const less = record([sent('a@x.example')], { history: [] }, { isWhole: false });
  expect(broken(more)).toEqual([]);
  expect(broken(less)).not.toEqual([]);
});

test("another account's mail is no charge of one's own, and has its rows over there", () => {
  const other = converse([login('two'), mail, rcpt('a@x.example'), data, ['text\r\n.', '250 ok']]);
  const options = { otherLogins: ['two'] };
  expect(broken(record([other], { otherHistory: one }, options))).toEqual([]);
  expect(broken(record([other], { history: one }, options))).toEqual([
    'billing.per-recipient charged',
    'history.rows history',
    'billing.on-accept history',
  ]);
});

test('an email in the mailbox that nobody promised', () => {
  const copies = new Map([['a@x.example', 1]]);
  expect(broken(record([cutMessage], {}, { copies }))).toEqual(['billing.cut delivered']);
  expect(broken(record([sent('a@x.example')], { history: one }, { copies }))).toEqual([]);
});

test('the balance is what was there and was bought, less what was charged', () => {
  const bought = { changes: [{ kind: 'buy', plan: 'prepaid', sends: 5 }] } as const;
  const sends = [sent('a@x.example')];
  expect(broken(record(sends, { history: one, balance: 104 }, bought))).toEqual([]);
  expect(broken(record(sends, { history: one, balance: 99 }, bought))).toEqual([
    'billing.plans.kinds balance',
  ]);
  expect(broken(record(sends, { history: one, balance: 98 }))).toEqual(['billing.per-recipient balance']);
  expect(broken(record(sends, { history: one, balance: -1 }))).toEqual(['error.450.stage balance']);
});

test.each([
  [9_999, ['error.451.window mails']],
  [10_000, []],
])('one MAIL more than the limit, %i ms after the first', (later, wanted) => {
  let at = began;
  const now = () => at;
  const conversation = followConversation(now);
  const say = (said: string, reply: string) => {
    conversation.clientSaid(`${said}\r\n`);
    conversation.gatewayReplied(replyFrom(reply));
  };
  conversation.gatewayReplied(replyFrom('220 ready'));
  say(...login('one'));
  for (let count = 0; count < 101; count += 1) {
    if (count === 100) at += later;
    say(...mail);
    say('RSET', '250 ok');
  }
  expect(broken(record([conversation], {}))).toEqual(wanted);
});

test('blocked is who had eleven emails to bad mailboxes, and nobody else', () => {
  const addresses = Array.from({ length: 11 }, (_, index) => `${index}@x.example`);
  const bounced = (count: number) =>
    rows(...addresses.slice(0, count).map((address) => [address, 'bounced'] as const));
  const with11 = [sent(...addresses)];
  const with10 = [sent(...addresses.slice(0, 10))];
  expect(broken(record(with11, { history: bounced(11), status: 'Blocked' }))).toEqual([]);
  expect(broken(record(with11, { history: bounced(11) }))).toEqual(['connection.block.limit status']);
  expect(broken(record(with10, { history: bounced(10) }))).toEqual([]);
  expect(broken(record(with10, { history: bounced(10), status: 'Blocked' }))).toEqual([
    'connection.block.limit status',
  ]);
});

test('statistics count the rows; who complained is suppressed', () => {
  const sends = [sent('a@x.example')];
  expect(broken(record(sends, { history: one, statistics: new Map() }))).toEqual([
    'statistics.totals statistics',
  ]);
  const history = rows(['a@x.example', 'complained']);
  expect(broken(record(sends, { history }))).toEqual(['history.statuses suppressed']);
  expect(broken(record(sends, { history, suppressed: ['A@x.example'] }))).toEqual([]);
});
