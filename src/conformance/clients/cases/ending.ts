import { defineCase, type ClientCase } from '../client-case.ts';
import { commands, messages, showSeconds, type Facts } from '../facts.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import { isConclusive, judgeDuplicates, lineOf, notObserved, right } from '../judge-wire.ts';

/** The mail is accepted, and the session ends in another way than it should. */
export const endingCases: readonly ClientCase[] = [
  defineCase({
    id: 'cut-at-quit',
    title: 'The mail is accepted; at QUIT the connection is cut, without 221 and without close_notify',
    rightWay: 'the mail is sent: told as accepted, nothing sent again',
    source: 'RFC 5321 §6.1, §4.1.1.10; RFC 8446 §6.1',
    // a client may say QUIT together with the dot: the 250 has arrived before the cut
    arrange: { forced: [{ stage: 'QUIT', drop: 'before reply', delay: 0.3 }] },
    wire: (facts) => judgeEnding(facts, 'QUIT'),
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
  defineCase({
    id: 'unavailable-quit',
    title: 'The mail is accepted; QUIT is answered 421',
    rightWay: 'the mail is sent: told as accepted, nothing sent again',
    source: 'RFC 5321 §6.1, §3.8',
    arrange: { forced: [{ stage: 'QUIT', reply: '421 4.4.2 Connection timed out' }] },
    wire: (facts) => judgeEnding(facts, 'QUIT'),
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
  defineCase({
    id: 'half-closed',
    title: 'The mail is accepted, and the server closes its side of the connection behind the 250',
    rightWay: 'close too, and end; the mail is sent',
    source: 'RFC 5321 §3.8, §6.1; RFC 9293 §3.6',
    arrange: { forced: [{ stage: 'end of data', drop: 'half after reply' }] },
    wire: (facts) => judgeEnding(facts, 'message'),
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
];

/** What was accepted is over, whatever becomes of the connection; `at` is where that ends. */
function judgeEnding(facts: Facts, at: 'QUIT' | 'message'): Judgement {
  const last = at === 'QUIT' ? commands(facts.sessions, 'QUIT').at(-1) : messages(facts.sessions).at(-1);
  const [first] = messages(facts.sessions);
  if (first === undefined) return notObserved('It sent no message.');
  const again = judgeDuplicates(facts);
  if (again !== undefined) return again;
  if (last === undefined) return notObserved('It never said QUIT.');
  const isHanging = facts.rounds.some(({ told }) => told.kind === 'running');
  const session = facts.sessions.find(({ number }) => number === last.session);
  if (isHanging && (at === 'message' || session?.ended !== undefined)) {
    return {
      grade: 'wrong',
      what: `Is still there ${showSeconds(facts, facts.patience)} after it was told to send, though the server has closed the connection.`,
      harm: 'The program hangs, and what comes behind it waits; whoever ends it does not know that the mail was sent.',
      advice: 'The end of the connection is the end of the session: close, and return what was accepted.',
      evidence: lineOf(last),
      restsOnAbsence: true,
    };
  }
  return isConclusive(facts, 10)
    ? right('Ended, and sent nothing again.', lineOf(last))
    : notObserved('Not watched long enough to say that it does not send again.');
}
