import { factsOf } from '../facts-fixture.ts';
import { bye, hello, mail } from '../talk-fixture.ts';
import {
  F,
  SECOND,
  told,
  one,
  two,
  sent,
  from,
  upTo,
  begun,
  rcpt,
  again,
  said,
  dot,
  both,
  hidden,
  refusedRcpt,
  type Example,
} from './example-talks-fixture.ts';

/** What clients may do where mails and replies are in question, and what it is worth on the wire. */
export const examplesOfMails: Readonly<Record<string, readonly Example[]>> = {
  bcc: [
    [
      'names the hidden one in the envelope alone',
      one([...hello, ...mail([F, 'hidden@a.example'])], hidden),
      'right',
    ],
    [
      'sends the hidden one a copy that says so',
      one(
        [
          ...hello,
          ...mail([F], 'To: x\r\n\r\n1'),
          ...mail(['hidden@a.example'], 'Bcc: hidden@a.example\r\n\r\n2'),
        ],
        hidden,
      ),
      'right',
    ],
    [
      'an empty field',
      one([...hello, ...mail([F, 'hidden@a.example'], 'Bcc:\r\nTo: x\r\n\r\n1')], hidden),
      'right',
    ],
    [
      'shows the hidden one',
      one([...hello, ...mail([F, 'hidden@a.example'], 'Bcc: hidden@a.example\r\n\r\n1')], hidden),
      'dangerous',
    ],
    [
      'shows the hidden one in a folded line',
      one([...hello, ...mail([F], 'X-Y: z\r\nBCC:\r\n  hidden@a.example\r\n\r\n1')], hidden),
      'dangerous',
    ],
    [
      'sends the same to both lists',
      one([...hello, ...mail([F]), ...mail([F, 'hidden@a.example'])], hidden),
      'dangerous',
    ],
  ],
  'same-person': [
    ['one RCPT', one(sent, { recipients: [F, F], hidden: [F] }), 'right'],
    [
      'one RCPT, and another spelling of the header',
      one(from('From: a@a.example\r\nCc: FIRST@a.example'), { recipients: [F, F] }),
      'right',
    ],
    [
      'one transaction, two RCPT',
      one([...hello, ...mail([F, F]), ...bye], { recipients: [F, F] }),
      'acceptable',
    ],
    ['two transactions', one([...hello, ...mail([F]), ...mail([F])], { recipients: [F, F] }), 'dangerous'],
    [
      'two with other texts',
      one([...hello, ...mail([F], 'a: b\r\n\r\n1'), ...mail([F], 'a: b\r\n\r\n2')], { recipients: [F, F] }),
      'dangerous',
    ],
  ],
  'display-name': [
    ['quoted', one(from('From: "Shop" <a@a.example>')), 'right'],
    ['as it was ordered', one(from('From: Shop <a@a.example>'), {}), 'right'],
    ['encoded', one(from('From: =?utf-8?B?U2hvcA==?= <a@a.example>')), 'right'],
    ['without the name', one(from('From: a@a.example')), 'acceptable'],
    ['two mailboxes', one(from('From: Müller, Laden <a@a.example>')), 'wrong'],
    ['another address', one(from('From: Shop <b@a.example>')), 'wrong'],
    ['raw letters', one(from('From: "M\xfcller" <a@a.example>')), 'wrong'],
  ],
  'sender-with-name': [
    ['the address alone', one(sent), 'right'],
    ['with parameters', one(upTo('C MAIL FROM:<a@a.example> SIZE=12', 'S 250 Ok')), 'right'],
    ['all of it', one(upTo('C MAIL FROM:<Shop <a@a.example>>', 'S 501 No')), 'wrong'],
    ['without brackets', one(upTo('C MAIL FROM:Shop a@a.example', 'S 501 No')), 'wrong'],
  ],
  'international-domain': [
    ['A-label', one(rcpt('first@xn--bcher-kva.example'), { recipients: ['first@bücher.example'] }), 'right'],
    [
      'A-label in capitals',
      one(rcpt('first@XN--BCHER-KVA.example'), { recipients: ['first@bücher.example'] }),
      'right',
    ],
    ['raw', one(rcpt('first@b\xc3\xbccher.example'), { recipients: ['first@bücher.example'] }), 'wrong'],
    [
      'another domain',
      one(rcpt('first@bucher.example'), { recipients: ['first@bücher.example'] }),
      'dangerous',
    ],
    ['refuses', one(upTo(...bye), { recipients: ['first@bücher.example'] }), 'acceptable'],
  ],
  'international-mailbox': [
    ['does not connect', factsOf([], { recipients: ['jörg@a.example'] }), 'right'],
    ['says QUIT', one(upTo(...bye), { recipients: ['jörg@a.example'] }), 'right'],
    [
      'raw',
      one(upTo(...begun, 'C RCPT TO:<j\xc3\xb6rg@a.example>', 'S 553 No'), {
        recipients: ['jörg@a.example'],
      }),
      'wrong',
    ],
    ['another mailbox', one(rcpt('jorg@a.example'), { recipients: ['jörg@a.example'] }), 'dangerous'],
  ],
  'injected-subject': [
    ['refuses', factsOf([], { told: told(1) }), 'right'],
    [
      'writes a blank',
      one(from('From: a@a.example\r\nSubject: Hello X-Injected: yes Bcc: injected@a.example')),
      'right',
    ],
    ['folds', one(from('From: a@a.example\r\nSubject: Hello\r\n X-Injected: yes')), 'right'],
    ['writes it as it is', one(from('From: a@a.example\r\nSubject: Hello\r\nX-Injected: yes')), 'dangerous'],
    ['with a bare LF', one(from('From: a@a.example\r\nSubject: Hello\nX-Injected: yes')), 'dangerous'],
    ['believes the field', one([...hello, ...mail([F, 'injected@a.example'])]), 'dangerous'],
  ],
  'injected-address': [
    ['refuses', factsOf([], { told: told(1) }), 'right'],
    ['leaves the rest out', one(sent), 'right'],
    ['reads the other one', one([...hello, ...mail(['injected@a.example'])]), 'acceptable'],
    ['writes the line', one([...hello, ...mail([F, 'injected@a.example'])]), 'dangerous'],
    ['in two transactions', one([...hello, ...mail([F]), ...mail(['injected@a.example'])]), 'dangerous'],
  ],
  'injected-text': [
    ['stuffs', one(sent), 'right'],
    ['encodes', one(from('Content-Transfer-Encoding: base64')), 'right'],
    [
      'does not',
      one([
        ...sent.slice(0, -2),
        'C MAIL FROM:<a@a.example>',
        'S 250 Ok',
        'C RCPT TO:<injected@a.example>',
        'S 250 Ok',
      ]),
      'dangerous',
    ],
    ['sends all of it', one([...sent.slice(0, -2), ...mail(['injected@a.example'])]), 'dangerous'],
  ],
  'handshake-broken': [
    ['breaks off', one(upTo('C STARTTLS', 'S 220 Go'), { tls: 'starttls' }), 'right'],
    [
      'tries again with TLS',
      two(upTo('C STARTTLS', 'S 220 Go'), 5_000, upTo('C STARTTLS', 'S 220 Go'), { tls: 'starttls' }),
      'right',
    ],
    [
      'logs in without',
      one(upTo('C STARTTLS', 'S 220 Go', 'C AUTH PLAIN ****', 'S 235 Ok'), { tls: 'starttls' }),
      'dangerous',
    ],
    ['sends without', one(upTo('C STARTTLS', 'S 220 Go', ...begun), { tls: 'starttls' }), 'wrong'],
  ],
  'over-size': [
    ['reads SIZE', one(upTo(...bye)), 'right'],
    [
      'says how large it is',
      one(upTo('C MAIL FROM:<a@a.example> SIZE=5000', 'S 552 Too large', ...bye)),
      'right',
    ],
    ['sends it once', one(dot('552')), 'right'],
    ['sends it again at once', two(dot('552'), 100, dot('552')), 'wrong'],
    ['sends it again later', two(dot('552'), 9_000, dot('552')), 'wrong'],
  ],
  'accepted-251': [
    ['sends to both', one([...hello, ...mail([F, SECOND])], both), 'right'],
    ['in two transactions', one([...hello, ...mail([F]), ...mail([SECOND])], both), 'right'],
    ['leaves one out', one([...hello, ...mail([F])], both), 'wrong'],
    ['sends nothing', one(upTo(...begun, 'C QUIT', 'S 221 Bye'), both), 'wrong'],
    ['sends twice', one([...hello, ...mail([F, SECOND]), ...mail([F])], both), 'dangerous'],
  ],
  'split-replies': [
    ['sends', one(sent), 'right'],
    ['sends over a second connection', two([...hello, ...bye], 3_000, sent), 'right'],
    ['breaks off', one(upTo('C QUIT', 'S 221 Bye')), 'wrong'],
    [
      'sends the message too soon',
      one(upTo(...begun, `C RCPT TO:<${F}>`, 'S 250 Ok', 'C DATA', 'S 451 No', 'C Subject: x', 'S 500 No')),
      'wrong',
    ],
  ],
  'few-extensions': [
    ['encodes', one(sent), 'right'],
    ['refuses', one(upTo(...bye)), 'right'],
    ['BODY', one(upTo('C MAIL FROM:<a@a.example> BODY=8BITMIME', 'S 250 Ok')), 'wrong'],
    ['NOTIFY', one(upTo(...begun, `C RCPT TO:<${F}> NOTIFY=FAILURE`, 'S 250 Ok')), 'wrong'],
    ['raw octets', one([...hello, ...mail([F], 'From: a@a.example\r\n\r\nGr\xfc\xdfe')]), 'wrong'],
  ],
  'no-dsn': [
    ['sends without', one(sent), 'right'],
    ['refuses', one(upTo(...bye), { told: told(1) }), 'right'],
    ['RET', one(upTo('C MAIL FROM:<a@a.example> RET=HDRS', 'S 555 No', ...bye), { told: told(1) }), 'wrong'],
    ['ENVID', one(upTo('C MAIL FROM:<a@a.example> ENVID=1', 'S 250 Ok', ...bye)), 'wrong'],
    ['NOTIFY', one(upTo(...begun, `C RCPT TO:<${F}> notify=SUCCESS,DELAY`, 'S 250 Ok')), 'wrong'],
    ['ORCPT', one(upTo(...begun, `C RCPT TO:<${F}> ORCPT=rfc822;${F}`, 'S 555 No')), 'wrong'],
  ],
  'said-254-unsent': [
    ['ends', one(dot('254')), 'right'],
    ['says QUIT, and that it failed', one(dot('254'), { told: told(1) }), 'right'],
    ['sends again', again(dot('254')), 'dangerous'],
    ['sends again later', again(dot('254'), 9_000), 'dangerous'],
  ],
  'said-550-greylist': [
    ['ends', one(refusedRcpt('550')), 'right'],
    ['says RSET', one([...refusedRcpt('550').slice(0, -2), 'C RSET', 'S 250 Ok']), 'right'],
    ['asks again', two(refusedRcpt('550'), 5_000, sent), 'wrong'],
    ['asks again at once', two(refusedRcpt('550'), 50, refusedRcpt('550')), 'wrong'],
  ],
  'said-455-rate': [
    ['ends', one(said('455')), 'right'],
    ['waits', again(said('455'), 10_000), 'right'],
    ['asks again at once', again(said('455')), 'wrong'],
    ['and again', two(said('455'), 300, said('455')), 'wrong'],
  ],
};
