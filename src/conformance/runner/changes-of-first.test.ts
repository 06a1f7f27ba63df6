import { expect, test } from 'vitest';
import { parseGiven } from '../scenario/parse-given.ts';
import { changesOfFirst } from './read-back.ts';

test('what another login of the account buys is bought by the account, and what another account buys is not', () => {
  const given = parseGiven({ logins: { second: 'same account', third: 'another account' } });
  const buy = { kind: 'buy', plan: 'prepaid', sends: 2 } as const;
  const own = [buy, { ...buy, login: 'second' as const }];
  expect(changesOfFirst(given, [...own, { ...buy, login: 'third' }])).toEqual(own);
});
