import { defineCase, type ClientCase } from '../client-case.ts';
import type { TriggerStage } from '../../../contract/vocabulary.ts';
import { commands, showSeconds, stepsOf, type Facts } from '../facts.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import { isConclusive, judgeDuplicates, lineOf, notObserved, right } from '../judge-wire.ts';
import { judgeLater, triesOf } from './later.ts';

interface Contrary {
  readonly id: string;
  readonly stage: TriggerStage;
  readonly reply: string;
}

const CONTRARY: readonly Contrary[] = [
  { id: 'said-254-unsent', stage: 'end of data', reply: '254 2.0.0 Message received but will not be sent' },
  { id: 'said-250-error', stage: 'end of data', reply: '250 2.0.0 Error: queue is full, message discarded' },
  { id: 'said-450-unknown', stage: 'RCPT', reply: '450 4.1.1 No such user here, and there never was' },
  { id: 'said-452-5xx', stage: 'RCPT', reply: '452 5.5.3 Too many recipients' },
  { id: 'said-455-rate', stage: 'MAIL', reply: '455 Maximum messages sent per minute reached : limit is 10' },
  {
    id: 'said-451-denied',
    stage: 'MAIL',
    reply: '451 5.7.1 Sender address rejected: not owned by this login',
  },
  { id: 'said-550-greylist', stage: 'RCPT', reply: '550 4.7.1 Greylisted, try again in 5 minutes' },
  { id: 'said-554-busy', stage: 'DATA', reply: '554 5.3.2 The server is busy, try again later' },
  {
    id: 'said-554-quota',
    stage: 'end of data',
    reply: '554 5.7.0 Daily quota is used up, try again tomorrow',
  },
  { id: 'said-550-wait', stage: 'AUTH', reply: '550 Too many messages. Try again in 92 seconds.' },
  { id: 'said-535-busy', stage: 'AUTH', reply: '535 5.7.0 Too many connections, try again later' },
];

const MEANINGS: Readonly<Record<string, string>> = {
  2: 'accepted, and over',
  4: 'temporary, with a wait',
  5: 'for good, no retry',
};

/** Replies whose text says another thing than their code. Real servers send them; a program goes by the first digit. */
export const contraryCases: readonly ClientCase[] = CONTRARY.map(({ id, stage, reply }) => {
  const digit = reply.charAt(0);
  const isLogin = stage === 'AUTH';
  return defineCase({
    id,
    title: `${reply}, to ${stage === 'end of data' ? 'the final dot' : stage}`,
    rightWay: `by the first digit: ${MEANINGS[digit] ?? ''}; the text is for a person`,
    source: 'RFC 5321 §4.2.1, RFC 3463 §2',
    // the login must be kept for the next mail
    ...(isLogin && { mails: 2 }),
    arrange: {
      forced: [{ stage, reply, ...(digit === '2' && { carriedOut: true }), ...(isLogin && { times: 1 }) }],
    },
    wire: (facts) => judgeContrary(facts, stage, digit),
    told: (facts) =>
      judgeTold(facts, {
        // a login that was refused says nothing of the mail
        of: (_, round) =>
          isLogin ? (round === 0 ? 'either' : 'untried') : digit === '4' ? 'temporary' : 'permanent',
      }),
  });
});

function judgeContrary(facts: Facts, stage: TriggerStage, digit: string): Judgement {
  if (digit === '4') return judgeLater(facts, stage);
  const tries = triesOf({ ...facts, sessions: facts.rounds[0].sessions }, stage);
  const [first, second] = tries;
  if (first === undefined) return notObserved(`It never came as far as ${stage}.`);
  const again = judgeDuplicates(facts);
  if (again !== undefined) return again;
  if (second !== undefined && digit === '5') {
    return {
      grade: 'wrong',
      what: `Tries again after ${showSeconds(facts, second.at - first.at)}, though the code is permanent: the text was read, not the code.`,
      harm: 'What is refused for good is tried again as long as its text sounds friendly.',
      advice: 'Decide by the first digit of the code; hand the text to a person.',
      evidence: lineOf(second),
    };
  }
  const forgotten = stage === 'AUTH' ? judgeForgotten(facts) : undefined;
  if (forgotten !== undefined) return forgotten;
  return isConclusive(facts, 5)
    ? right(
        digit === '2' ? 'Took it as accepted, and sent nothing again.' : 'One try, and no more.',
        lineOf(first),
      )
    : notObserved('Not watched long enough.');
}

/** The second call: a client that struck out the password does not even try. */
function judgeForgotten({ rounds: [first, later] }: Facts): Judgement | undefined {
  if (later?.ended === undefined || commands(later.sessions, 'AUTH').length > 0) return undefined;
  const [auth] = commands(first.sessions, 'AUTH');
  const last = stepsOf(later.sessions).at(-1) ?? auth;
  return {
    grade: 'wrong',
    what: 'Does not log in for the next mail: one refusal was taken for the end of the login.',
    harm: 'No email goes out until a person types in a password that was right all the time.',
    advice: 'Keep login and password until a person changes them.',
    ...(last && { evidence: lineOf(last) }),
    restsOnAbsence: true,
  };
}
