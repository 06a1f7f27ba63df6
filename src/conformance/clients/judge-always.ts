/** What is judged in every case, since it may happen in any: lines of a mail that run as commands, and endless loops. Pure. */
import { showSeconds, type Facts, type Session, type Step } from './facts.ts';
import type { Judgement } from './grade.ts';
import { judgeRetries } from './judge-retries.ts';
import { connectionOf, KNOWN_VERBS, lineOf } from './judge-wire.ts';

/** Judgements of every case; those that do not hold are left out. */
export function judgeAlways(facts: Facts): readonly Judgement[] {
  return [judgeSpill(facts), judgeLoop(facts), judgeStorm(facts), judgeRetries(facts)].filter(
    (one) => one !== undefined,
  );
}

/** Lines of a mail behind the dot that ended it: a dot at the beginning of a line that was not doubled (RFC 5321 §4.5.2). */
function judgeSpill(facts: Facts): Judgement | undefined {
  const lines = new Set(facts.text.split(/\r?\n/).map((line) => line.trimEnd()));
  for (const { steps } of facts.sessions) {
    const index = steps.findIndex(({ kind }) => kind === 'message');
    const spilled = index === -1 ? undefined : firstSpilled(steps.slice(index), lines);
    if (spilled === undefined) continue;
    return {
      grade: 'dangerous',
      what: 'A line of the mail that is a single dot ended it, and the lines behind it ran as commands.',
      harm: 'Half an email arrives, and whoever writes a text can give the gateway orders, such as another mail in your name.',
      advice: 'Double each dot that begins a line (RFC 5321 §4.5.2).',
      evidence: lineOf(spilled),
    };
  }
  return undefined;
}

/** The first line after a message that is one of its text, or no command at all, before the next transaction begins. */
function firstSpilled(steps: readonly Step[], lines: ReadonlySet<string>): Step | undefined {
  let isBehindMessage = false;
  for (const step of steps) {
    if (step.kind === 'message') {
      isBehindMessage = true;
      continue;
    }
    const text = step.text.trimEnd();
    if (!isBehindMessage || step.kind !== 'command' || text === '' || text === '.') continue;
    if (lines.has(text) || !KNOWN_VERBS.has(step.verb)) return step;
    isBehindMessage = false;
  }
  return undefined;
}

/** How often the same command may be said in one session without a mail between. */
const SAME_COMMAND = 10;

function judgeLoop(facts: Facts): Judgement | undefined {
  for (const session of facts.rounds.flatMap((round) => round.sessions)) {
    const loop = longestLoop(session);
    const [first, last] = [loop[0], loop.at(-1)];
    if (loop.length <= SAME_COMMAND || first === undefined || last === undefined) continue;
    const atLeast = session.isCut ? 'at least ' : '';
    return {
      grade: 'wrong',
      what: `Says ${first.verb === '' ? 'the same line' : first.verb} ${atLeast}${loop.length} times in one session, within ${showSeconds(facts, last.at - first.at)}, whatever the reply.`,
      harm: 'It never ends by itself: the program hangs, and the gateway is busy with it until somebody blocks the address.',
      advice: 'Stop after a refusal; what was refused is refused again.',
      evidence: lineOf(last),
    };
  }
  return undefined;
}

function longestLoop({ steps }: Session): readonly Step[] {
  let longest: readonly Step[] = [];
  let said = new Map<string, Step[]>();
  for (const step of steps) {
    if (step.kind === 'message') said = new Map();
    // octets of a handshake that nobody read have line ends too
    if (step.kind !== 'command' || (step.late && step.verb === '')) continue;
    const same = said.get(step.text) ?? [];
    same.push(step);
    said.set(step.text, same);
    if (same.length > longest.length) longest = same;
  }
  return longest;
}

/** Connections within one second that no client with a delay opens. */
const STORM = 20;

function judgeStorm({ rounds, second }: Facts): Judgement | undefined {
  for (const { sessions } of rounds) {
    const last = sessions.find((session, index) => {
      const before = sessions[index - STORM];
      return before !== undefined && session.began - before.began < second;
    });
    if (last === undefined) continue;
    return {
      grade: 'wrong',
      what: `Connects ${sessions.length} times for one mail, ${STORM} of them within a second.`,
      harm: 'A loop of connections keeps a gateway busy, and may get the address blocked.',
      advice: 'Wait before the next connection, longer each time, and give up after a few.',
      evidence: connectionOf(last),
    };
  }
  return undefined;
}
