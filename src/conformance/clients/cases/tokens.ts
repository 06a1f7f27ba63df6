import { defineCase, type ClientCase } from '../client-case.ts';
import { commands, showSeconds, type Facts, type Step } from '../facts.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import { isConclusive, lineOf, notObserved, right } from '../judge-wire.ts';

const SOURCE = 'RFC 7628 §3.2.2, §3.2.3; RFC 6749 §6';

/** A login by token, for clients that can: a client that knows only passwords shows nothing here. */
export const tokenCases: readonly ClientCase[] = [
  defineCase({
    id: 'token-expired',
    title: 'A login by token, and the token has expired',
    rightWay:
      'a line behind the 334, so that the refusal can come; one new token; the mail goes out with that',
    source: SOURCE,
    arrange: { tokens: 'new ones are good' },
    wire: judgeExpired,
    told: toldOfToken,
  }),
  defineCase({
    id: 'token-refused',
    title: 'A login by token, and new tokens are refused too, as of the wrong scope',
    rightWay: 'one new token at most, and then a person is told: no loop between token endpoint and login',
    source: SOURCE,
    arrange: { tokens: 'none is good' },
    wire: (facts) => judgeLoopOfTokens(facts) ?? stopped(facts),
    told: toldOfToken,
  }),
];

/** A login by token, from AUTH to the reply that decides. */
interface TokenLogin {
  readonly step: Step;
  /** The code of the last reply; `undefined` where none came. */
  readonly code: number | undefined;
  /** Whether the client left behind the 334 that holds the fault. */
  readonly leftUnanswered: boolean;
}

/** The logins by token, by time. */
function tokenLogins(facts: Facts): readonly TokenLogin[] {
  return commands(facts.sessions, 'AUTH')
    .filter(({ text }) => /^AUTH[ \t]+(?:XOAUTH2|OAUTHBEARER)\b/i.test(text))
    .map((step) => {
      const steps = facts.sessions.find(({ number }) => number === step.session)?.steps ?? [];
      const behind = steps.slice(steps.findIndex(({ at, text }) => at === step.at && text === step.text) + 1);
      const end = behind.findIndex(({ kind }) => kind !== 'answer to a challenge');
      const answers = end === -1 ? behind : behind.slice(0, end);
      const last = answers.at(-1) ?? step;
      return { step, code: last.reply?.code, leftUnanswered: last.reply?.code === 334 };
    });
}

function judgeExpired(facts: Facts): Judgement {
  const loop = judgeLoopOfTokens(facts);
  if (loop !== undefined) return loop;
  const logins = tokenLogins(facts);
  const taken = logins.find(({ code }) => code === 235);
  const [first] = logins;
  if (taken !== undefined && facts.rounds[0].copies.length > 0) {
    return facts.tokenRequests.length > 0
      ? right('Asks for one new token, and the mail goes out with it.', lineOf(taken.step))
      : right('The mail goes out.', lineOf(taken.step));
  }
  if (taken === undefined && first !== undefined && facts.tokenRequests.length === 0) {
    return isConclusive(facts, 5)
      ? {
          grade: 'acceptable',
          what: 'Does not ask for a new token: the mail waits until somebody does.',
          advice: 'Ask the token endpoint once for a new token when one is refused, and log in with that.',
          evidence: lineOf(first.step),
          restsOnAbsence: true,
        }
      : notObserved('Not watched long enough.');
  }
  return stopped(facts);
}

/** The same refused token again, or one new token behind the other. */
function judgeLoopOfTokens(facts: Facts): Judgement | undefined {
  const logins = tokenLogins(facts);
  const refused = logins.filter(({ code }) => code !== 235);
  const requests = facts.tokenRequests.length;
  const last = refused.at(-1)?.step;
  if (last === undefined) return undefined;
  const since = showSeconds(facts, last.at - (logins[0]?.step.at ?? last.at));
  if (requests > 1) {
    return {
      grade: 'wrong',
      what: `Asks for ${requests} new tokens for one mail, and logs in ${logins.length} times within ${since}.`,
      harm: 'The token endpoint and the login lock out who loops between them: then no mail goes out at all.',
      advice: 'Ask for one new token; where that is refused too, stop and tell a person.',
      evidence: lineOf(last),
    };
  }
  if (refused.length <= requests + 1) return undefined;
  return {
    grade: 'wrong',
    what: `Logs in ${logins.length} times within ${since}, with a token that was refused before.`,
    harm: 'Each refused token counts as a failed login: once the login is locked a good token helps neither.',
    advice: 'A refused token does not get better: ask for a new one once, or stop.',
    evidence: lineOf(last),
  };
}

/** It stopped behind a refusal, or was not seen to log in by token at all. */
function stopped(facts: Facts): Judgement {
  const logins = tokenLogins(facts);
  const refused = logins.find(({ code }) => code !== 235);
  if (refused === undefined) return notObserved('It did not log in by token.');
  if (!isConclusive(facts, 5)) return notObserved('Not watched long enough.');
  if (logins.some(({ leftUnanswered }) => leftUnanswered)) {
    return {
      grade: 'acceptable',
      what: 'Leaves behind the 334 that holds the fault, and never hears the refusal itself.',
      advice: 'Answer that 334 with an empty line (XOAUTH2) or AQ== (OAUTHBEARER), and read the 535.',
      evidence: lineOf(refused.step),
    };
  }
  return right('Stops, and no more.', lineOf(refused.step));
}

/** The token is refused for good, the mail is not: with a good token it can go. */
function toldOfToken(facts: Facts): Judgement {
  return tokenLogins(facts).length === 0
    ? notObserved('It did not log in by token.')
    : judgeTold(facts, { of: () => 'either' });
}
