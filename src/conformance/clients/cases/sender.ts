import type { Contract } from '../../../contract/contract.ts';
import { casesOfRefusals } from '../cases-of-refusals.ts';
import { adviceOn } from '../advice.ts';
import { defineCase, type ClientCase } from '../client-case.ts';
import { commands, messages, showSeconds, type Facts, type Step } from '../facts.ts';
import { addressIn } from '../address-in.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import {
  worstOf,
  isConclusive,
  judgeDuplicates,
  judgeLateCommands,
  lineOf,
  notObserved,
  retriesOf,
  right,
  tooSoon,
} from '../judge-wire.ts';

/** What is refused for the sender's sake, or for how fast one sends, as far as the provider does so. */
export function senderCases(contract: Contract): readonly ClientCase[] {
  return casesOfRefusals(contract, {
    rate: rateCase,
    'unverified sender domain': unverifiedCase,
    'unregistered sender domain': unknownCase,
    'no From': missingFromCase,
  });
}

function rateCase(reply: string): ClientCase {
  const seconds = Number(/(\d+) seconds/.exec(reply)?.[1] ?? 10);
  return defineCase({
    id: 'rate-limit',
    title: reply,
    rightWay: `wait ${seconds} seconds at least, then the same mail; this login slower`,
    source: 'the reply itself; RFC 5321 §4.2.1',
    arrange: {
      forced: [{ stage: 'MAIL', reply, times: 1 }],
    },
    wire: (facts) => judgeRate(facts, seconds),
    told: (facts) => judgeTold(facts, { of: () => 'temporary' }),
  });
}

const unverifiedCase = (reply: string) =>
  defineCase({
    id: 'domain-not-verified',
    title: reply,
    rightWay: 'temporary by code, configuration by cause: keep, wait long, tell a person, a new connection',
    source: 'RFC 5321 §4.2.1, §3.8; the page on 421',
    arrange: { domain: 'unverified' },
    wire: judgeUnverified,
    told: (facts) => judgeTold(facts, { of: () => 'temporary' }),
  });

const unknownCase = (reply: string) =>
  defineCase({
    id: 'domain-not-found',
    title: `${reply}, and later the domain is there`,
    rightWay: 'no retry; report the sender’s configuration; a later mail is tried anew',
    source: 'RFC 5321 §4.2.1, §4.5.4.1',
    mails: 2,
    arrange: { forced: [{ stage: 'MAIL', reply, times: 1 }] },
    wire: judgeNotFound,
    told: (facts) => judgeTold(facts, { of: (_, round) => (round === 0 ? 'permanent' : 'untried') }),
  });

const missingFromCase = (reply: string) =>
  defineCase({
    id: 'missing-from',
    title: reply,
    rightWay: 'permanent for all; no unchanged retry',
    source: 'RFC 5321 §4.2.1; RFC 6409 §6',
    recipients: 2,
    arrange: {
      forced: [{ stage: 'end of data', reply }],
    },
    wire: judgeRefusedMessage,
    told: (facts) => judgeTold(facts, { of: () => 'permanent' }),
  });

function judgeRate(facts: Facts, seconds: number): Judgement {
  const tries = commands(facts.sessions, 'MAIL');
  const [first] = tries;
  if (first === undefined) return notObserved('It never came as far as MAIL.');
  const retry = retriesOf(tries.map(lineOf));
  const soon = tooSoon(retry, seconds, facts);
  if (soon !== undefined) {
    return {
      grade: 'wrong',
      what: `Asked to wait ${seconds} seconds, and tries again after ${showSeconds(facts, soon.gap)}.`,
      harm: 'Until that time is over a real gateway refuses each try, and the mail goes out later than it could.',
      advice: adviceOn('wait as the reply says', facts),
      evidence: soon.evidence,
    };
  }
  const bad = judgeDuplicates(facts);
  if (bad !== undefined) return bad;
  const [gap] = retry.gaps;
  if (gap !== undefined)
    return right(`Waited ${showSeconds(facts, gap)}, then sent the mail.`, lineOf(first));
  return isConclusive(facts, seconds)
    ? right(`Did not try again before the ${seconds} seconds were over.`, lineOf(first))
    : notObserved(`Not watched for ${seconds} seconds.`);
}

function judgeUnverified(facts: Facts): Judgement {
  const tries = commands(facts.sessions, 'MAIL').filter((step) => !step.late);
  const [first] = tries;
  if (first === undefined) return notObserved('It never came as far as MAIL.');
  const retry = retriesOf(tries.map(lineOf));
  const soon = tooSoon(retry, 10, facts);
  const bad = worstOf(
    judgeLateCommands(facts),
    soon && {
      grade: 'wrong',
      what: `Tries again after ${showSeconds(facts, soon.gap)}; a domain is not verified in that time.`,
      harm: 'Each try is refused again until the DNS records are there.',
      advice: 'Tell a person that the DNS records are missing, and wait long.',
      evidence: soon.evidence,
    },
  );
  return (
    bad ??
    right(retry.gaps.length === 0 ? 'One try, and no more.' : 'Came again after a long wait.', lineOf(first))
  );
}

function judgeNotFound(facts: Facts): Judgement {
  const [refused, later] = facts.rounds;
  const [first] = commands(refused.sessions, 'MAIL');
  // a notice of the failure may go out too, under the null reverse-path: that is no retry
  const second =
    first &&
    commands(refused.sessions, 'MAIL').find(
      (step) => step !== first && addressIn(step.text) === addressIn(first.text),
    );
  if (first === undefined) return notObserved('It never came as far as MAIL.');
  if (second !== undefined) {
    return {
      grade: 'wrong',
      what: `Tries again after ${showSeconds(facts, second.at - first.at)}, though the refusal is permanent.`,
      harm: 'The same refusal again and again.',
      advice: 'A code that begins with 5 is final: stop, and tell a person.',
      evidence: lineOf(second),
    };
  }
  if (later === undefined) return right('One try, and no more.', lineOf(first));
  if (commands(later.sessions, 'MAIL').length > 0) {
    return right('One try; the next mail was tried anew.', lineOf(first));
  }
  return later.ended === undefined || later.told.kind === 'unsupported'
    ? notObserved('The second mail was not tried while it was watched.')
    : {
        grade: 'wrong',
        restsOnAbsence: true,
        what: 'Did not even try the next mail: it remembers a refusal that no longer holds.',
        harm: 'Emails lost long after the domain was put right.',
        advice: 'A refusal is of one mail: ask again for the next.',
        evidence: lineOf(first),
      };
}

function judgeRefusedMessage(facts: Facts): Judgement {
  const [first] = messages(facts.sessions);
  if (first === undefined) return notObserved('It sent no message.');
  // one message a recipient is another way to send, and no retry
  const again = repeatedRecipient(facts);
  if (again === undefined) return right('One try, and no more.', lineOf(first));
  return {
    grade: 'wrong',
    what: `Sends the same message again after ${showSeconds(facts, again.at - first.at)}, though the refusal is permanent.`,
    harm: 'The same refusal again and again.',
    advice: 'A program error: put the From header right; no retry will.',
    evidence: lineOf(again),
  };
}

/** A recipient who is named a second time. */
function repeatedRecipient(facts: Facts): Step | undefined {
  const named = new Set<string>();
  return commands(facts.sessions, 'RCPT').find(({ text }) => {
    if (named.has(text)) return true;
    named.add(text);
    return false;
  });
}
