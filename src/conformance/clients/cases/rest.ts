import { addressIn, keyOf } from '../address-in.ts';
import { adviceOn } from '../advice.ts';
import { defineCase, type ClientCase } from '../client-case.ts';
import { commands, isOver, type Facts } from '../facts.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import { copiesTo, judgeDuplicates, lineOf, notObserved, right } from '../judge-wire.ts';

/** More recipients than a server takes in one transaction. */
export const restCase: ClientCase = defineCase({
  id: 'rest-after-452',
  title: '452 4.5.3 Too many recipients, for the third of three',
  rightWay: 'the mail to the two now; the third in a later transaction, or told as temporary',
  source: 'RFC 5321 §4.5.3.1.10, §4.2.1',
  recipients: 3,
  arrange: { forced: [{ stage: 'RCPT', recipient: 2, reply: '452 4.5.3 Too many recipients', times: 1 }] },
  wire: judgeRest,
  told: (facts) => judgeTold(facts, { of: (recipient) => (recipient < 2 ? 'either' : 'temporary') }),
});

/** The rest of a long list is no refusal of anybody: another transaction may follow at once. */
function judgeRest(facts: Facts): Judgement {
  const [round] = facts.rounds;
  const first = commands(facts.sessions, 'RCPT').find(
    ({ text }) => addressIn(text) === keyOf(facts.recipients[2] ?? ''),
  );
  if (first === undefined) return notObserved('It never named the third recipient.');
  const bad = judgeDuplicates(facts);
  if (bad !== undefined) return bad;
  const got = facts.recipients.filter((recipient) => copiesTo(round, recipient) > 0);
  if (got.length >= 2) {
    return right(
      got.length === 3
        ? 'Sent to two, and to the third in another transaction.'
        : 'Sent to the two who were accepted.',
      lineOf(first),
    );
  }
  if (!isOver(facts)) return notObserved('The accepted recipients had no mail yet when patience ended.');
  return {
    grade: 'acceptable',
    what: 'Gives up the mail to all three: those who were accepted wait with the one who was not.',
    advice: adviceOn('go on with the accepted', facts),
    evidence: lineOf(first),
    restsOnAbsence: true,
  };
}
