import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { documentedRuleOf, prescribedReplies } from '../contract.ts';
import { rfcRules } from '../rfc/rules.ts';
import { amazonSes } from './amazon-ses.ts';

const page = await readFile(new URL('../../../fixtures/amazon-ses-smtp.md', import.meta.url), 'utf8');

test('the contract carries the page to the byte', () => {
  expect(amazonSes.documentedPage).toBe(page);
});

test('the replies of the page and the documented replies are the same set', () => {
  const table = page.slice(page.indexOf('| reply line |'), page.indexOf('No enhanced status codes.'));
  const onPage = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, line = '']) => line);
  const printed = Object.values(amazonSes.documentedReplies).map(
    (entry) => ('onPage' in entry ? entry.onPage : undefined) ?? entry.reply,
  );
  expect(printed.toSorted()).toEqual(onPage.toSorted());
  expect(printed).toHaveLength(17);
});

test.each([
  ['250 Ok email-1', 'reply.250'],
  ['553 <a@@b> Invalid email address', 'error.553-sender'],
  ['553 <a@@b> address unknown', 'error.553-recipient'],
  ['454 Temporary service failure', 'error.454-service'],
  ['250 Ok', undefined],
  ['553 Invalid email address', undefined],
])('%s is of %s', (reply, rule) => {
  expect(documentedRuleOf(amazonSes, reply)).toBe(rule);
});

test('no reply has an enhanced status code', () => {
  const replies = Object.values(amazonSes.rules).flatMap(({ replies: own = [] }) => own);
  expect(replies.filter((reply) => /^\d{3} \d\.\d/.test(reply))).toEqual([]);
});

test('what public reports alone know names the report, and is prescribed', () => {
  const observed = Object.values(amazonSes.rules).filter(({ basis }) => basis === 'observed');
  expect(observed.length).toBeGreaterThan(4);
  for (const { source } of observed) expect(source).toMatch(/github\.com\/\S+\/(?:issues|pull)\/\d+/);
  const known = prescribedReplies(amazonSes);
  for (const reply of [
    '530 Must issue a STARTTLS command first',
    '501 Invalid MAIL FROM address provided',
    '501 Invalid RCPT TO address provided',
    "554 Transaction failed: Duplicate header 'From'.",
  ]) {
    expect(page.replaceAll(/\s+/g, ' ')).toContain(`\`${reply}\``);
    expect(known.has(reply)).toBe(true);
  }
});

test('of the standards it leaves out what the guide contradicts', () => {
  const left = Object.keys(rfcRules).filter((id) => !(id in amazonSes.rules));
  // 50 recipients are fewer than 100, and silence is answered 451
  expect(left).toEqual(['protocol.recipients', 'protocol.idle']);
});
