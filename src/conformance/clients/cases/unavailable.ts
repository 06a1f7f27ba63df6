import { defineCase, type ClientCase } from '../client-case.ts';
import { commands, messages, showSeconds, type Facts } from '../facts.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import {
  allDelivered,
  connectionOf,
  worstOf,
  isConclusive,
  isSilent,
  judgeDuplicates,
  judgeLateCommands,
  judgeParallel,
  lineOf,
  notObserved,
  retriesOf,
  right,
  tooSoon,
} from '../judge-wire.ts';

const UNAVAILABLE = '421 4.4.5 Server is temporarily unavailable';

/** Temporary trouble of the server, and sessions that break. */
export const unavailableCases: readonly ClientCase[] = [
  defineCase({
    id: 'unavailable-greeting',
    title: `${UNAVAILABLE}, in place of the greeting`,
    rightWay: 'close; a new connection later, with a growing delay; the mail is kept',
    source: 'RFC 5321 §3.8, §4.2.1, §4.5.4.1',
    arrange: { forced: [{ stage: 'connect', reply: UNAVAILABLE }] },
    wire: judgeGreeting,
    told: (facts) => judgeTold(facts, { of: () => 'temporary' }),
  }),
  defineCase({
    id: 'unavailable-session',
    title: `${UNAVAILABLE}, in mid-session`,
    rightWay: 'no final 250, so as if 451: again on a new connection, or later',
    source: 'RFC 5321 §3.8, §4.1.1.10',
    arrange: { forced: [{ stage: 'RCPT', reply: UNAVAILABLE, times: 1 }] },
    wire: (facts) =>
      judgeResend(
        facts,
        facts.sessions.find(({ steps }) => steps.some(({ reply }) => reply?.code === 421))?.ended,
      ),
    told: (facts) => judgeTold(facts, { of: () => 'temporary' }),
  }),
  defineCase({
    id: 'cut-session',
    title: 'The connection is cut in mid-session',
    rightWay: 'no final 250, so as if 451: again on a new connection, or later',
    source: 'RFC 5321 §3.8, §4.1.1.10',
    arrange: { forced: [{ stage: 'RCPT', drop: 'before reply', times: 1 }] },
    wire: (facts) => judgeResend(facts, facts.sessions[0]?.ended),
    told: (facts) => judgeTold(facts, { of: () => 'temporary' }),
  }),
  defineCase({
    id: 'cut-after-dot',
    title: 'The connection is cut after the final dot, before the 250',
    rightWay: 'nobody knows: no instant resend, the same Message-ID if ever, "unknown" to the caller',
    source: 'RFC 5321 §4.5.3.2.6, §6.1',
    arrange: { forced: [{ stage: 'end of data', drop: 'before reply', times: 1 }] },
    wire: judgeCutAfterDot,
    told: (facts) => judgeTold(facts, { of: () => 'unknown' }),
  }),
  defineCase({
    id: 'slow',
    title: 'A server that takes eight seconds to answer MAIL',
    rightWay: 'wait: five minutes are due',
    source: 'RFC 5321 §4.5.3.2.2',
    arrange: { forced: [{ stage: 'MAIL', delay: 8, times: 1 }] },
    wire: judgeSlow,
    told: (facts) => judgeTold(facts, { of: () => 'temporary' }),
  }),
  defineCase({
    id: 'silent',
    title: 'A server that never answers MAIL',
    rightWay: 'wait five minutes, then end, the mail kept',
    source: 'RFC 5321 §4.5.3.2, §4.5.3.2.2',
    patience: 330,
    arrange: { forced: [{ stage: 'MAIL', delay: 600 }] },
    wire: judgeSilent,
    told: (facts) => judgeTold(facts, { of: () => 'temporary' }),
  }),
];

function judgeGreeting(facts: Facts): Judgement {
  const [first] = facts.sessions;
  if (first === undefined) return notObserved('It did not connect.');
  const retry = retriesOf(facts.sessions.map(connectionOf));
  const soon = tooSoon(retry, 1, facts);
  const grows = retry.gaps.length < 2 || (retry.gaps.at(-1) ?? 0) > (retry.gaps[0] ?? 0) * 1.2;
  return (
    worstOf(
      judgeLateCommands(facts),
      judgeParallel(facts, first.began),
      soon && {
        grade: 'wrong',
        what: `Connects again after ${showSeconds(facts, soon.gap)}.`,
        harm: 'A loop of connections keeps an overloaded server down, and may get the address blocked.',
        advice: 'Wait before the next connection, and longer each time.',
        evidence: soon.evidence,
      },
    ) ?? judgeGrowth(facts, retry.gaps, grows)
  );
}

function judgeGrowth(facts: Facts, gaps: readonly number[], grows: boolean): Judgement {
  const [first] = facts.sessions;
  const evidence = first && connectionOf(first);
  if (gaps.length === 0) return right('Closed, and did not come again while it was watched.', evidence);
  const shown = gaps.map((gap) => showSeconds(facts, gap)).join(', ');
  return grows
    ? right(`Came again after ${shown}.`, evidence)
    : {
        grade: 'acceptable',
        what: `Came again after ${shown}: the delay does not grow.`,
        advice: 'Double the delay each time.',
        ...(evidence && { evidence }),
      };
}

/** After a session that broke: on a new connection, and not in a storm of them. */
function judgeResend(facts: Facts, broke: number | undefined): Judgement {
  if (isSilent(facts)) return notObserved('It did not connect.');
  if (broke === undefined) return notObserved('It never came as far as RCPT.');
  const bad = worstOf(judgeDuplicates(facts), judgeLateCommands(facts), judgeParallel(facts, broke - 1));
  if (bad !== undefined) return bad;
  const next = facts.sessions.find(({ began }) => began >= broke - 1);
  if (next === undefined) return right('Ended; the mail is its caller’s again.');
  return allDelivered(facts)
    ? right(
        `Sent the mail on a new connection after ${showSeconds(facts, next.began - broke)}.`,
        connectionOf(next),
      )
    : right('Opened a new connection.', connectionOf(next));
}

function judgeCutAfterDot(facts: Facts): Judgement {
  const [first, again] = messages(facts.sessions);
  if (first === undefined) return notObserved('It sent no message.');
  if (again === undefined) {
    return isConclusive(facts, 10)
      ? right('Did not send it again by itself.', lineOf(first))
      : notObserved('Not watched long enough to say that it does not send again.');
  }
  const gap = again.at - first.at;
  const [one, two] = facts.rounds[0].copies;
  const sameId = one?.messageId !== undefined && one.messageId === two?.messageId;
  if (gap >= 10 * facts.second && sameId) {
    return {
      grade: 'acceptable',
      what: `Sent it again after ${showSeconds(facts, gap)} under the same Message-ID; the gateway had taken the first.`,
      harm: 'Sent twice and charged twice; a mailbox may know the Message-ID.',
      evidence: lineOf(again),
    };
  }
  return {
    grade: 'dangerous',
    what: `Sends the mail again after ${showSeconds(facts, gap)}${sameId ? '' : ', under another Message-ID'}; the gateway had taken the first.`,
    harm: 'Sent twice, and charged twice.',
    advice:
      'After the final dot wait up to ten minutes for the reply; after a cut tell the caller that it is not known.',
    evidence: lineOf(again),
  };
}

function judgeSlow(facts: Facts): Judgement {
  const mail = commands(facts.sessions, 'MAIL')[0];
  if (mail === undefined) return notObserved('It never came as far as MAIL.');
  if (allDelivered(facts) && facts.sessions.length === 1)
    return right('Waited, and sent the mail.', lineOf(mail));
  const ended = facts.sessions.find(({ number }) => number === mail.session)?.ended;
  if (ended === undefined || (mail.reply !== undefined && ended > mail.reply.at)) {
    return allDelivered(facts)
      ? right('Waited, and sent the mail.', lineOf(mail))
      : notObserved('It did not send.');
  }
  return {
    grade: 'wrong',
    what: `Gives up after ${showSeconds(facts, ended - mail.at)}.`,
    harm: 'A busy server looks like a dead one: the email is late or lost.',
    advice:
      'Wait five minutes for a reply (nodemailer socketTimeout, smtplib timeout=300, curl without --max-time).',
    evidence: lineOf(mail),
  };
}

function judgeSilent(facts: Facts): Judgement {
  const mail = commands(facts.sessions, 'MAIL')[0];
  if (mail === undefined) return notObserved('It never came as far as MAIL.');
  const session = facts.sessions.find(({ number }) => number === mail.session);
  // the gateway notices a close at once, though it answers nothing
  const left = session?.ended;
  if (left === undefined) {
    return facts.patience >= 620 * facts.second
      ? {
          grade: 'wrong',
          what: 'Waits for ever.',
          harm: 'One silent server stops everything behind it.',
          advice: 'Give up after five minutes, and keep the mail.',
          evidence: lineOf(mail),
        }
      : notObserved(`Still waiting after ${showSeconds(facts, facts.patience)}; five minutes are due.`);
  }
  const waited = left - mail.at;
  if (waited >= 299 * facts.second)
    return right(`Gave up after ${showSeconds(facts, waited)}.`, lineOf(mail));
  return {
    grade: waited < 60 * facts.second ? 'wrong' : 'acceptable',
    what: `Gives up after ${showSeconds(facts, waited)}, though five minutes are due.`,
    harm: 'A busy server looks like a dead one: the email is late or lost.',
    advice: 'Wait five minutes for a reply (nodemailer socketTimeout, smtplib timeout=300).',
    evidence: lineOf(mail),
  };
}
