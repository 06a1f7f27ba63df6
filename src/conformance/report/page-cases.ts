import type { Mode } from '../result/recorded-contract.ts';
import { isOwnRequirement } from '../result/requirement-schema.ts';
import type { CaseStarted } from '../result/run-event.ts';
import { escapeControls } from './escape-controls.ts';
import type { PageCase, PageFinding, PageGroup, PageLine, PageTrace } from './page-data.ts';
import {
  isKnown,
  outcomeOf,
  titleOf,
  type ReportedCase,
  type ReportedFinding,
  type ReportedRun,
  type TraceEvent,
} from './report.ts';

/** The cases as the HTML page takes them, what is the same in all modes once. */
export function buildPageCases(
  { cases }: ReportedRun,
  used: readonly Mode[],
): { readonly groups: readonly PageGroup[]; readonly cases: readonly PageCase[] } {
  const groups: PageGroup[] = [];
  const indexOf = new Map<string, number>();
  const built = cases.map((reported) => {
    const { group } = reported.started;
    const known = indexOf.get(group);
    if (known === undefined) {
      indexOf.set(group, groups.length);
      groups.push(buildGroup(reported.started));
    }
    return buildCase(reported, known ?? groups.length - 1, used);
  });
  return { groups, cases: built };
}

function buildGroup(started: CaseStarted): PageGroup {
  const { group, about, file, line, dialogue, ending } = started;
  return {
    id: escapeControls(group),
    title: escapeControls(titleOf(started)),
    about,
    file: escapeControls(file),
    line,
    dialogue: dialogue.map(buildLine),
    ending: ending.map(buildLine),
  };
}

function buildLine({ line, source }: CaseStarted['dialogue'][number]): PageLine {
  return [line, escapeControls(source)];
}

function buildCase(reported: ReportedCase, group: number, used: readonly Mode[]): PageCase {
  const { started, finished, findings, trace } = reported;
  const why = finished === undefined ? 'the run broke off' : finished.why;
  return {
    id: escapeControls(started.case),
    group,
    mode: used.indexOf(started.mode),
    repeat: started.repeat,
    outcome: outcomeOf(reported),
    known: isKnown(reported) ? true : undefined,
    why: why === undefined ? undefined : escapeControls(why),
    ms: finished?.costs.ms,
    sends: finished?.costs.sends,
    again: started.again === undefined ? undefined : escapeControls(started.again),
    findings: findings.length === 0 ? undefined : findings.map(buildFinding),
    trace: trace.flatMap(buildTrace),
  };
}

function buildFinding(finding: ReportedFinding): PageFinding {
  const { rule, outcome, line, column, source, expected, received, message, known, own } = finding;
  return {
    rule,
    outcome,
    line,
    column,
    source: escapeControls(source),
    expected: escapeControls(expected, 'line feeds'),
    received: escapeControls(received, 'line feeds'),
    message: escapeControls(message),
    known,
    own,
    // a rule that speaks of the moment is shown as such
    hints: isOwnRequirement(rule) ? finding.hints : undefined,
  };
}

/** Octets stay as they are: the page shows them, line ends and all, and escapes them itself. */
function buildTrace(event: TraceEvent): readonly PageTrace[] {
  const { session, line = 0 } = event;
  switch (event.kind) {
    case 'wire':
      return [
        ...(event.octets === ''
          ? []
          : [[event.direction, session, line, event.t, event.tls ? 1 : 0, event.octets] as const]),
        ...(event.cut === undefined ? [] : [['x', session, line, event.cut] as const]),
      ];
    case 'heard':
      return [['h', session, line]];
    case 'tls':
      return [['t', session, line, escapeControls(event.servername), event.handshake]];
  }
}
