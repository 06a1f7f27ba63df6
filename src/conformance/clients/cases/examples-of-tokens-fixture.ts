import { bye, mail } from '../talk-fixture.ts';
import { F, one, running, told, two, upTo, type Example } from './example-talks-fixture.ts';

const no = '535 5.7.8 Incorrect login or password';
const refused = ['C AUTH XOAUTH2 ****', 'S 334 e30=', 'C ', `S ${no}`];
const taken = ['C AUTH XOAUTH2 ****', 'S 235 Ok', ...mail([F]), ...bye];
const byBearer = ['C AUTH OAUTHBEARER', 'S 334 ', 'C ****', 'S 334 e30=', 'C ********', `S ${no}`];
const asked = (...tokenRequests: readonly number[]) => ({ tokenRequests });
const failed = { told: told(1) };

/** What clients may do where a token has expired or is of the wrong scope, and what it is worth on the wire. */
export const examplesOfTokens: Readonly<Record<string, readonly Example[]>> = {
  'token-expired': [
    ['one new token, in the same session', one(upTo(...refused, ...taken), asked(5)), 'right'],
    [
      'one new token, in another session',
      two(upTo(...byBearer, ...bye), 100, upTo(...taken), asked(50)),
      'right',
    ],
    ['a new token at once, since the old one is known to be old', one(upTo(...taken), asked(0)), 'right'],
    [
      'a new token, which is refused too',
      one(upTo(...refused, ...refused), { ...asked(5), ...failed }),
      'right',
    ],
    ['no new token', one(upTo(...refused, ...bye), failed), 'acceptable'],
    ['the same token again', one(upTo(...refused, ...refused, ...bye), failed), 'wrong'],
    [
      'the same token again in other sessions, a minute apart',
      two(upTo(...refused, ...bye), 60_000, upTo(...refused, ...bye), failed),
      'wrong',
    ],
    ['two new tokens', one(upTo(...refused, ...refused, ...taken), asked(5, 9)), 'wrong'],
    ['the password', one(upTo('C AUTH PLAIN ****', 'S 235 Ok', ...mail([F]))), 'not observed'],
    [
      'no new token, and not watched long enough',
      one(upTo(...refused), { told: running, patience: 1_000 }),
      'not observed',
    ],
  ],
  'token-refused': [
    [
      'one new token, and stops',
      one(upTo(...refused, ...refused, ...bye), { ...asked(5), ...failed }),
      'right',
    ],
    ['stops at once', one(upTo(...byBearer, ...bye), failed), 'right'],
    ['leaves behind the fault', one(upTo('C AUTH XOAUTH2 ****', 'S 334 e30='), failed), 'acceptable'],
    [
      'asks again and again',
      one(upTo(...refused, ...refused, ...refused), { ...asked(5, 9), ...failed }),
      'wrong',
    ],
    ['asks twice, and logs in once', one(upTo(...refused, ...bye), { ...asked(5, 9), ...failed }), 'wrong'],
    ['logs in again with what was refused', one(upTo(...byBearer, ...byBearer), failed), 'wrong'],
    [
      'the password',
      one(upTo('C AUTH LOGIN', 'S 334 x', 'C ****', 'S 334 x', 'C ****', 'S 235 Ok')),
      'not observed',
    ],
  ],
};
