import { ruleOfCheck } from '../../contract/contract.ts';
import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { expect, test } from 'vitest';
import { parseGiven } from '../scenario/parse-given.ts';
import type { HistoryRow, ReadBack } from '../target/target.ts';
import { checkMessageIds, checkReadBack } from './check-read-back.ts';

const time = '2026-01-15T12:00:00.000Z';
const row = (recipient: string, status: HistoryRow['status'] = 'delivered'): HistoryRow => ({
  recipient,
  status,
  time,
  connection: 'first',
});
const history = [row('a@x.example'), row('b@x.example', 'bounced'), row('c@x.example')];
const part: NonNullable<ReadBack['part']> = {
  connection: 'first',
  status: 'delivered',
  recipient: 'c@x.example',
  from: time,
  to: '2026-01-15T12:00:00.001Z',
  rows: [row('a@x.example'), row('c@x.example')],
  totals: new Map([
    ['delivered', 2],
    ['bounced', 1],
  ]),
  waited: [row('c@x.example')],
};
const trigger = (id: string) => ({ id, stage: 'RCPT', seen: 1, reply: '450 no' });
const right: ReadBack = {
  sessions: [],
  pages: history,
  part,
  purchases: [{ kind: 'prepaid', sends: 5 }],
  triggers: { all: [trigger('1'), trigger('2')], left: [trigger('2')] },
};
const given = parseGiven({
  plans: [{ prepaid: 5 }],
  triggers: [
    { stage: 'RCPT', reply: '450 no' },
    { stage: 'RCPT', reply: '450 no' },
  ],
});
const check = (change: Partial<ReadBack>) =>
  checkReadBack({ given, changes: [], observation: { history } }, { ...right, ...change }).map((each) =>
    ruleOfCheck(emailmassivo, each.check),
  );

test('answers that agree are as they must be', () => {
  expect(check({})).toEqual([]);
});

test.each<[string, Partial<ReadBack>, string]>([
  ['a page is missing', { pages: history.slice(0, 2) }, 'history.rows'],
  ['a row comes twice', { pages: [...history, row('c@x.example')] }, 'history.rows'],
  ['pages are out of order', { pages: history.toReversed() }, 'history.rows'],
  ['the filter lets another status through', { part: { ...part, rows: history } }, 'history.filter'],
  ['the filter lets too little through', { part: { ...part, rows: [] } }, 'history.filter'],
  [
    'the statistics miss an email',
    { part: { ...part, totals: new Map([['delivered', 2]]) } },
    'statistics.period',
  ],
  ['a wait finds another recipient', { part: { ...part, waited: history } }, 'sandbox.settled'],
  ['a wait finds nothing', { part: { ...part, waited: [] } }, 'sandbox.settled'],
  ['a purchase is not listed', { purchases: [] }, 'billing.plans.kinds'],
  ['a trigger is not listed', { triggers: { all: [trigger('1')], left: [] } }, 'sandbox.triggers'],
  [
    'a removed trigger is listed',
    { triggers: { all: [trigger('1'), trigger('2')], left: [trigger('1'), trigger('2')] } },
    'sandbox.triggers',
  ],
])('%s', (_what, change, rule) => {
  expect(check(change)).toEqual([rule]);
});

test('the Message-ID of a copy is one that the history shows', () => {
  const copy = {
    octets: new Uint8Array(Buffer.from('Message-ID: <1@g>\r\n\r\ntext')),
    forwardPath: undefined,
    envelope: { forwardPaths: [], strangeNames: [], reversePath: undefined },
  };
  const recipients = new Map([['to', 'A@x.example']]);
  const checkIds = (messageId: string | undefined) =>
    checkMessageIds([{ ...row('a@x.example'), messageId }], new Map([['to', [copy]]]), recipients).map(
      (each) => `${ruleOfCheck(emailmassivo, each.check)} ${each.received}`,
    );
  expect(checkIds('<1@g>')).toEqual([]);
  expect(checkIds(undefined)).toEqual([]);
  expect(checkIds('<2@g>')).toEqual(['history.rows <1@g>']);
});
