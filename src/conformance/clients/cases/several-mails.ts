import { adviceOn } from '../advice.ts';
import { defineCase, mailWith, type ClientCase } from '../client-case.ts';
import { commands, messages, stepsOf, type Facts, type Step } from '../facts.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import { copiesTo, judgeDuplicates, lineOf, notObserved, right } from '../judge-wire.ts';

/** Two mails in one call, and trouble between them. */
export const severalMailsCases: readonly ClientCase[] = [
  defineCase({
    id: 'second-after-refused',
    title: 'Two mails in one call; of the first, one of two recipients is refused',
    rightWay: 'RSET or a new connection, and the second mail goes out',
    source: 'RFC 5321 §4.1.1.5, §4.1.4, §3.3',
    recipients: 2,
    mail: mailWith({ count: 2 }),
    arrange: { forced: [{ stage: 'RCPT', recipient: 1, reply: '550 5.1.1 No such user here', times: 1 }] },
    wire: judgeSecondMail,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
  defineCase({
    id: 'idle-421',
    title: 'Two mails in one call; behind the 250 of the first the server says 421 and closes',
    rightWay: 'the second mail goes out once, over a new connection',
    source: 'RFC 5321 §3.8, §4.2.1',
    mail: mailWith({ count: 2 }),
    arrange: { forced: [{ stage: 'end of data', drop: 'after a goodbye', times: 1 }] },
    wire: judgeIdle,
    told: (facts) => judgeTold(facts, { of: () => 'temporary' }),
  }),
];

function judgeSecondMail(facts: Facts): Judgement {
  const refused = stepsOf(facts.sessions).find(
    ({ verb, reply }) => verb === 'RCPT' && (reply?.code ?? 0) >= 500,
  );
  if (refused === undefined) return notObserved('It never named the recipient who is refused.');
  const again = judgeDuplicates(facts);
  if (again !== undefined) return again;
  const later = laterMail(facts, refused);
  if (later === undefined) return notObserved('It stopped after the first mail.');
  // who was refused for good may be left out of the second, and one mail may go out in a transaction for each recipient
  if (facts.rounds[0].copies.some(({ step }) => step.at > later.at)) {
    return right('The second mail went out.', lineOf(later));
  }
  return {
    grade: 'wrong',
    what:
      later.reply?.code === 503
        ? 'Begins the second mail inside the transaction of the first, which was never ended: 503.'
        : 'The second mail did not go out, though nothing of it was refused.',
    harm: 'One refused recipient stops every mail behind it on the same connection.',
    advice: adviceOn('RSET after a refusal', facts),
    evidence: lineOf(later),
    restsOnAbsence: true,
  };
}

/** The MAIL of the second mail: behind the refusal, and not the one of the transaction in which that was. */
function laterMail(facts: Facts, refused: Step): Step | undefined {
  return commands(facts.sessions, 'MAIL').find(
    (step) => step.at > refused.at || (step.at === refused.at && step.session > refused.session),
  );
}

function judgeIdle(facts: Facts): Judgement {
  const [first] = messages(facts.sessions);
  if (first === undefined) return notObserved('It sent no message.');
  const again = judgeDuplicates(facts);
  if (again !== undefined) return again;
  if (copiesTo(facts.rounds[0], facts.recipients[0]) >= facts.mail.count) {
    return right('The second mail went out over a new connection.', lineOf(first));
  }
  const session = facts.sessions.find(({ number }) => number === first.session);
  const late =
    session?.steps.filter((step) => step.late && step.verb !== 'QUIT' && step.verb !== 'RSET') ?? [];
  const [begun, next] = late;
  if (begun !== undefined && next !== undefined && session?.pipelining === false) {
    return {
      grade: 'wrong',
      what: 'Writes the second mail to a session that has said goodbye.',
      harm: 'What it writes there is lost, and each mail behind it too.',
      advice: adviceOn('a new connection after 421', facts),
      evidence: lineOf(next),
    };
  }
  if (facts.takes === undefined && begun === undefined && facts.sessions.length === 1) {
    return notObserved('It did not try a second mail.');
  }
  return {
    grade: 'acceptable',
    what: 'Gives the second mail up because the connection was gone.',
    advice: adviceOn('a new connection after 421', facts),
    evidence: lineOf(begun ?? first),
    restsOnAbsence: true,
  };
}
