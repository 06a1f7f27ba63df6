/**
 * Reports: each a function of the events of a run, and of nothing else. They decide nothing: what a case came to was
 * decided when it was played.
 */
import type { Mode } from '../../contract/modes.ts';
import type { Finding } from '../result/finding.ts';
import type { Outcome } from '../result/result.ts';
import type { CaseFinished, CaseStarted, RunEvent, RunFinished, RunStarted } from '../result/run-event.ts';

/** One case in one mode, with all that a run tells of it. */
export interface ReportedCase {
  readonly started: CaseStarted;
  /** `undefined` where the run broke off before it ended. */
  readonly finished: CaseFinished | undefined;
  readonly findings: readonly Finding[];
  readonly wire: readonly Extract<RunEvent, { kind: 'wire' }>[];
}

/** A run as reports see it. Cases stand in the order of their ids' groups, and within one in the order they began. */
export interface ReportedRun {
  readonly started: RunStarted | undefined;
  readonly finished: RunFinished | undefined;
  readonly cases: readonly ReportedCase[];
}

/** The same case in its modes: one line of an outline. */
export interface CaseGroup {
  readonly group: string;
  readonly cases: ReadonlyMap<Mode, ReportedCase>;
  readonly first: ReportedCase;
}

/** The title of a case: its file's, and its own where the file has several. */
export function titleOf({ title, caseTitle }: CaseStarted): string {
  return caseTitle === undefined ? title : `${title}: ${caseTitle}`;
}

/** What became of a case; one that the run broke off was never judged. */
export function outcomeOf({ finished }: ReportedCase): Outcome {
  return finished?.outcome ?? 'errored';
}

/** Gathers the events of a run; cases were played side by side, and their events come mixed. */
export function gatherRun(events: readonly RunEvent[]): ReportedRun {
  const byCase = Map.groupBy(events, (event) => ('case' in event ? event.case : ''));
  const cases = [...byCase].flatMap(([id, own]): readonly ReportedCase[] => {
    const started = own.find((event) => event.kind === 'case-started');
    if (id === '' || started === undefined) return [];
    return [
      {
        started,
        finished: own.find((event) => event.kind === 'case-finished'),
        findings: own.flatMap((event) => (event.kind === 'finding' ? [event.finding] : [])),
        wire: own.filter((event) => event.kind === 'wire'),
      },
    ];
  });
  const order = new Intl.Collator('en', { numeric: true });
  return {
    started: events.find((event) => event.kind === 'run-started'),
    finished: events.find((event) => event.kind === 'run-finished'),
    cases: cases.toSorted((a, b) => order.compare(a.started.group, b.started.group)),
  };
}

/** Groups the cases that differ in their mode alone. */
export function groupCases(cases: readonly ReportedCase[]): readonly CaseGroup[] {
  return [...Map.groupBy(cases, ({ started }) => started.group)].flatMap(([group, own]) => {
    const [first] = own;
    return first === undefined
      ? []
      : [{ group, first, cases: new Map(own.map((one) => [one.started.mode, one])) }];
  });
}
