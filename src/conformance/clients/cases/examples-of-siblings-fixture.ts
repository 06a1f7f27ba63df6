import { bye, hello, mail } from '../talk-fixture.ts';
import {
  again,
  begun,
  both,
  dot,
  F,
  from,
  one,
  refusedRcpt,
  running,
  said,
  SECOND,
  sent,
  told,
  two,
  upTo,
  type Example,
} from './example-talks-fixture.ts';

/** A login that a server refused. */
const login = (code: string) => upTo('C AUTH PLAIN ****', `S ${code} No`, ...bye);
const data = (code: string) =>
  upTo(...begun, `C RCPT TO:<${F}>`, 'S 250 Ok', 'C DATA', `S ${code} No`, ...bye);
const starttls = { tls: 'starttls', knownNames: ['gateway.test'] } as const;
const clear = upTo('C AUTH PLAIN ****', 'S 235 Ok', ...mail([F]));

/** What is refused for now at a stage, by the talk of one try. */
const later = (talk: readonly string[], next = sent): readonly Example[] => [
  ['ends', one(talk, { told: told(75) }), 'right'],
  ['comes again after five seconds', two(talk, 5_000, next), 'right'],
  ['comes again at once', two(talk, 100, next), 'wrong'],
  ['and again at once', two(talk, 200, talk, { told: told(75) }), 'wrong'],
  ['was not watched long enough', one(talk, { told: running, patience: 2_000 }), 'not observed'],
];

/** What is refused for good, whatever its text says. */
const never = (talk: readonly string[], next = sent): readonly Example[] => [
  ['ends', one(talk, { told: told(1) }), 'right'],
  ['ends, and says that it may be tried again', one(talk, { told: told(75) }), 'right'],
  ['comes again', two(talk, 5_000, talk), 'wrong'],
  ['comes again at once, and it goes out', two(talk, 100, next), 'wrong'],
];

/** What goes on whatever the form of a reply is. */
const goesOn: readonly Example[] = [
  ['sends', one(sent), 'right'],
  ['sends over a second connection', two([...hello, ...bye], 3_000, sent), 'right'],
  ['breaks off', one(upTo('C QUIT', 'S 221 Bye')), 'wrong'],
  ['says QUIT behind MAIL', one(upTo(...begun, ...bye)), 'wrong'],
  ['knows no STARTTLS, and finds no login', one(hello, { tls: 'starttls', secures: false }), 'not observed'],
  ['finds no STARTTLS, which it knows', one(hello, { tls: 'starttls', secures: true }), 'wrong'],
];

const certificate: readonly Example[] = [
  ['breaks off', one(upTo('C STARTTLS', 'S 220 Go'), starttls), 'right'],
  ['breaks off, and comes again', two(upTo('C STARTTLS'), 9_000, upTo('C STARTTLS'), starttls), 'right'],
  ['logs in', one(clear, starttls), 'dangerous'],
  ['sends without a login', one(upTo(...begun), starttls), 'wrong'],
];

/** Cases that are judged as another is, each with examples of its own: what it meets is another thing. */
export const examplesOfSiblings: Readonly<Record<string, readonly Example[]>> = {
  'password-90': [
    ['in one line', one(upTo('C AUTH PLAIN ****', 'S 235 Ok', ...mail([F]))), 'right'],
    ['behind the 334', one(upTo('C AUTH PLAIN', 'S 334 ', 'C ****', 'S 235 Ok', ...mail([F]))), 'right'],
    ['cut off', one(login('535')), 'wrong'],
    ['refused behind the 334', one(upTo('C AUTH PLAIN', 'S 334 ', 'C ****', 'S 535 No', ...bye)), 'wrong'],
  ],
  'later-auth': later(login('454'), clear),
  'later-data': [
    ...later(data('451')),
    [
      'sends the message all the same',
      one([...data('451').slice(0, -2), 'C Subject: x', 'S 500 No']),
      'wrong',
    ],
  ],
  'later-dot': later(dot('451')),
  'later-unknown': later(said('479')),
  'injected-name': [
    ['refuses', one(hello, { told: told(1) }), 'right'],
    ['writes a blank', one(from('From: "Shop X-Injected: yes" <a@a.example>')), 'right'],
    ['writes it as it is', one(from('From: Shop\r\nX-Injected: yes <a@a.example>')), 'dangerous'],
    ['as a Bcc', one(from('From: Shop\r\nBcc: injected@a.example')), 'dangerous'],
  ],
  'handshake-cut': certificate,
  'certificate-expired': certificate,
  'certificate-misnamed': certificate,
  'certificate-unknown': certificate,
  'accepted-254': [
    ['sends to both', one([...hello, ...mail([F, SECOND])], both), 'right'],
    ['sends to both, one after the other', one([...hello, ...mail([SECOND]), ...mail([F])], both), 'right'],
    ['takes it for a refusal', one([...hello, ...mail([F])], both), 'wrong'],
    [
      'sends again to both',
      two([...hello, ...mail([F, SECOND])], 900, [...hello, ...mail([F, SECOND])], both),
      'dangerous',
    ],
  ],
  'accepted-255': [
    ['ends', one(dot('255')), 'right'],
    ['ends without QUIT', one(dot('255').slice(0, -2)), 'right'],
    ['sends again', again(dot('255')), 'dangerous'],
    ['sends again later', again(dot('255'), 9_000), 'dangerous'],
  ],
  'long-greeting': goesOn,
  'long-ehlo': goesOn,
  'size-zero': goesOn,
  'said-250-error': [
    ['ends', one(dot('250')), 'right'],
    ['ends, and says that it failed', one(dot('250'), { told: told(1) }), 'right'],
    ['sends again', again(dot('250')), 'dangerous'],
    ['sends again later', again(dot('250'), 9_000), 'dangerous'],
  ],
  'said-450-unknown': later(refusedRcpt('450')),
  'said-452-5xx': later(refusedRcpt('452')),
  'said-451-denied': later(said('451')),
  'said-554-busy': never(data('554')),
  'said-554-quota': never(dot('554')),
  'said-550-wait': never(login('550'), clear),
  'said-535-busy': never(login('535'), clear),
};
