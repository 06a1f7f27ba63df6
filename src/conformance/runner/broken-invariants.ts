import { ruleOfCheck, type Contract } from '../../contract/contract.ts';
import { isOwnRequirement } from '../../contract/requirement.ts';
import type { MatrixCase } from '../scenario/matrix.ts';
import type { BrokenRecord } from './case-record.ts';
import { unmetInvariant } from './finding.ts';
import { checkTrace, type BrokenInvariant } from './invariants.ts';
import type { ObservedEnd, UnmetThen } from './observe-end.ts';
import { changesOfFirst, loginsElsewhere } from './read-back.ts';
import { checkRecord } from './record-invariants.ts';
import type { Stage } from './stage.ts';
import type { Step, Unmet } from './stop.ts';

/** Every invariant that a case broke, but for what its own stop tells already. */
export function brokenInvariants(
  { scenario }: MatrixCase,
  stage: Stage,
  stop: Step,
  { observation, copies, readBack = [] }: ObservedEnd,
): readonly BrokenInvariant[] {
  const reply = stop?.kind === 'unmet' ? stop.unmet.reply : undefined;
  const isWhole = stop?.kind !== 'unmet';
  const judged = new Set(reply === undefined ? [] : [reply]);
  const forced = scenario.given.triggers.flatMap((trigger) => trigger.reply ?? []);
  const suspended = scenario.given.triggers.some(
    (trigger) => trigger.drop !== undefined || trigger.tls !== undefined,
  );
  const traces = stage.allSessions.flatMap((session) =>
    checkTrace(
      stage.contract,
      {
        replies: session.replies,
        malformed: session.malformed,
        // what else has come when a case stops in its middle is a matter of chance
        unasked: session.injected + (isWhole && session.conversation.owed() === 0 ? session.unread : ''),
        end: session.end,
        closeIsExpected: session.closeIsExpected || suspended,
        line: session.line,
      },
      forced,
      judged,
    ),
  );
  const last = stage.allSessions.at(-1)?.line;
  const fresh = traces.filter((one) => !isToldAlready(stage.contract, one, stop));
  if (last === undefined) return fresh;
  const placed = (each: BrokenRecord) => atLine(stage.contract, each, last);
  if (observation === undefined) return [...fresh, ...readBack.flatMap(placed)];
  const others = loginsElsewhere(scenario.given);
  const record = checkRecord({
    given: scenario.given,
    changes: changesOfFirst(scenario.given, stage.changes),
    endedAt: stage.clockMs,
    conversations: stage.allSessions.map(({ conversation }) => conversation),
    otherLogins: others.flatMap((login) => stage.situation.credentials(login)?.login ?? []),
    observation,
    copies,
    isWhole: stop === undefined,
    declared: stage.declaresChoices ? stage.contract.declaredLimits : {},
  });
  // what is wrong at the end itself is wrong however it is asked for
  const all = record.length > 0 ? record : readBack;
  return [...fresh, ...all.flatMap(placed)];
}

/** A broken record at the line that was played last; none where the contract has no rule about it. */
function atLine(
  contract: Contract,
  { check, concerns, isExplained, ...each }: BrokenRecord,
  line: BrokenInvariant['line'],
): readonly BrokenInvariant[] {
  const rule = ruleOfCheck(contract, check);
  if (rule === undefined) return [];
  const key = concerns === 'mails' ? {} : { concerns: { key: concerns, isExplained } };
  return [{ ...each, rule, line, ...key }];
}

/**
 * One finding for one fault: where a key of `then` is unmet and an invariant says why, the key's line carries the
 * invariant's rule, unless the line names a rule itself: its author knows what the case shows.
 */
export function joinEnd(broken: readonly BrokenInvariant[], unmet: readonly UnmetThen[]): readonly Unmet[] {
  const told = new Set<BrokenInvariant>();
  const named = unmet.map(({ key, namesRule, ...each }): Unmet => {
    const why = broken.filter(({ concerns }) => concerns?.key === key);
    for (const one of why) told.add(one);
    // whoever asks for a key under a rule knows it better than an invariant without a reason; a requirement of one's own is none
    const first =
      why.find(({ concerns }) => concerns?.isExplained === true) ??
      (isOwnRequirement(each.rule) ? why[0] : undefined);
    if (first === undefined) return each;
    const rule = namesRule ? each.rule : first.rule;
    return { ...each, rule, own: false, message: `${each.message}: ${first.message}` };
  });
  return [...broken.filter((one) => !told.has(one)).map(unmetInvariant), ...named];
}

/** A reply too many at the line where the case stopped is what it stopped at, however much of it was read. */
function isToldAlready(contract: Contract, { rule, line }: BrokenInvariant, stop: Step): boolean {
  return (
    rule === ruleOfCheck(contract, 'form of replies') &&
    stop?.kind === 'unmet' &&
    stop.unmet.position.line === line.position.line
  );
}
