import { ruleOfCheck } from '../../contract/contract.ts';
import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { expect, test } from 'vitest';
import type { HistoryRow, ToldCourse, ToldLookedUp } from '../target/target.ts';
import { checkCourse, checkLookedUp } from './check-further.ts';

const row = (id: string, recipient: string, status: HistoryRow['status'] = 'delivered'): HistoryRow => ({
  id,
  recipient,
  status,
  time: '2026-01-15T12:00:00.000Z',
  sender: 'shop@x.example',
  subject: 'Order',
  messageId: '<1@x.example>',
});
const [first, second] = [row('1', 'a@y.example'), row('2', 'b@y.example', 'bounced')];
const history = [first, second];
const email: ToldLookedUp['email'] = {
  row: first,
  reversePath: 'shop@x.example',
  forwardPath: 'a@y.example',
  attempts: 1,
  sameMessage: history,
  subjects: ['Order'],
};
const lookedUp: ToldLookedUp = {
  newestFirst: [second, first],
  sought: 'A@Y.EXAMPLE',
  found: [first],
  email,
};
const course: ToldCourse = {
  events: [
    { kind: 'session', session: 's', state: 'opened' },
    { kind: 'email', email: '1', recipient: 'a@y.example', status: 'queued' },
    { kind: 'email', email: '2', recipient: 'b@y.example', status: 'bounced' },
    { kind: 'email', email: '1', recipient: 'a@y.example', status: 'delivered' },
    { kind: 'balance', balance: 3 },
    { kind: 'session', session: 's', state: 'closed' },
  ],
  isWhole: true,
  suppressed: ['C@y.example'],
  ledger: [
    { kind: 'opened', change: 5, balance: 5 },
    { kind: 'sent', change: -2, balance: 3 },
  ],
  senders: { ofAccount: ['shop@x.example'], listed: ['shop@x.example'] },
  refusals: { told: ['503 no'], inTranscript: ['503 no'] },
};
const end = {
  observation: { history, balance: 3, charged: 2, suppressed: ['c@y.example'], status: 'Active' as const },
  isBlocked: false,
  ended: 1,
  buys: false,
};

test('what is told of an email, and on the way to the end, agrees with the end', () => {
  expect(checkLookedUp(history, lookedUp)).toEqual([]);
  expect(checkCourse(end, course)).toEqual([]);
});

test.each<[string, Partial<ToldLookedUp>, string]>([
  ['the newest row does not come first', { newestFirst: history }, 'history.rows'],
  ['a search finds nothing', { found: [] }, 'history.rows'],
  ['a search finds too much', { found: history }, 'history.rows'],
  ['the row of an email is another', { email: { ...email, row: row('1', 'z@y.example') } }, 'history.rows'],
  ['the envelope is another', { email: { ...email, reversePath: 'x@x.example' } }, 'delivery.envelope'],
  ['the message has other emails', { email: { ...email, sameMessage: [second] } }, 'billing.split'],
  ['nothing was tried', { email: { ...email, attempts: 0 } }, 'history.statuses'],
  ['the message has another Subject', { email: { ...email, subjects: ['Bill'] } }, 'history.rows'],
])('%s', (_what, change, rule) => {
  expect(
    checkLookedUp(history, { ...lookedUp, ...change }).map(({ check }) => ruleOfCheck(emailmassivo, check)),
  ).toContain(rule);
});

test.each<[string, Partial<ToldCourse>, string]>([
  ['the last event of an email is missing', { events: course.events.slice(0, 3) }, 'history.statuses'],
  ['the end of a session is no event', { events: course.events.slice(0, 5) }, 'sandbox.transcripts'],
  [
    'the last balance is another',
    { events: [...course.events, { kind: 'balance', balance: 4 }] },
    'billing.per-recipient',
  ],
  [
    'a block is told that is none',
    { events: [...course.events, { kind: 'block', isFirst: true, blocked: true }] },
    'connection.status',
  ],
  ['a refusal is missing', { refusals: { told: [], inTranscript: ['503 no'] } }, 'sandbox.transcripts'],
  ['a page of the suppression list is missing', { suppressed: [] }, 'error.550-unsubscribed'],
  ['the ledger does not add up', { ledger: course.ledger.slice(1) }, 'billing.per-recipient'],
  ['the ledger lacks what was sent', { ledger: course.ledger.slice(0, 1) }, 'billing.per-recipient'],
  ['the account tells no sender', { senders: { ofAccount: [], listed: ['a@x.example'] } }, 'sender.create'],
])('%s', (_what, change, rule) => {
  expect(
    checkCourse(end, { ...course, ...change }).map(({ check }) => ruleOfCheck(emailmassivo, check)),
  ).toContain(rule);
});

test('of a log whose beginning is forgotten nothing is missing', () => {
  expect(checkCourse(end, { ...course, events: [], isWhole: false })).toEqual([]);
});
