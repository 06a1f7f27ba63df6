import { factsOf } from '../facts-fixture.ts';
import { bye, hello, mail, talk } from '../talk-fixture.ts';
import {
  F,
  SECOND,
  told,
  running,
  one,
  two,
  sent,
  upTo,
  begun,
  again,
  cutAtQuit,
  said,
  dot,
  both,
  pair,
  sentToTwoOfThree,
  type Example,
} from './example-talks-fixture.ts';

/** What clients may do where sessions, logins and addresses are in question, and what it is worth on the wire. */
export const examplesOfSessions: Readonly<Record<string, readonly Example[]>> = {
  'cut-at-quit': [
    ['ends', one(cutAtQuit), 'right'],
    ['ends, and says it knows nothing', one(cutAtQuit, { told: told(75) }), 'right'],
    ['sends again', again(cutAtQuit), 'dangerous'],
    ['hangs', one(cutAtQuit, { told: running }), 'wrong'],
    ['never said QUIT', one(sent.slice(0, -2)), 'not observed'],
  ],
  'unavailable-quit': [
    ['ends', one([...cutAtQuit, 'S 421 Bye']), 'right'],
    ['ends, and says that it failed', one([...cutAtQuit, 'S 421 Bye'], { told: told(1) }), 'right'],
    ['sends again', again([...cutAtQuit, 'S 421 Bye']), 'dangerous'],
    ['sends again much later', again([...cutAtQuit, 'S 421 Bye'], 15_000), 'dangerous'],
  ],
  'half-closed': [
    ['says QUIT, and ends', one(cutAtQuit), 'right'],
    ['closes at once', one(sent.slice(0, -2)), 'right'],
    ['hangs', one(sent.slice(0, -2), { told: running }), 'wrong'],
    ['sends again', again(sent.slice(0, -2)), 'dangerous'],
  ],
  'second-after-refused': [
    [
      'goes on for the accepted, twice',
      one(
        upTo(
          ...begun,
          `C RCPT TO:<${F}>`,
          'S 250 Ok',
          `C RCPT TO:<${SECOND}>`,
          'S 550 No',
          'C DATA',
          'S 354 Go',
          'C x\r\n\r\n1',
          'S 250 Ok',
          ...mail([F]),
        ),
        { ...both, ...pair },
      ),
      'right',
    ],
    [
      'says RSET, and the second goes to both',
      one(upTo(...begun, `C RCPT TO:<${SECOND}>`, 'S 550 No', 'C RSET', 'S 250 Ok', ...mail([F, SECOND])), {
        ...both,
        ...pair,
      }),
      'right',
    ],
    [
      'begins the second inside the first',
      one(upTo(...begun, `C RCPT TO:<${SECOND}>`, 'S 550 No', 'C MAIL FROM:<a@a.example>', 'S 503 Nested'), {
        ...both,
        ...pair,
      }),
      'wrong',
    ],
    [
      'gives up the second without a refusal',
      one(
        upTo(
          ...begun,
          `C RCPT TO:<${SECOND}>`,
          'S 550 No',
          'C RSET',
          'S 250 Ok',
          'C MAIL FROM:<a@a.example>',
          'S 250 Ok',
        ),
        { ...both, ...pair },
      ),
      'wrong',
    ],
    [
      'stops after the first',
      one(upTo(...begun, `C RCPT TO:<${SECOND}>`, 'S 550 No', ...bye), { ...both, ...pair }),
      'not observed',
    ],
  ],
  'idle-421': [
    ['opens a new connection', again([...hello, ...mail([F]), 'S 421 Bye'], 100, pair), 'right'],
    [
      'the same, behind a MAIL that was on its way',
      again([...hello, ...mail([F]), 'S 421 Bye', 'C MAIL FROM:<a@a.example>'], 100, pair),
      'right',
    ],
    [
      'gives the second up',
      one([...hello, ...mail([F]), 'S 421 Bye', 'C MAIL FROM:<a@a.example>'], pair),
      'acceptable',
    ],
    [
      'writes the second into the dead session',
      one(
        [...hello, ...mail([F]), 'S 421 Bye', 'C MAIL FROM:<a@a.example>', `C RCPT TO:<${F}>`, 'C DATA'],
        pair,
      ),
      'wrong',
    ],
    [
      'sends the second twice',
      factsOf(
        [0, 100, 200].map((at) => ({ lines: talk(at, ...sent), closed: at + 20 })),
        pair,
      ),
      'dangerous',
    ],
  ],
  'rest-after-452': [
    ['sends to two', one(sentToTwoOfThree('452'), { recipients: [F, SECOND, 'third@a.example'] }), 'right'],
    [
      'and to the third in another transaction',
      one([...sentToTwoOfThree('452'), ...mail(['third@a.example'])], {
        recipients: [F, SECOND, 'third@a.example'],
      }),
      'right',
    ],
    [
      'to all again',
      one([...sentToTwoOfThree('452'), ...mail([F, SECOND, 'third@a.example'])], {
        recipients: [F, SECOND, 'third@a.example'],
      }),
      'dangerous',
    ],
    [
      'gives up all',
      one(upTo(...begun, 'C RCPT TO:<third@a.example>', 'S 452 Many', ...bye), {
        recipients: [F, SECOND, 'third@a.example'],
      }),
      'acceptable',
    ],
  ],
  'password-255': [
    [
      'waits for the 334',
      one(upTo('C AUTH PLAIN', 'S 334 ', 'C ********', 'S 235 Ok', ...mail([F]))),
      'right',
    ],
    [
      'logs in with LOGIN',
      one(
        upTo(
          'C AUTH LOGIN',
          'S 334 VXNlcm5hbWU6',
          'C ****',
          'S 334 UGFzc3dvcmQ6',
          'C ****',
          'S 235 Ok',
          ...mail([F]),
        ),
      ),
      'right',
    ],
    ['all in one line', one(upTo('C AUTH PLAIN ********', 'S 235 Ok', ...mail([F]))), 'wrong'],
    [
      'in another charset',
      one(
        upTo(
          'C AUTH LOGIN',
          'S 334 VXNlcm5hbWU6',
          'C ****',
          'S 334 UGFzc3dvcmQ6',
          'C ****',
          'S 535 No',
          ...bye,
        ),
      ),
      'wrong',
    ],
  ],
  'password-utf8': [
    ['in one line', one(upTo('C AUTH PLAIN ****', 'S 235 Ok', ...mail([F]))), 'right'],
    ['with a 334', one(upTo('C AUTH PLAIN', 'S 334 ', 'C ****', 'S 235 Ok', ...mail([F]))), 'right'],
    ['in another charset', one(upTo('C AUTH PLAIN ****', 'S 535 No', ...bye)), 'wrong'],
    ['the same with a 334', one(upTo('C AUTH PLAIN', 'S 334 ', 'C ****', 'S 535 No', ...bye)), 'wrong'],
  ],
  'later-mail': [
    ['ends', one(said('454')), 'right'],
    ['comes again after five seconds', again(said('454'), 5_000), 'right'],
    ['comes again at once', again(said('454')), 'wrong'],
    [
      'asks again in the session',
      one(upTo('C MAIL FROM:<a@a.example>', 'S 454 No', 'C MAIL FROM:<a@a.example>', 'S 454 No')),
      'wrong',
    ],
  ],
  'later-once': [
    ['ends', one(dot('451')), 'right'],
    ['sends the same again later', again(dot('451'), 3_000), 'right'],
    ['sends it again at once', again(dot('451')), 'wrong'],
    [
      'composes it anew',
      two(dot('451'), 3_000, [...hello, ...mail([F], 'Message-ID: <2@a>\r\n\r\nhello'), ...bye]),
      'wrong',
    ],
  ],
};
