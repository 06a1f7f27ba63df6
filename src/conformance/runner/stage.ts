import { ruleOfCheck, type Contract } from '../../contract/contract.ts';
import type { Mode } from '../../contract/modes.ts';
import type { Requirement } from '../../contract/requirement.ts';
import type { RuleId } from '../../contract/rule.ts';
import { showReply, type Reply } from '../../smtp/reply.ts';
import type { WireEvent } from '../../smtp/transcript.ts';
import type { Received } from '../driver/smtp-session.ts';
import {
  awaitsReply,
  type ClientLine,
  type DialogueLine,
  type ExpectLine,
  type OpenStageLine,
} from '../scenario/dialogue.ts';
import { ruleOfUnmetReply, rulesOfMetReply } from '../scenario/rule-of-expectation.ts';
import type { ScenarioMessage } from '../scenario/scenario.ts';
import { fillTemplate, utf8AsOctets } from '../scenario/template.ts';
import type { Handshake } from '../result/handshake.ts';
import type { WorldChange } from '../situation/world-change.ts';
import type { Situation } from '../target/target.ts';
import type { CaseSession } from './case-session.ts';
import type { Given } from '../situation/given.ts';
import type { CaseValues } from './case-values.ts';
import { hintsOfUnspoken, isOwnReply } from './own-expectation.ts';
import type { Stop } from './stop.ts';

/** All that a dialogue is played on: one case's situation, sessions, values and clock. Times in milliseconds. */
export interface Stage {
  /** What the target is held to. */
  readonly contract: Contract;
  readonly about: Requirement;
  readonly mode: Mode;
  readonly messages: ReadonlyMap<string, ScenarioMessage>;
  readonly situation: Situation;
  readonly given: Given;
  readonly dialogue: readonly DialogueLine[];
  /** Whether maintenance is on, as `W:` lines have it. */
  maintenance: boolean;
  readonly declaresChoices: boolean;
  readonly replyTimeoutMs: number;
  readonly now: () => number;
  readonly record: (event: WireEvent) => void;
  /** Takes what excerpts show between the lines of the wire. */
  readonly note: (text: string) => void;
  /** Takes note that a whole reply was read, whether a finding may be about it, and what a handshake came to. */
  readonly heard: (session: number, isNotable: boolean) => void;
  readonly handshake: (session: number, servername: string, facts: Handshake) => void;
  /** The line that is being played. */
  playing: DialogueLine | undefined;
  /** The next line of the same session, after the one that is being played. */
  next: DialogueLine | undefined;
  /** The values of `${…}`, by name. Captures are added as they come. */
  readonly values: CaseValues;
  /** The session under each label. */
  readonly sessions: Map<number, CaseSession>;
  /** Every session of the case, replaced ones too. */
  readonly allSessions: CaseSession[];
  /** The rules that an expectation held and found met. */
  readonly met: Set<Requirement>;
  /** The `S?` lines that have not been met. */
  readonly openStages: OpenStageLine[];
  /** Whether a connection could not be opened. */
  unreachable: boolean;
  /** What the clock of the case shows: it stands still until a line moves it. */
  clockMs: number;
  /** What has been changed in the world so far. */
  readonly changes: WorldChange[];
  /** How many built-in messages were written. */
  stockMessages: number;
}

/** What went wrong at a line, and the rule where it is known beforehand. */
export interface Mismatch {
  readonly expected: string;
  readonly received: string;
  readonly message: string;
  readonly rule: Requirement;
  readonly own?: boolean | undefined;
  /** The rules that speak of the moment, where `rule` does not. */
  readonly hints?: readonly RuleId[] | undefined;
  readonly session?: CaseSession | undefined;
}

/** Stops at a line whose expectation is not met. */
export function stopAt(line: DialogueLine, { session, ...mismatch }: Mismatch): Stop {
  const { position, source } = line;
  const offset = 'offset' in line ? line.offset : source.length - source.replace(/^\S+ ?/, '').length;
  return { kind: 'unmet', unmet: { ...mismatch, position, source, offset, reply: session?.replies.at(-1) } };
}

/** What came instead of a reply that would do, in words. */
export function showReceived(received: Received): string {
  switch (received.kind) {
    case 'reply':
      return showReply(received.reply);
    case 'malformed':
      return received.line;
    case 'closed':
      return received.how === 'reset' ? 'the session was reset' : 'the session was closed';
    case 'silence':
      return `nothing within ${received.waitedMs / 1000} s`;
  }
}

/** Why no reply came, in words. */
export function whyNoReply(received: Exclude<Received, { kind: 'reply' }>): string {
  return received.kind === 'malformed' ? `what came is no reply: ${received.why}` : 'the reply did not come';
}

/** Where something came that is no reply at all: the rule is the form of replies, unless the session has ended. */
export function ruleOfNoReply(
  contract: Contract,
  received: Exclude<Received, { kind: 'reply' }>,
  fallback: Requirement,
): Requirement {
  return received.kind === 'closed' ? fallback : (ruleOfCheck(contract, 'form of replies') ?? fallback);
}

/** Reads the reply to something that a macro said, which must have one of these codes; else stops at its line. */
export async function expectCode(
  stage: Stage,
  session: CaseSession,
  line: ClientLine | ExpectLine | OpenStageLine,
  codes: readonly number[],
  chooseRule: (received: Received) => Requirement = (received) => defaultRule(stage, received),
): Promise<Stop | undefined> {
  const received = await session.readReply(stage.replyTimeoutMs);
  if (received.kind === 'reply' && meetsOpenStage(stage, line.session, received.reply))
    return { kind: 'ended' };
  if (received.kind === 'reply' && codes.includes(received.reply.code)) return undefined;
  if (isAskedNext(stage, line)) {
    session.holdForNextLine(received);
    return { kind: 'answered' };
  }
  const wanted = `${line.source.replace(/^\S+ ?/, '')}: ${codes.join(' or ')} expected`;
  const said = received.kind === 'malformed' ? `${wanted}; ${whyNoReply(received)}` : wanted;
  const rule = chooseRule(received);
  const mismatch = {
    expected: `${codes.join(' or ')} *`,
    received: showReceived(received),
    message: said,
    rule,
  };
  if (received.kind !== 'reply') return stopAt(line, mismatch);
  const answers = session.replies.at(-1)?.answers;
  const unmet = { rule, expectation: undefined, received: received.reply, answers };
  const hints = hintsOfUnspoken(stage.contract, unmet);
  // what a macro needs is no promise of a gateway that must refuse it at this moment
  const own = hints !== undefined || isOwnReply(unmet, session, stage);
  return stopAt(line, { ...mismatch, own, hints, session });
}

/** Whether the line is a macro whose last reply, a refusal too, the next line asks about. */
export function isAskedNext({ next }: Stage, line: DialogueLine): boolean {
  return line.kind === 'macro' && awaitsReply(next) && next.session === line.session;
}

/** Whether a reply is the one that an open stage of its session waits for; if so the case has passed. */
export function meetsOpenStage(stage: Stage, label: number, reply: Reply): boolean {
  return stage.openStages.some((line) => {
    if (line.session !== label || utf8AsOctets(fillTemplate(line.reply, stage.values)) !== showReply(reply))
      return false;
    for (const rule of rulesOfMetReply(stage.contract, stage.about, line.rule, line.reply.text))
      stage.met.add(rule);
    return true;
  });
}

function defaultRule({ about, contract }: Stage, received: Received): Requirement {
  const reply = received.kind === 'reply' ? showReply(received.reply) : undefined;
  const rule = ruleOfUnmetReply({ contract, about, tag: undefined, expected: undefined, received: reply });
  return received.kind === 'reply' ? rule : ruleOfNoReply(contract, received, rule);
}
