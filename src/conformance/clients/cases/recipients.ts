import { replyFor, type Contract } from '../../../contract/contract.ts';
import { casesOfRefusals } from '../cases-of-refusals.ts';
import { adviceOn } from '../advice.ts';
import { defineCase, type ClientCase } from '../client-case.ts';
import { commands, isOver, messages, showSeconds, type Facts, type Step } from '../facts.ts';
import { addressIn, keyOf } from '../address-in.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold, type Fate, type Fates } from '../judge-told.ts';
import { restCase } from './rest.ts';
import {
  copiesTo,
  worstOf,
  judgeContentWithoutGo,
  judgeDuplicates,
  lineOf,
  notObserved,
  right,
} from '../judge-wire.ts';

/** Recipients who are refused, all or some. In these the second is refused, the first never. */
export function recipientCases(contract: Contract): readonly ClientCase[] {
  return [
    ...casesOfRefusals(contract, {
      'no send left': balanceCase,
      'suppressed recipient': unsubscribedCase,
      'full mailbox': mailboxCase,
    }),
    restCase,
    allRefusedCase(replyFor(contract, 'suppressed recipient') !== undefined),
    ...readingCases,
  ];
}

const balanceCase = (reply: string) =>
  defineCase({
    id: 'balance-450',
    title: `${reply}, for the second of two recipients`,
    rightWay: 'go on for the accepted one, keep only the refused one, wait long, tell a person',
    source: 'RFC 5321 §4.2.1, §4.5.3.1.10; the page on 450: top up',
    recipients: 2,
    arrange: { forced: [{ stage: 'RCPT', recipient: 1, reply, times: 1 }] },
    wire: (facts) => judgeSecondRefused(facts, false, againAfterTemporary),
    told: (facts) => judgeTold(facts, ofSecond('temporary')),
  });

const unsubscribedCase = (reply: string) =>
  defineCase({
    id: 'unsubscribed-550',
    title: `${reply}, for the second of two recipients`,
    rightWay: 'drop this recipient, go on for the other, remember it',
    source: 'RFC 5321 §4.2.1; the page on 550',
    recipients: 2,
    arrange: { unsubscribed: [1] },
    wire: (facts) => judgeSecondRefused(facts, true, againAfterUnsubscribed),
    told: (facts) => judgeTold(facts, ofSecond('permanent')),
  });

const mailboxCase = (reply: string) =>
  defineCase({
    id: 'mailbox-553',
    title: `${reply}, and a later mail to the same recipient`,
    rightWay: 'drop this recipient for this mail; a new mail hours later may be tried',
    source: 'RFC 5321 §4.2.1; the page on 553: try later',
    recipients: 2,
    mails: 2,
    arrange: {
      forced: [{ stage: 'RCPT', recipient: 1, reply, times: 1 }],
    },
    wire: judgeMailboxLimit,
    told: (facts) => judgeTold({ ...facts, rounds: [facts.rounds[0]] }, ofSecond('permanent')),
  });

const allRefusedCase = (hasSuppressions: boolean) =>
  defineCase({
    id: 'all-refused',
    title: 'All recipients are refused',
    rightWay: 'no DATA; RSET or QUIT',
    source: 'RFC 5321 §3.3',
    recipients: 2,
    arrange: hasSuppressions
      ? { unsubscribed: [0, 1] }
      : { forced: [{ stage: 'RCPT', reply: '550 5.1.1 No such user here' }] },
    wire: judgeAllRefused,
    told: (facts) => judgeTold(facts, { of: () => 'permanent' }),
  });

const readingCases: readonly ClientCase[] = [
  defineCase({
    id: 'data-refused',
    title: 'DATA is answered with 451 in place of 354',
    rightWay: 'send no byte of the message; the mail kept',
    source: 'RFC 5321 §3.3, §4.2.1',
    arrange: { forced: [{ stage: 'DATA', reply: '451 4.3.0 Local trouble' }] },
    wire: (facts) => {
      const [data] = commands(facts.sessions, 'DATA');
      const isAsked = data && right('Sent nothing of the message.', lineOf(data));
      return judgeContentWithoutGo(facts) ?? isAsked ?? notObserved('It never came as far as DATA.');
    },
    told: (facts) => judgeTold(facts, { of: () => 'temporary' }),
  }),
  defineCase({
    id: 'text-against-code',
    title: 'A temporary refusal whose text sounds permanent',
    rightWay: 'decide by the three digits alone: temporary',
    source: 'RFC 5321 §4.2.1, RFC 3463 §2',
    recipients: 2,
    arrange: {
      forced: [
        { stage: 'RCPT', recipient: 1, reply: '450 User unknown, 550 5.1.1 no such mailbox', times: 1 },
      ],
    },
    wire: (facts) => judgeReading(facts, againAsTold),
    told: (facts) => judgeTold(facts, ofSecond('temporary')),
  }),
  defineCase({
    id: 'multi-line',
    title: 'A permanent refusal in three lines, without an enhanced code',
    rightWay: 'read to the last line; decide by the three digits alone: permanent',
    source: 'RFC 5321 §4.2.1, RFC 3463 §2',
    recipients: 2,
    arrange: {
      forced: [
        {
          stage: 'RCPT',
          recipient: 1,
          reply: '550-This mailbox is closed\n550-250 letters were returned\n550 Try again later, 450 4.2.1',
          times: 1,
        },
      ],
    },
    wire: (facts) => judgeReading(facts, againAgainstCode),
    told: (facts) => judgeTold(facts, ofSecond('permanent')),
  }),
];

/** The first recipient was never refused: of that one only a claim to have the mail can be wrong. */
function ofSecond(fate: Fate): Fates {
  return { of: (recipient) => (recipient === 0 ? 'either' : fate) };
}

/** What a case says of a client that asks again for the refused recipient, after so many milliseconds. */
type JudgeAgain = (facts: Facts, again: Step, gap: number) => Judgement;

function judgeSecondRefused(facts: Facts, isForGood: boolean, judgeAgain: JudgeAgain): Judgement {
  const [round] = facts.rounds;
  const [accepted, refused] = facts.recipients;
  const tries = stepsTo(facts, refused);
  const [first, second] = tries;
  if (first === undefined) return notObserved('It never named the second recipient.');
  const bad = judgeDuplicates(facts);
  if (bad !== undefined) return bad;
  if (second !== undefined) return judgeAgain(facts, second, second.at - first.at);
  if (copiesTo(round, accepted) > 0) {
    return right('Sent to the one who was accepted, and asked once for the other.', lineOf(first));
  }
  if (!isOver(facts)) return notObserved('The accepted recipient had no mail yet when patience ended.');
  const advice = adviceOn('go on with the accepted', facts);
  const common = { advice, evidence: lineOf(first), restsOnAbsence: true };
  return isForGood
    ? {
        ...common,
        grade: 'wrong',
        what: GIVES_UP,
        harm: 'Who was accepted gets no email, and where the caller tries the same again gets none either.',
      }
    : {
        ...common,
        // all may be tried again later: nothing is lost or doubled, if the caller is told (which is the other axis)
        grade: 'acceptable',
        what: `${GIVES_UP.slice(0, -1)}: who was accepted waits with the one who was not.`,
      };
}

const GIVES_UP = 'One refused recipient, and it gives up the mail to all.';

/** The question is whether the reply was read; when and how one sends after a refusal has cases of its own. */
function judgeReading(facts: Facts, judgeAgain: JudgeAgain): Judgement {
  const judgement = judgeSecondRefused(facts, true, judgeAgain);
  if (judgement.what !== GIVES_UP) return judgement;
  const { harm: _, ...rest } = judgement;
  return {
    ...rest,
    grade: 'acceptable',
    what: 'Read it as a refusal, and gives up the mail to all (unsubscribed-550 grades that).',
  };
}

function againAfterTemporary(facts: Facts, again: Step, gap: number): Judgement {
  const after = showSeconds(facts, gap);
  return gap < 60 * facts.second
    ? {
        grade: 'wrong',
        what: `Asks again for the refused recipient after ${after}.`,
        harm: 'What is lacking does not come by itself in seconds: refused again, and a person not told.',
        advice: 'Keep the refused recipient, wait many minutes, tell a person.',
        evidence: lineOf(again),
      }
    : right(`Asked again for the refused recipient after ${after}.`, lineOf(again));
}

function againAfterUnsubscribed(facts: Facts, again: Step, gap: number): Judgement {
  return {
    grade: 'wrong',
    what: `Asks again for the refused recipient after ${showSeconds(facts, gap)}, though the refusal is permanent.`,
    harm: 'Who mails people that have gone is taken for a spammer: the connection may be blocked.',
    advice: 'A code that begins with 5 is final: take the address off the list.',
    evidence: lineOf(again),
  };
}

function againAfterFullMailbox(facts: Facts, again: Step, gap: number): Judgement {
  return {
    grade: 'wrong',
    what: `Asks again for the refused recipient after ${showSeconds(facts, gap)}, with the same mail, though the refusal is permanent.`,
    harm: 'A full mailbox is not emptied in that time: refused again, and a person not told.',
    advice: 'A code that begins with 5 is final for this mail; a later one may be tried hours after.',
    evidence: lineOf(again),
  };
}

/** Whoever tries again has read the refusal as temporary, which it is. */
function againAsTold(facts: Facts, again: Step, gap: number): Judgement {
  return right(
    `Read it as temporary, and asked again after ${showSeconds(facts, gap)} (balance-450 grades how soon).`,
    lineOf(again),
  );
}

function againAgainstCode(facts: Facts, again: Step, gap: number): Judgement {
  return {
    grade: 'wrong',
    what: `Took it for temporary, and asks again after ${showSeconds(facts, gap)}: the text was read, not the code.`,
    harm: 'What is refused for good is tried again as long as its text sounds friendly.',
    advice: 'Decide by the first digit of the last line alone.',
    evidence: lineOf(again),
  };
}

function judgeMailboxLimit(facts: Facts): Judgement {
  const [refused, later] = facts.rounds;
  const ofFirst = { ...facts, rounds: [refused] as const, sessions: refused.sessions };
  const judgement = judgeSecondRefused(ofFirst, true, againAfterFullMailbox);
  if (judgement.grade !== 'right') return judgement;
  if (later?.ended === undefined || later.told.kind === 'unsupported') return judgement;
  const again = stepsTo({ ...facts, sessions: later.sessions }, facts.recipients[1]);
  return again.length > 0
    ? judgement
    : {
        grade: 'acceptable',
        restsOnAbsence: true,
        what: 'Never tries this recipient again: a full mailbox is taken for one that is gone.',
        harm: 'Emails lost once the mailbox has room again.',
        advice: 'Suppress for hours or days, not for ever.',
        ...(judgement.evidence && { evidence: judgement.evidence }),
      };
}

function judgeAllRefused(facts: Facts): Judgement {
  const rcpt = commands(facts.sessions, 'RCPT')[0];
  if (rcpt === undefined) return notObserved('It never came as far as RCPT.');
  const content = worstOf(judgeContentWithoutGo(facts), messages(facts.sessions)[0] && contentAnyway(facts));
  if (content !== undefined) return content;
  const data = commands(facts.sessions, 'DATA')[0];
  if (data === undefined) return right('No DATA.', lineOf(rcpt));
  const session = facts.sessions.find(({ number }) => number === data.session);
  return session?.pipelining === true
    ? {
        grade: 'acceptable',
        what: 'Sends DATA in one packet with the recipients, or after them; nothing followed.',
        advice: 'Where commands are not pipelined, no DATA without a recipient.',
        evidence: lineOf(data),
      }
    : {
        grade: 'wrong',
        what: 'Asks for DATA although nobody was accepted.',
        harm: 'None but a refused command; some servers take it as an attack.',
        advice: 'No DATA without a recipient: RSET or QUIT.',
        evidence: lineOf(data),
      };
}

function contentAnyway(facts: Facts): Judgement {
  const [first] = messages(facts.sessions);
  return {
    grade: 'wrong',
    what: 'Sends the message although nobody was accepted.',
    harm: 'Nobody gets it.',
    advice: 'No DATA without a recipient: RSET or QUIT.',
    ...(first && { evidence: lineOf(first) }),
  };
}

function stepsTo(facts: Pick<Facts, 'sessions'>, recipient: string | undefined): readonly Step[] {
  return commands(facts.sessions, 'RCPT').filter(({ text }) => addressIn(text) === keyOf(recipient ?? ''));
}
