import { addressIn, keyOf } from '../address-in.ts';
import { defineCase, type ClientCase } from '../client-case.ts';
import type { TriggerStage } from '../../../contract/vocabulary.ts';
import { commands, messages, showSeconds, type Facts, type Step } from '../facts.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import {
  isConclusive,
  judgeContentWithoutGo,
  judgeDuplicates,
  judgeLateCommands,
  lineOf,
  notObserved,
  retriesOf,
  right,
  tooSoon,
  worstOf,
} from '../judge-wire.ts';

/** Refusals for now at each stage, with codes that one may not know: the first digit says it all. */
export const laterCases: readonly ClientCase[] = [
  later('later-auth', 'AUTH', '432 4.7.12 A password transition is needed', 'RFC 4954 §6, RFC 5321 §4.2.1'),
  later('later-mail', 'MAIL', '454 4.3.0 Not now', 'RFC 5321 §4.2.1, §4.5.4.1'),
  later('later-data', 'DATA', '432 4.3.2 Not now', 'RFC 5321 §4.2.1, §4.5.4.1'),
  later('later-dot', 'end of data', '454 4.3.0 Not now', 'RFC 5321 §4.2.1, §4.5.4.1'),
  later('later-unknown', 'MAIL', '479 Something that is in no table', 'RFC 5321 §4.2.1, §4.3.2'),
  defineCase({
    id: 'later-once',
    title: '451 4.3.0 Local trouble to the final dot, once',
    rightWay: 'temporary: told, or sent again after a wait as the same mail, with the same Message-ID',
    source: 'RFC 5321 §4.2.1, §4.5.4.1; RFC 5322 §3.6.4',
    arrange: { forced: [{ stage: 'end of data', reply: '451 4.3.0 Local trouble', times: 1 }] },
    wire: (facts) => judgeLater(facts, 'end of data'),
    told: (facts) => judgeTold(facts, { of: () => 'temporary' }),
  }),
];

function later(id: string, stage: TriggerStage, reply: string, source: string): ClientCase {
  return defineCase({
    id,
    title: `${reply}, to ${stage === 'end of data' ? 'the final dot' : stage}`,
    rightWay: 'temporary: the mail kept, and a wait before the next try',
    source,
    arrange: { forced: [{ stage, reply }] },
    wire: (facts) => judgeLater(facts, stage),
    told: (facts) => judgeTold(facts, { of: () => 'temporary' }),
  });
}

/** What was refused for now at a stage, and how the client comes again: seconds at least, and nothing beside it. */
export function judgeLater(facts: Facts, stage: TriggerStage): Judgement {
  const tries = triesOf(facts, stage);
  const [first] = tries;
  if (first === undefined) return notObserved(`It never came as far as ${stage}.`);
  const soon = tooSoon(retriesOf(tries.map(lineOf)), 1, facts);
  return (
    worstOf(
      judgeDuplicates(facts),
      judgeContentWithoutGo(facts),
      judgeLateCommands(facts),
      soon && {
        grade: 'wrong',
        what: `Tries again after ${showSeconds(facts, soon.gap)}.`,
        harm: 'Refused again and again, and the gateway may block who does not wait.',
        advice: 'Wait before the next try, and longer each time.',
        evidence: soon.evidence,
      },
    ) ??
    (tries.length > 1
      ? right(`Tried again after ${showSeconds(facts, (tries[1]?.at ?? 0) - first.at)}.`, lineOf(first))
      : isConclusive(facts, 5)
        ? right('One try, and no more.', lineOf(first))
        : notObserved('Not watched long enough.'))
  );
}

/** The tries at a stage; in one session another mechanism or another recipient is none. */
export function triesOf(facts: Facts, stage: TriggerStage): readonly Step[] {
  // a notice of the failure goes to the sender, under the null reverse-path: that is no retry
  const own = facts.sessions.filter(
    (session) => !commands([session], 'MAIL').some(({ text }) => addressIn(text) === ''),
  );
  const sessions = own.length === 0 ? facts.sessions : own;
  const all = stage === 'end of data' ? messages(sessions) : commands(sessions, stage);
  const ordered = new Set(facts.recipients.map(keyOf));
  if (stage === 'RCPT') return all.filter(({ text }) => ordered.has(addressIn(text)));
  if (stage !== 'AUTH') return all;
  return all.filter((step, index) => all.findIndex((other) => other.session === step.session) === index);
}
