import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { documentedRuleOf } from '../contract.ts';
import { documentedReplies } from './documented-replies.ts';
import { documentedPage } from './documented-page.ts';
import { emailmassivo } from './emailmassivo.ts';

const page = await readFile(new URL('../../../fixtures/gateway-documentation.txt', import.meta.url), 'utf8');
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
    expect(documentedRuleOf(emailmassivo, FORMAT_EXAMPLE)).toBeUndefined();
  });
});
