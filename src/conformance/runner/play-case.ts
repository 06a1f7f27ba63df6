import type { Contract } from '../../contract/contract.ts';
import { isOfSandbox, type Requirement } from '../../contract/requirement.ts';
import type { Finding } from '../result/finding.ts';
import { worstOutcome, type Outcome } from '../result/result.ts';
import type { CaseStarted, RunEvent } from '../result/run-event.ts';
import type { Position } from '../scenario/dialogue.ts';
import { splitCaseId } from '../scenario/case-id.ts';
import type { MatrixCase } from '../scenario/matrix.ts';
import { needsOf } from '../scenario/needs.ts';
import type { Situation, Target } from '../target/target.ts';
import { secretsOf } from './auth-lines.ts';
import type { CaseSession } from './case-session.ts';
import { brokenInvariants, joinEnd } from './broken-invariants.ts';
import { boundTranscript } from './bounded-transcript.ts';
import { valuesOf } from './case-values.ts';
import { endPolitely } from './end-sessions.ts';
import { openExcerpts } from './excerpts.ts';
import { cut, makeFinding } from './finding.ts';
import { observeEnd, type ObservedEnd } from './observe-end.ts';
import type { CaseMailbox } from './read-copies.ts';
import { playDialogue } from './play-dialogue.ts';
import type { Stage } from './stage.ts';
import type { Step, Unmet } from './stop.ts';
import { withinLimit } from './time-limit.ts';

/** What a case is played with. Times in milliseconds. */
export interface CaseContext {
  /** What the target is held to. */
  readonly contract: Contract;
  readonly target: Target;
  /** Where delivered mail is read; without one it is not observed. */
  readonly mailbox: CaseMailbox | undefined;
  readonly now: () => number;
  readonly replyTimeoutMs: number;
  /** How long a whole case may take; without it as long as its dialogue needs. */
  readonly caseTimeoutMs?: number | undefined;
  /** Whether only the dialogue is judged, and not what it leaves behind: for cases that ask whether a mode works at all. */
  readonly dialogueOnly?: boolean;
  readonly emit: (event: RunEvent) => void;
  /** The command that plays a case again, in the folder where the run was typed. */
  readonly again?: CommandOfCase | undefined;
}

/** The command that plays one case again; a built-in one is played by every run. */
export type CommandOfCase = (matrixCase: MatrixCase) => string;

/** How a case ended. */
export interface CaseResult {
  readonly outcome: Outcome;
  readonly why: string | undefined;
  readonly findings: readonly Finding[];
  /** Whether something could not be found out, beside what was found. */
  readonly hasErred: boolean;
  /** Whether the target was waited for in vain. */
  readonly wasSilent: boolean;
}

interface Verdict {
  readonly findings: readonly Finding[];
  /** Outcomes beside those of the findings. */
  readonly others: readonly Outcome[];
  readonly why: string | undefined;
  readonly met: ReadonlySet<Requirement>;
  readonly sends: number | undefined;
  /** Whether the target was waited for in vain. */
  readonly wasSilent: boolean;
}

/** Plays one case from its arrangement to its outcome; whatever goes wrong becomes the outcome and never throws. */
export async function playCase(context: CaseContext, matrixCase: MatrixCase): Promise<CaseResult> {
  const { emit, now } = context;
  const { id } = matrixCase;
  const began = now();
  emit(caseStarted(matrixCase, context.again));
  const late = new AbortController();
  const inTime: CaseContext = {
    ...context,
    emit: (event) => {
      if (!late.signal.aborted) emit(event);
    },
  };
  const verdict = await withinLimit(judge(inTime, matrixCase, late.signal), context.caseTimeoutMs, () => {
    late.abort();
    const why = `the case took longer than ${(context.caseTimeoutMs ?? 0) / 1000} s`;
    return { ...without('errored', why), wasSilent: true };
  });
  for (const finding of verdict.findings) emit({ kind: 'finding', case: id, finding });
  const outcome = worstOutcome([...verdict.findings.map((finding) => finding.outcome), ...verdict.others]);
  const costs = { ms: roundMs(now() - began), sends: verdict.sends };
  emit({ kind: 'case-finished', case: id, outcome, why: verdict.why, met: [...verdict.met], costs });
  const hasErred = verdict.others.includes('errored');
  return { outcome, why: verdict.why, findings: verdict.findings, hasErred, wasSilent: verdict.wasSilent };
}

/** The event that begins a case. */
export function caseStarted(matrixCase: MatrixCase, again?: CommandOfCase): CaseStarted {
  const { id, scenario, scenarioCase, mode, repeat } = matrixCase;
  const caseTitle = splitCaseId(scenarioCase.id).slug === undefined ? undefined : scenarioCase.title;
  return {
    kind: 'case-started',
    case: id,
    group: scenarioCase.id,
    scenario: scenario.id,
    title: scenario.title,
    caseTitle,
    about: scenarioCase.about,
    mode,
    file: scenario.file,
    line: scenarioCase.position.line,
    dialogue: sourceLines(scenarioCase.dialogue),
    ending: sourceLines(scenarioCase.ending),
    ...(again === undefined ? {} : { again: again(matrixCase) }),
    ...(repeat === undefined ? {} : { repeat }),
  };
}

/** Lines as the file has them, each once: several keys of `then` may share one. */
function sourceLines(
  lines: readonly { readonly position: Position; readonly source: string }[],
): CaseStarted['dialogue'] {
  const byLine = new Map(lines.map(({ position, source }) => [position.line, source]));
  return [...byLine].map(([line, source]) => ({ line, source }));
}

async function judge(context: CaseContext, matrixCase: MatrixCase, tooLate: AbortSignal): Promise<Verdict> {
  const { scenario, scenarioCase } = matrixCase;
  if (scenario.withdrawn !== undefined) {
    return without('withdrawn', `${scenario.withdrawn.why} (since ${scenario.withdrawn.since})`);
  }
  if (!context.target.declaresChoices && isOfSandbox(scenarioCase.about)) {
    return without('skipped', 'a rule of the sandbox is not held against another gateway');
  }
  let verdict: Verdict | undefined;
  try {
    const arranged = await context.target.arrange(needsOf(scenario, scenarioCase));
    if (arranged.kind === 'not-arranged') return without('not-arranged', arranged.missing);
    await using situation = arranged.situation;
    if (tooLate.aborted) return without('errored', 'nobody waits for this case any more');
    verdict = await playIn(context, matrixCase, situation, tooLate);
    return verdict;
  } catch (error) {
    // what was found stays found, even where the situation cannot be cleared away
    return verdict === undefined
      ? without('errored', showError(error))
      : alsoErrored(verdict, showError(error));
  }
}

function alsoErrored(verdict: Verdict, error: string): Verdict {
  const why = verdict.why === undefined ? error : `${verdict.why}, ${error}`;
  return { ...verdict, others: [...verdict.others, 'errored'], why };
}

async function playIn(
  context: CaseContext,
  matrixCase: MatrixCase,
  situation: Situation,
  tooLate: AbortSignal,
): Promise<Verdict> {
  const { scenario, scenarioCase, mode, id } = matrixCase;
  const transcript = boundTranscript((event) => {
    context.emit({ kind: 'wire', case: id, ...event, t: roundMs(event.t), ...playedLine(stage) });
  });
  const stage: Stage = {
    about: scenarioCase.about,
    mode,
    messages: scenario.messages,
    situation,
    given: scenario.given,
    dialogue: scenarioCase.dialogue,
    maintenance: false,
    contract: context.contract,
    declaresChoices: context.target.declaresChoices,
    replyTimeoutMs: context.replyTimeoutMs,
    now: context.now,
    record: (event) => transcript.record(event),
    note: (text) => transcript.note(text),
    heard: (session, isNotable) => {
      transcript.heard(session);
      if (isNotable && stage.playing !== undefined) excerpts.keep(stage.playing.position.line);
      context.emit({ kind: 'heard', case: id, session, ...playedLine(stage) });
    },
    handshake: (session, servername, handshake) => {
      context.emit({ kind: 'tls', case: id, session, ...playedLine(stage), servername, handshake });
    },
    playing: undefined,
    next: undefined,
    values: valuesOf(situation, scenario.vars),
    sessions: new Map(),
    allSessions: [],
    met: new Set(),
    openStages: [],
    unreachable: false,
    clockMs: Date.parse(scenario.given.clock),
    changes: [],
    stockMessages: 0,
  };
  const excerpts = openExcerpts(transcript, stage.allSessions);
  using sessions = disposing(stage.allSessions);
  tooLate.addEventListener('abort', () => sessions[Symbol.dispose]());
  const stop = await playDialogue(stage, scenarioCase.dialogue);
  stage.playing = undefined;
  if (stop?.kind === 'not-arranged') return without('not-arranged', stop.missing);
  const toFinding = (unmet: Unmet, wire: readonly string[]) =>
    makeFinding(unmet, {
      file: scenario.file,
      contract: context.contract,
      declaresChoices: context.target.declaresChoices,
      wire,
      secrets: secretsOf(situation),
    });
  // what the wire shows at the moment of the finding, not after the goodbyes
  const first = stop?.kind === 'unmet' ? toFinding(stop.unmet, excerpts.now()) : undefined;
  if (stop === undefined || stop.kind === 'ended') await endPolitely(stage);
  transcript.end();
  const end = await tryToObserve(context.mailbox, matrixCase, stage, stop);
  const broken = brokenInvariants(
    matrixCase,
    stage,
    stop,
    context.dialogueOnly === true ? { ...end, observation: undefined, readBack: [] } : end,
  );
  const later = joinEnd(broken, end.unmet).flatMap(
    (unmet) => toFinding(unmet, excerpts.at(unmet.position.line)) ?? [],
  );
  const others: readonly Outcome[] = [
    ...(end.error === undefined ? [] : (['errored'] as const)),
    ...(end.missing.length > 0 ? (['not-observed'] as const) : []),
  ];
  const why = [...(end.error === undefined ? [] : [end.error]), ...end.missing].join(', ');
  const isPassed = first === undefined && later.length === 0 && others.length === 0;
  // what did not pass is left for whoever looks into it
  if (isPassed && situation.ownsAddresses === true) {
    context.mailbox?.forget?.([...situation.recipients.values(), situation.sender]);
  }
  return {
    findings: first === undefined ? later : [first, ...later],
    others,
    why: why === '' ? undefined : why,
    met: stage.met,
    sends: end.observation?.charged,
    wasSilent: stage.unreachable || stage.allSessions.some((session) => session.wasSilent),
  };
}

/** What was found stays found, even where the end cannot be read. */
async function tryToObserve(
  mailbox: CaseMailbox | undefined,
  matrixCase: MatrixCase,
  stage: Stage,
  stop: Step,
): Promise<ObservedEnd & { readonly error: string | undefined }> {
  const nothing: ObservedEnd = {
    submissions: [],
    observation: undefined,
    unmet: [],
    missing: [],
    copies: undefined,
  };
  if (stop?.kind === 'errored') return { ...nothing, error: stop.why };
  try {
    return { ...(await observeEnd(mailbox, matrixCase, stage, stop)), error: undefined };
  } catch (error) {
    return { ...nothing, error: showError(error) };
  }
}

function playedLine({ playing }: Stage): { readonly line?: number } {
  return playing === undefined ? {} : { line: playing.position.line };
}

/** Milliseconds to the microsecond: more digits tell nothing. */
function roundMs(ms: number): number {
  return Math.max(0, Math.round(ms * 1000) / 1000);
}

function disposing(sessions: readonly CaseSession[]): Disposable {
  return {
    [Symbol.dispose]() {
      for (const session of sessions) session[Symbol.dispose]();
    },
  };
}

function showError(error: unknown): string {
  // what went wrong first, not that clearing away went wrong too
  if (error instanceof SuppressedError) return showError(error.suppressed);
  return cut(error instanceof Error ? error.message : String(error));
}

function without(outcome: Outcome, why: string): Verdict {
  return {
    findings: [],
    others: [outcome],
    why: cut(why),
    met: new Set(),
    sends: undefined,
    wasSilent: false,
  };
}
