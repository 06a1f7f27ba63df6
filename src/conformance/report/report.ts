/**
 * Reports: each a function of the events of a run, and of nothing else. They decide nothing: what a case came to was
 * decided when it was played.
 */
import { noContract, recordedRuleOf, type Mode, type RecordedContract } from '../result/recorded-contract.ts';
import type { ExplainedFinding } from '../result/show-held-rule.ts';
import { worstOutcome, type Outcome } from '../result/result.ts';
import type { CaseFinished, CaseStarted, RunEvent, RunFinished, RunStarted } from '../result/run-event.ts';

/** One case in one mode, with all that a run tells of it. */
export interface ReportedCase {
  readonly started: CaseStarted;
  /** `undefined` where the run broke off before it ended. */
  readonly finished: CaseFinished | undefined;
  readonly findings: readonly ReportedFinding[];
  readonly wire: readonly Extract<RunEvent, { kind: 'wire' }>[];
  /** Wire, replies read and handshakes, in the order in which they happened. */
  readonly trace: readonly TraceEvent[];
}

/** A finding with the sentence of its rule, and whether the run's baseline knew it. */
export type ReportedFinding = ExplainedFinding & { readonly known?: boolean };

/** What happened in a case's sessions. */
export type TraceEvent = Extract<RunEvent, { kind: 'wire' | 'heard' | 'tls' }>;

/** A run as reports see it. Cases stand in the order of their files, and within one in the order of its lines. */
export interface ReportedRun {
  readonly started: RunStarted | undefined;
  /** What the target was held to. */
  readonly contract: RecordedContract;
  readonly finished: RunFinished | undefined;
  readonly cases: readonly ReportedCase[];
  /** The modes in which anything was played, in the order of the contract. */
  readonly modes: readonly Mode[];
}

/** The same case in its modes: one line of an outline. */
export interface CaseGroup {
  readonly group: string;
  /** In each mode the worst of its repeats. */
  readonly cases: ReadonlyMap<Mode, ReportedCase>;
  /** In each mode all repeats, in the order in which they began; one where none was asked for. */
  readonly repeats: ReadonlyMap<Mode, readonly ReportedCase[]>;
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

/** The case with the worst outcome, the first of equals. */
export function worstCase(cases: readonly ReportedCase[]): ReportedCase | undefined {
  const worst = worstOutcome(cases.map(outcomeOf));
  return cases.find((one) => outcomeOf(one) === worst);
}

/** Gathers the events of a run; cases were played side by side, and their events come mixed. */
export function gatherRun(events: readonly RunEvent[]): ReportedRun {
  const started = events.find((event) => event.kind === 'run-started');
  const contract = started?.contract ?? noContract;
  const byCase = Map.groupBy(events, (event) => ('case' in event ? event.case : ''));
  const cases = [...byCase].flatMap(([id, own]): readonly ReportedCase[] => {
    const begun = own.find((event) => event.kind === 'case-started');
    if (id === '' || begun === undefined) return [];
    return [
      {
        started: begun,
        finished: own.find((event) => event.kind === 'case-finished'),
        findings: own.flatMap((event) => (event.kind === 'finding' ? [reportFinding(event, contract)] : [])),
        wire: own.filter((event) => event.kind === 'wire'),
        trace: own.filter((event) => event.kind === 'wire' || event.kind === 'heard' || event.kind === 'tls'),
      },
    ];
  });
  const used = new Set(cases.map(({ started: { mode } }) => mode));
  const order = new Intl.Collator('en', { numeric: true });
  return {
    started,
    contract,
    modes: [
      ...contract.modes.filter((mode) => used.has(mode)),
      ...[...used].filter((mode) => !contract.modes.includes(mode)),
    ],
    finished: events.find((event) => event.kind === 'run-finished'),
    cases: cases.toSorted(
      ({ started: a }, { started: b }) =>
        order.compare(a.scenario, b.scenario) || a.line - b.line || order.compare(a.group, b.group),
    ),
  };
}

function reportFinding(
  { finding, known }: Extract<RunEvent, { kind: 'finding' }>,
  contract: RecordedContract,
): ReportedFinding {
  const statement = recordedRuleOf(contract, finding.rule)?.statement ?? '';
  return known === true ? { ...finding, statement, known } : { ...finding, statement };
}

/** Whether all that failed in a case was known beforehand. */
export function isKnown(reported: ReportedCase): boolean {
  const failed = reported.findings.filter(({ outcome }) => outcome === 'failed');
  return outcomeOf(reported) === 'failed' && failed.every(({ known }) => known === true);
}

/**
 * Groups the cases of a run that differ in their mode alone, the modes in the order of the contract; of several repeats the
 * worst stands for all.
 */
export function groupCases({ cases, modes }: ReportedRun): readonly CaseGroup[] {
  return [...Map.groupBy(cases, ({ started }) => started.group)].flatMap(([group, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    const inOrder = own.toSorted(
      ({ started: a }, { started: b }) => modes.indexOf(a.mode) - modes.indexOf(b.mode),
    );
    const repeats = Map.groupBy(inOrder, (one) => one.started.mode);
    const worst = [...repeats].flatMap(([mode, several]) => {
      const one = worstCase(several);
      return one === undefined ? [] : [[mode, one] as const];
    });
    return [{ group, first, repeats, cases: new Map(worst) }];
  });
}
