import type { MatrixCase } from '../scenario/matrix.ts';
import { checkEnd, checkTrace, type BrokenInvariant } from './invariants.ts';
import type { ObservedEnd } from './observe-end.ts';
import type { Stage } from './stage.ts';
import type { Step } from './stop.ts';

/** Every invariant that a case broke, but for what its own stop tells already. */
export function brokenInvariants(
  { scenario }: MatrixCase,
  stage: Stage,
  stop: Step,
  { observation, submissions }: ObservedEnd,
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
  const fresh = traces.filter((one) => !isToldAlready(one, stop));
  if (observation === undefined || last === undefined) return fresh;
  return [...fresh, ...checkEnd(submissions, observation, last)];
}

/** A reply too many at the line where the case stopped is what it stopped at, however much of it was read. */
function isToldAlready({ rule, line }: BrokenInvariant, stop: Step): boolean {
  return (
    rule === 'protocol.reply-form' &&
    stop?.kind === 'unmet' &&
    stop.unmet.position.line === line.position.line
  );
}
