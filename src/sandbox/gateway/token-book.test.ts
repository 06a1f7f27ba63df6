import { expect, test } from 'vitest';
import { createTokenBook, TOKENS_OF_AN_ACCOUNT } from './token-book.ts';

const of = (account: string, connection = `${account}-1`) => ({
  account,
  connection,
  login: connection,
  scopes: ['smtp.send'],
  expiresAt: 1,
});

test('an account has room for so many tokens, and the oldest goes; those of others stay', () => {
  const issued: string[] = [];
  const book = createTokenBook((token) => issued.push(token));
  book.issue('of another', of('b'));
  for (let count = 0; count <= TOKENS_OF_AN_ACCOUNT; count += 1) book.issue(`token-${count}`, of('a'));
  expect(book.find('token-0')).toBeUndefined();
  expect(book.find('token-1')).toMatchObject({ account: 'a' });
  expect(book.find('of another')).toMatchObject({ account: 'b' });
  expect(issued).toHaveLength(TOKENS_OF_AN_ACCOUNT + 2);
});

test('what is revoked is of one connection, and what goes with an account is of that account', () => {
  const book = createTokenBook(() => undefined);
  book.issue('first', of('a', 'a-1'));
  book.issue('second', of('a', 'a-2'));
  book.issue('third', of('b'));
  book.revoke('a-1');
  expect(['first', 'second', 'third'].map((token) => book.find(token) !== undefined)).toEqual([
    false,
    true,
    true,
  ]);
  book.clear('a');
  expect(['second', 'third'].map((token) => book.find(token) !== undefined)).toEqual([false, true]);
});
