import { mergeRuns, type NamedRun } from '../../conformance/report/merge-runs.ts';
import { readMutantRows } from '../../conformance/report/mutant-rows.ts';
import { readRecord } from '../read-record.ts';
import type { ReportInput } from '../../conformance/report/report-input.ts';
import { writeTerminalReport } from '../../conformance/report/terminal.ts';
import { readInputFile } from '../read-input-file.ts';
import { besideReports } from '../report-output.ts';
import { openReports, type WantedReport } from '../report-files.ts';
import type { Settings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

/** What `gauntlet report` was asked. */
export interface ReportRequest {
  /** Records of runs; several are merged. */
  readonly records: readonly string[];
  /** The terminal's, where nothing is wanted. */
  readonly reports: readonly WantedReport[];
  /** The record of an earlier run. */
  readonly compare: string | undefined;
  /** The table of wrong gateways. */
  readonly mutants: string | undefined;
  /** Whether records that break off will do. */
  readonly unfinished: boolean;
}

/** Makes reports of runs that are over. Their findings are no fault of this command: it ends with 0. */
export async function reportCommand(request: ReportRequest, settings: Settings): Promise<number> {
  const { talk, output } = besideReports(settings, request.reports);
  const input = await readInput(request);
  const { terminal } = talk;
  if (request.reports.length === 0) {
    const columns = Math.min(terminal.columns, 140);
    terminal.write(writeTerminalReport(input.events, { colour: terminal.colour, columns }));
    return 0;
  }
  await using files = await openReports(request.reports, output, 'over');
  await files.finish(input);
  return 0;
}

async function readInput({ records, compare, mutants, unfinished }: ReportRequest): Promise<ReportInput> {
  const [first, ...others] = await Promise.all(records.map((file) => readRun(file, unfinished)));
  if (first === undefined) throw new UsageError('Name the record of a run, as reports/run.ndjson.');
  return {
    events: mergeRuns([first, ...others]),
    before: compare === undefined ? undefined : (await readRun(compare, unfinished)).events,
    mutants: mutants === undefined ? undefined : readMutantRows(await readInputFile(mutants), mutants),
  };
}

async function readRun(file: string, unfinished: boolean): Promise<NamedRun> {
  return { file, events: readRecord(await readInputFile(file), { file, unfinished }) };
}
