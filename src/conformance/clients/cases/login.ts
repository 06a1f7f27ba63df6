import type { Contract } from '../../../contract/contract.ts';
import { replyWithCode } from '../cases-of-refusals.ts';
import { adviceOn } from '../advice.ts';
import { defineCase, type ClientCase } from '../client-case.ts';
import { commands, showSeconds, type Facts } from '../facts.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import { worstOf, isConclusive, lineOf, notObserved, right } from '../judge-wire.ts';

/** Logins that fail, in the words of a provider, or in those of the RFC. */
export const loginCases = (contract: Contract): readonly ClientCase[] => [
  wrongLogin(replyWithCode(contract, 'wrong login', '535 5.7.8 Authentication credentials invalid')),
  tooManyLogins(replyWithCode(contract, 'locked login', '454 4.7.0 Temporary authentication failure')),
];

const wrongLogin = (reply: string) =>
  defineCase({
    id: 'login-535',
    title: reply,
    rightWay:
      'stop and report the credentials; no retry with the same password; one other mechanism is permitted',
    source: 'RFC 4954 §4, §6; the page on 535',
    arrange: { forced: [{ stage: 'AUTH', reply }] },
    wire: judge535,
    // the login is refused for good, the mail is not: once the password is right it can go
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  });

const tooManyLogins = (reply: string) =>
  defineCase({
    id: 'login-454',
    title: reply,
    rightWay: 'stop logging in: no other mechanism, no other connection; minutes; the mail kept',
    source: 'RFC 4954 §6; the page on 454',
    arrange: { forced: [{ stage: 'AUTH', reply }] },
    wire: judge454,
    told: toldOf454,
  });

function judge535(facts: Facts): Judgement {
  const tries = commands(facts.sessions, 'AUTH');
  const [first, second] = tries;
  if (first === undefined) return notObserved('It did not log in.');
  const mechanisms = new Set(tries.map(mechanismOf));
  const anyway = mailAnyway(facts);
  if (anyway !== undefined) return anyway;
  if (second === undefined) {
    return isConclusive(facts, 1)
      ? right('One try, and no more.', lineOf(first))
      : notObserved('Not watched long enough.');
  }
  if (tries.length === 2 && mechanisms.size === 2 && second.session === first.session) {
    return {
      grade: 'acceptable',
      what: `Tries ${mechanismOf(first)} and then ${mechanismOf(second)}: permitted, and two of the five failures that lock a login.`,
      advice: adviceOn('try one mechanism', facts),
      evidence: lineOf(second),
    };
  }
  return {
    grade: 'wrong',
    what: `Logs in ${tries.length} times with the same password within ${showSeconds(facts, (tries.at(-1)?.at ?? 0) - first.at)}.`,
    harm: `${tries.length} of the five failures that lock a login are used up: once it is locked no mail goes out, with the right password neither.`,
    advice: 'A refused password does not get better: stop, and tell a person.',
    evidence: lineOf(tries.at(-1) ?? first),
  };
}

function judge454(facts: Facts): Judgement {
  const tries = commands(facts.sessions, 'AUTH');
  const [first, second] = tries;
  if (first === undefined) return notObserved('It did not log in.');
  const anyway = mailAnyway(facts);
  if (anyway !== undefined) return anyway;
  if (second === undefined) {
    return isConclusive(facts, 20)
      ? right('One try, and no more.', lineOf(first))
      : notObserved('Not watched long enough.');
  }
  const isOther = second.session === first.session && mechanismOf(second) !== mechanismOf(first);
  const how = isOther
    ? `tries ${mechanismOf(second)} at once`
    : `logs in again after ${showSeconds(facts, second.at - first.at)}`;
  return {
    grade: 'wrong',
    what: `Too many login attempts, and it ${how}.`,
    harm: 'A locked login opens after a time, whatever is tried before: until then each try is in vain, the right password included.',
    advice: `After 454 wait some minutes: no other mechanism, no other connection.${isOther ? ` ${adviceOn('try one mechanism', facts)}` : ''}`,
    evidence: lineOf(second),
  };
}

/** A client that says "wrong password" sends a person to change one that was right. */
function toldOf454(facts: Facts): Judgement {
  const judgement = judgeTold(facts, { of: () => 'temporary' });
  const { told } = facts.rounds[0];
  if (judgement.grade !== 'right' && judgement.grade !== 'acceptable') return judgement;
  const output = 'output' in told ? told.output : '';
  const blames =
    /[^.\n]*(?:invalid login|wrong password|(?:incorrect|invalid) (?:login|password|credentials)|login denied)[^\n]*/i.exec(
      output,
    );
  if (blames === null) return judgement;
  return {
    grade: 'acceptable',
    what: `Says "${blames[0].trim().slice(0, 80)}", which sends people to change a password that is right.`,
    advice: 'Read the code: 454 is too many attempts, 535 the wrong password.',
    ...(judgement.evidence && { evidence: judgement.evidence }),
  };
}

function mailAnyway(facts: Facts): Judgement | undefined {
  const mail = commands(facts.sessions, 'MAIL')[0];
  return worstOf(
    mail && {
      grade: 'wrong',
      what: 'Sends MAIL although the login was refused.',
      harm: 'The mail is refused a second time; where a gateway takes it without a login it goes out under nobody’s name.',
      advice: 'Stop when the login is refused.',
      evidence: lineOf(mail),
    },
  );
}

function mechanismOf(step: { readonly text: string }): string {
  return step.text.split(/[ \t]+/)[1]?.toUpperCase() ?? '';
}
