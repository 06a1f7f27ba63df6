import { defineCase, mailWith, type ClientCase, type Forced } from '../client-case.ts';
import { commands, messages, stepsOf, type Facts } from '../facts.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import {
  allDelivered,
  connectionOf,
  copiesTo,
  isSilent,
  judgeContentWithoutGo,
  judgeDuplicates,
  lineOf,
  notObserved,
  right,
} from '../judge-wire.ts';
import { listWithSizeZero, longList, plainList } from './extension-lists.ts';

const SPLIT = ['connect', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'end of data'] as const;

/** Replies and lists of another form than the usual one, all of them allowed. */
export const replyCases: readonly ClientCase[] = [
  accepted('accepted-251', 'RCPT', '251 2.1.5 User not local; will forward'),
  accepted('accepted-254', 'RCPT', '254 2.1.5 Recipient is known, and queued'),
  defineCase({
    id: 'accepted-255',
    title: 'The final dot is answered 255, of which only the first digit is known',
    rightWay: 'the mail is accepted',
    source: 'RFC 5321 §4.2.1, §4.3.2',
    arrange: { forced: [{ stage: 'end of data', carriedOut: true, reply: '255 2.6.0 Taken' }] },
    wire: judgeGoesOn,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
  goesOn(
    'split-replies',
    'Each reply arrives in several segments, its last CR and LF apart',
    'RFC 5321 §2.3.8, §4.2',
    {
      rightWay: 'a reply ends with CRLF and nowhere else',
      forced: SPLIT.map((stage) => ({ stage, split: true })),
    },
  ),
  goesOn('long-greeting', 'A greeting of five lines', 'RFC 5321 §4.2, §3.1', {
    rightWay: 'read to the last line, then EHLO',
    forced: [
      {
        stage: 'connect',
        reply: '220-gateway ESMTP\n220-No spam,\n220-220 please,\n220-554 and no relaying.\n220 Welcome',
      },
    ],
  }),
  goesOn('long-ehlo', 'A list of a hundred extensions, SIZE twice among them', 'RFC 5321 §4.2.1, §4.1.1.1', {
    rightWay: 'read to the last line; what is not known is passed over',
    forced: longList(),
  }),
  goesOn('size-zero', 'SIZE 0: the size of mails is not limited', 'RFC 1870 §4', {
    rightWay: 'send the mail',
    forced: listWithSizeZero(),
  }),
  defineCase({
    id: 'few-extensions',
    title: 'No DSN, no 8BITMIME, no SIZE offered; a text with letters outside ASCII (SMTP_TEXT)',
    rightWay: 'no parameter that was not offered; the text encoded, or refused',
    source: 'RFC 5321 §4.1.1.11, §2.2.1; RFC 6152 §3; RFC 3461 §4',
    mail: mailWith({ text: 'Grüße aus Köln, 10 €' }),
    arrange: { forced: plainList() },
    wire: judgeParameters,
    told: (facts) => judgeTold(facts, { of: () => 'permanent' }),
  }),
  defineCase({
    id: 'no-dsn',
    title: 'Receipts are asked for (SMTP_DSN), and DSN is not offered',
    rightWay: 'the mail sent without RET, ENVID, NOTIFY and ORCPT, or refused',
    source: 'RFC 3461 §4, §5.1; RFC 5321 §4.1.1.11',
    mail: mailWith({ dsn: ['success', 'failure', 'delay'] }),
    arrange: { forced: plainList() },
    wire: judgeParameters,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
];

function goesOn(
  id: string,
  title: string,
  source: string,
  { rightWay, forced }: { readonly rightWay: string; readonly forced: readonly Forced[] },
): ClientCase {
  return defineCase({
    id,
    title,
    rightWay,
    source,
    arrange: { forced },
    wire: judgeGoesOn,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  });
}

function accepted(id: string, stage: 'RCPT', reply: string): ClientCase {
  return defineCase({
    id,
    title: `${reply}, for the second of two recipients`,
    rightWay: 'accepted, by the first digit: the mail goes to both',
    source: 'RFC 5321 §4.2.1, §4.3.2, §3.4.1',
    recipients: 2,
    arrange: { forced: [{ stage, recipient: 1, carriedOut: true, reply }] },
    wire: judgeGoesOn,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  });
}

/** The gateway refuses nothing: whoever does not send has read something wrong. */
function judgeGoesOn(facts: Facts): Judgement {
  if (isSilent(facts)) return notObserved('It did not connect.');
  const bad = judgeDuplicates(facts) ?? judgeContentWithoutGo(facts);
  if (bad !== undefined) return bad;
  const [message] = messages(facts.sessions);
  if (allDelivered(facts)) return right('Read it, and sent the mail.', message && lineOf(message));
  if (stoppedBeforeTls(facts))
    return notObserved('It does not use STARTTLS, and was offered no login without it.');
  const last = stepsOf(facts.sessions).findLast(({ verb }) => verb !== 'QUIT' && verb !== 'RSET');
  const [begun] = facts.sessions;
  const left = facts.recipients.filter((recipient) => copiesTo(facts.rounds[0], recipient) === 0);
  return {
    grade: 'wrong',
    what: `Nothing was refused, and ${left.length === facts.recipients.length ? 'no mail was sent' : 'one recipient got none'}.`,
    harm: 'Emails are not sent where a server answers in another form than this program has met, though it accepts them.',
    advice: 'Read lines to CRLF and replies to their last line, and decide by the first digit of the code.',
    ...(begun && { evidence: last === undefined ? connectionOf(begun) : lineOf(last) }),
    restsOnAbsence: true,
  };
}

/** A client without STARTTLS meets a list without AUTH, whatever that list is like otherwise. */
function stoppedBeforeTls({ tls, secures, sessions }: Facts): boolean {
  const said = (verb: string) => commands(sessions, verb).length > 0;
  return (
    tls === 'starttls' &&
    secures === false &&
    said('EHLO') &&
    !said('STARTTLS') &&
    !said('AUTH') &&
    !said('MAIL')
  );
}

/** Parameters of MAIL and RCPT that belong to extensions, all of which were not offered. */
const PARAMETERS = / (?:BODY|SIZE|RET|ENVID|NOTIFY|ORCPT)=| SMTPUTF8\b/i;

function judgeParameters(facts: Facts): Judgement {
  if (isSilent(facts)) return notObserved('It did not connect.');
  const said = [...commands(facts.sessions, 'MAIL'), ...commands(facts.sessions, 'RCPT')].find(({ text }) =>
    PARAMETERS.test(text),
  );
  if (said !== undefined) {
    return {
      grade: 'wrong',
      what: `Says${PARAMETERS.exec(said.text)?.[0] ?? ''}, which was not offered.`,
      harm: 'A server that does not know it refuses the command, and no email goes out.',
      advice: 'Use of the extensions only what the last EHLO listed.',
      evidence: lineOf(said),
    };
  }
  const raw = messages(facts.sessions).find(({ text }) => /[\x80-\xff]/.test(text));
  if (raw !== undefined) {
    return {
      grade: 'wrong',
      what: 'Sends octets above 127, although 8BITMIME was not offered.',
      harm: 'Letters arrive broken, or the mail is refused.',
      advice: 'Encode the text as quoted-printable or base64 where 8BITMIME is not offered.',
      evidence: lineOf(raw),
    };
  }
  const [message] = messages(facts.sessions);
  return message === undefined
    ? right('Did not send it.')
    : right('No parameter that was not offered, and the text encoded.', lineOf(message));
}
