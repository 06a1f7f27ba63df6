import { adviceOn } from '../advice.ts';
import { defineCase, type ClientCase } from '../client-case.ts';
import { messages, showSeconds, type Facts } from '../facts.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import {
  AFTER_THE_DOT,
  chargedHarm,
  copiesTo,
  isConclusive,
  lineOf,
  notObserved,
  right,
  times,
} from '../judge-wire.ts';

/** Seconds of silence after the final dot: so much of the time that is watched that whoever waits is seen to get the reply. */
function silenceAfterDot(patience: number): number {
  return Math.min(600, patience * 0.6);
}

/** The reply to the final dot is lost or late: the gateway has the mail, and the client does not know. */
export const afterDotCases: readonly ClientCase[] = [
  defineCase({
    id: 'cut-after-dot',
    title: 'The connection is cut after the final dot, before the 250',
    rightWay: 'nobody knows: no instant resend, the same Message-ID if ever, "unknown" to the caller',
    source: 'RFC 5321 §4.5.3.2.6, §6.1',
    arrange: { forced: [{ stage: 'end of data', drop: 'before reply', times: 1 }] },
    wire: judgeCutAfterDot,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
  defineCase({
    id: 'silent-after-dot',
    title: 'A server that is long silent after the final dot, and has taken the mail',
    rightWay: 'wait: ten minutes are due; after that "unknown" to the caller, and nothing sent again',
    source: 'RFC 5321 §4.5.3.2.6, §6.1',
    arrange: { forced: [{ stage: 'end of data', delay: silenceAfterDot }] },
    wire: judgeSilenceAfterDot,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
];

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
  if (two === undefined) return right('What it sent again was not taken.', lineOf(again));
  if (gap >= 10 * facts.second && sameId && facts.rounds[0].copies.length === 2) {
    return {
      grade: 'acceptable',
      what: `Sent it again after ${showSeconds(facts, gap)} under the same Message-ID; the gateway had taken the first.`,
      harm: `${chargedHarm(facts)} A mailbox may know the Message-ID.`,
      evidence: lineOf(again),
    };
  }
  return {
    grade: 'dangerous',
    what: `Sends the mail again after ${showSeconds(facts, gap)}${sameId ? '' : ', under another Message-ID'}; the gateway had taken the first.`,
    harm: chargedHarm(facts),
    advice: AFTER_THE_DOT,
    evidence: lineOf(again),
  };
}

/** By what was taken and charged: whoever loses patience and sends again sends twice. */
function judgeSilenceAfterDot(facts: Facts): Judgement {
  const [round] = facts.rounds;
  const [first] = messages(round.sessions);
  if (first === undefined) return notObserved('It sent no message.');
  const session = round.sessions.find(({ number }) => number === first.session);
  const [copy, again] = round.copies;
  if (copy !== undefined && again !== undefined) {
    const count = copiesTo(round, copy.recipient);
    return {
      grade: 'dangerous',
      what: `Lost patience and sent the mail again after ${showSeconds(facts, again.step.at - first.at)}: ${copy.recipient} got it ${times(count)}.`,
      harm: chargedHarm(facts),
      advice: `${AFTER_THE_DOT} ${adviceOn('wait for the reply', facts)}`,
      evidence: lineOf(again.step),
    };
  }
  if (first.reply !== undefined) {
    return right(`Waited ${showSeconds(facts, first.reply.at - first.at)} for the reply.`, lineOf(first));
  }
  if (session?.ended === undefined) {
    return notObserved(`Still waiting after ${showSeconds(facts, facts.patience)}; ten minutes are due.`);
  }
  const waited = session.ended - first.at;
  if (waited >= 599 * facts.second)
    return right(`Gave up after ${showSeconds(facts, waited)}.`, lineOf(first));
  return {
    grade: waited < 60 * facts.second ? 'wrong' : 'acceptable',
    restsOnAbsence: true,
    what: `Gives up after ${showSeconds(facts, waited)}, though ten minutes are due.`,
    harm: 'The gateway had taken the mail and charged it: whoever sends it again sends it twice.',
    advice: `${AFTER_THE_DOT} ${adviceOn('wait for the reply', facts)}`,
    evidence: lineOf(first),
  };
}
