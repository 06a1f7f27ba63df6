import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { documentedReplies, documentedRuleOf } from './documented-replies.ts';
import { documentedPage } from './documented-page.ts';
import { ruleIds, rules } from './contract.ts';

const page = await readFile(new URL('../../fixtures/gateway-documentation.txt', import.meta.url), 'utf8');
const flatPage = page.replaceAll(/\s+/g, ' ');
/** The one line of the page that looks like a reply and is none: its example of the format (rule `reply.example`). */
const FORMAT_EXAMPLE = '421 Server is temporarily unavailable';

describe('the documented page is the law', () => {
  test('the contract carries it to the byte', () => {
    expect(documentedPage).toBe(page);
  });

  test('its reply lines and the documented replies are the same set', () => {
    const onPage = page
      .split('\n')
      .filter((line) => /^\d{3} /.test(line))
      .map((line) => line.trimEnd())
      .filter((line) => line !== FORMAT_EXAMPLE);
    const inContract = Object.values(documentedReplies).map((entry) => entry.reply);
    expect(inContract.toSorted()).toEqual(onPage.toSorted());
    expect(inContract).toHaveLength(10);
  });

  test('the format example stands there once and is nobody’s reply', () => {
    expect(page.split('\n').filter((line) => line.trimEnd() === FORMAT_EXAMPLE)).toHaveLength(1);
    expect(documentedRuleOf(FORMAT_EXAMPLE)).toBeUndefined();
  });

  test.each(Object.entries(documentedReplies))('%s quotes the page for cause and cure', (_id, entry) => {
    expect(flatPage).toContain(entry.cause);
    for (const advice of entry.cure) expect(flatPage).toContain(advice);
  });

  test.each(ruleIds.filter((id) => rules[id].basis === 'documented'))(
    '%s quotes a sentence of the page',
    (id) => {
      expect(flatPage).toContain(rules[id].source);
    },
  );

  test.each(Object.entries(documentedReplies))('%s has its reply in the rules too', (id, entry) => {
    expect(rules[id as keyof typeof documentedReplies].replies).toEqual([entry.reply]);
  });
});
