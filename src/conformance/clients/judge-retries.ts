/** What is judged wherever a client tries a second time: the same mail, after longer and longer waits, and not for ever. Pure. */
import { addressIn } from './address-in.ts';
import { showSeconds, stepsOf, type Facts, type Round, type Session, type Step } from './facts.ts';
import { fieldText } from './header-fields.ts';
import type { Judgement } from './grade.ts';
import { connectionOf, lineOf } from './judge-wire.ts';

/** Judges the second attempts of a case, the worst first; `undefined` where nothing is wrong with them. */
export function judgeRetries(facts: Facts): Judgement | undefined {
  // of several mails in one call nobody tells which was tried again
  if (facts.mail.count > 1) return undefined;
  for (const round of facts.rounds) {
    const judged = judgeMessageId(round) ?? judgeNumber(facts, round) ?? judgeWaits(facts, round);
    if (judged !== undefined) return judged;
  }
  return undefined;
}

interface Attempt {
  readonly message: Step;
  readonly messageId: string | undefined;
  readonly recipients: ReadonlySet<string>;
}

/** A mail that was not accepted, and comes again to one of the same recipients, is the same mail (RFC 5322 §3.6.4). */
function judgeMessageId({ sessions }: Round): Judgement | undefined {
  const attempts = sessions.flatMap(attemptsIn);
  for (const [index, { message, messageId, recipients }] of attempts.entries()) {
    if (message.reply !== undefined && message.reply.code < 400) continue;
    const again = attempts
      .slice(index + 1)
      .find((later) => [...later.recipients].some((recipient) => recipients.has(recipient)));
    if (again === undefined || messageId === undefined || again.messageId === messageId) continue;
    return {
      grade: 'wrong',
      what: 'Tries the same mail again under another Message-ID.',
      harm: 'Where the first attempt went out after all, nothing tells the two copies apart from two mails: both are shown.',
      advice: 'Make the message, and its Message-ID, once; each attempt sends the same octets.',
      evidence: lineOf(again.message),
    };
  }
  return undefined;
}

function attemptsIn(session: Session): readonly Attempt[] {
  let recipients: string[] = [];
  return stepsOf([session]).flatMap((step) => {
    if (step.verb === 'MAIL' || step.verb === 'RSET') recipients = [];
    if (step.verb === 'RCPT') recipients.push(addressIn(step.text));
    if (step.kind !== 'message') return [];
    return [
      { message: step, messageId: fieldText(step.text, 'Message-ID'), recipients: new Set(recipients) },
    ];
  });
}

/** Connections for one mail, none of which delivers, that no client with a limit opens within so many seconds. */
const MOST_TRIES = { count: 10, seconds: 20 };

function judgeNumber(facts: Facts, round: Round): Judgement | undefined {
  const vain = vainSessions(round);
  const { count, seconds } = MOST_TRIES;
  const last = vain.findLast((session, index) => {
    const before = vain[index - count];
    return before !== undefined && session.began - before.began < seconds * facts.second;
  });
  if (last === undefined) return undefined;
  return {
    grade: 'wrong',
    what: `Tries ${vain.length} times in vain within ${showSeconds(facts, last.began - (vain[0]?.began ?? 0))}.`,
    harm: 'It never ends by itself, keeps the gateway busy, and may get the address blocked.',
    advice: 'Give up after a few tries, and tell the caller.',
    evidence: connectionOf(last),
  };
}

function judgeWaits(facts: Facts, round: Round): Judgement | undefined {
  const began = vainSessions(round).map((session) => session.began);
  const gaps = began.slice(1).map((at, index) => at - (began[index] ?? 0));
  const last = vainSessions(round).at(-1);
  if (gaps.length < 3 || last === undefined || (gaps.at(-1) ?? 0) > (gaps[0] ?? 0) * 1.2) return undefined;
  return {
    grade: 'acceptable',
    what: `Came again after ${gaps.map((gap) => showSeconds(facts, gap)).join(', ')}: the wait does not grow.`,
    advice: 'Double the wait each time.',
    evidence: connectionOf(last),
  };
}

/** The sessions in which nothing was accepted. */
function vainSessions({ sessions, copies }: Round): readonly Session[] {
  const fruitful = new Set(copies.map(({ step }) => step.session));
  return sessions.filter(({ number }) => !fruitful.has(number));
}
