import type { Contract } from '../../../contract/contract.ts';
import { replyWithCode } from '../cases-of-refusals.ts';
import { adviceOn } from '../advice.ts';
import { defineCase, type ClientCase } from '../client-case.ts';
import { commands, showSeconds, type Facts, type Step } from '../facts.ts';
import type { Evidence, Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import {
  allDelivered,
  connectionOf,
  worstOf,
  isSilent,
  judgeDuplicates,
  judgeLateCommands,
  judgeParallel,
  lineOf,
  notObserved,
  replyOf,
  retriesOf,
  right,
  tooSoon,
} from '../judge-wire.ts';

/** Temporary trouble of the server, in the words of a provider or of the RFC, and sessions that break. */
export function unavailableCases(contract: Contract): readonly ClientCase[] {
  const unavailable = replyWithCode(contract, 'maintenance', '421 4.3.2 Service not available');
  return [
    defineCase({
      id: 'unavailable-greeting',
      title: `${unavailable}, in place of the greeting`,
      rightWay: 'close; a new connection later, with a growing delay; the mail is kept',
      source: 'RFC 5321 §3.8, §4.2.1, §4.5.4.1',
      arrange: { forced: [{ stage: 'connect', reply: unavailable }] },
      wire: judgeGreeting,
      told: (facts) => judgeTold(facts, { of: () => 'temporary' }),
    }),
    defineCase({
      id: 'unavailable-ehlo',
      title: `${unavailable}, to EHLO`,
      rightWay: 'no HELO after it: close; a new connection later, with a growing delay; the mail is kept',
      source: 'RFC 5321 §3.8, §4.1.1.1 (HELO only where EHLO is not known), §4.5.4.1',
      arrange: { forced: [{ stage: 'EHLO', reply: unavailable }] },
      wire: judgeEhlo,
      told: (facts) => judgeTold(facts, { of: () => 'temporary' }),
    }),
    defineCase({
      id: 'unavailable-session',
      title: `${unavailable}, in mid-session`,
      rightWay: 'no final 250, so as if 451: again on a new connection, or later',
      source: 'RFC 5321 §3.8, §4.1.1.10',
      arrange: { forced: [{ stage: 'RCPT', reply: unavailable, times: 1 }] },
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
}

function judgeGreeting(facts: Facts): Judgement {
  return isSilent(facts)
    ? notObserved('It did not connect.')
    : judgeTurnedAway(facts, facts.sessions.map(connectionOf));
}

/** HELO is for servers that do not know EHLO; after 421 nobody is there to hear it. */
function judgeEhlo(facts: Facts): Judgement {
  const ehlo = commands(facts.sessions, 'EHLO')[0];
  if (ehlo === undefined) return notObserved('It never said EHLO.');
  const helo = commands(facts.sessions, 'HELO').find(({ late }) => late);
  if (helo === undefined) return judgeTurnedAway(facts, firstOfEach(facts, 'EHLO').map(lineOf));
  return {
    grade: 'wrong',
    what: 'Takes 421 for a server that does not know EHLO, and says HELO to a session that is closed.',
    harm: isReasonKept(facts)
      ? 'What it writes there is lost.'
      : 'The reason is lost: the caller hears of a broken connection, and not that the server is unavailable.',
    advice:
      'Say HELO only after 500, 502 or the like; 421 closes the session, whatever it answers (RFC 5321 §3.8).',
    evidence: { ...lineOf(helo), ...replyOf(ehlo.session, ehlo.reply) },
  };
}

/** Whether the code of the refusal is in what the client printed. */
function isReasonKept({ rounds }: Facts): boolean {
  return rounds.some(({ told }) => 'output' in told && /\b421\b/.test(told.output));
}

/** A client that is turned away before it could log in, and how it comes again. */
function judgeTurnedAway(facts: Facts, tries: readonly Evidence[]): Judgement {
  const [first] = facts.sessions;
  const retry = retriesOf(tries);
  const soon = tooSoon(retry, 1, facts);
  const grows = retry.gaps.length < 2 || (retry.gaps.at(-1) ?? 0) > (retry.gaps[0] ?? 0) * 1.2;
  return (
    worstOf(
      judgeLateCommands(facts),
      first && judgeParallel(facts, first.began),
      soon && {
        grade: 'wrong',
        what: `Connects again after ${showSeconds(facts, soon.gap)}.`,
        harm: 'A loop of connections keeps an overloaded server down, and may get the address blocked.',
        advice: 'Wait before the next connection, and longer each time.',
        evidence: soon.evidence,
      },
    ) ?? judgeGrowth(facts, retry.gaps, grows, tries[0])
  );
}

/** The first command of a verb in each session. */
function firstOfEach({ sessions }: Facts, verb: string): readonly Step[] {
  return sessions.flatMap((session) => commands([session], verb)[0] ?? []);
}

function judgeGrowth(
  facts: Facts,
  gaps: readonly number[],
  grows: boolean,
  evidence: Evidence | undefined,
): Judgement {
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
    restsOnAbsence: true,
    what: `Gives up after ${showSeconds(facts, ended - mail.at)}.`,
    harm: 'A busy server looks like a dead one: the email is late or lost.',
    advice: adviceOn('wait for the reply', facts),
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
    restsOnAbsence: true,
    what: `Gives up after ${showSeconds(facts, waited)}, though five minutes are due.`,
    harm: 'A busy server looks like a dead one: the email is late or lost.',
    advice: adviceOn('wait for the reply', facts),
    evidence: lineOf(mail),
  };
}
