import type { Command } from 'commander';
import { reportKinds } from '../conformance/report/report-kinds.ts';
import { reportCommand } from './commands/report.ts';
import { parseReports } from './report-files.ts';
import { collect } from './options.ts';
import type { Settings } from './settings.ts';

/** Adds `gauntlet report`. */
export function addReport(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  program
    .command('report')
    .description('Make reports of runs that are over, from their records; several records are one run')
    .argument('<records...>', 'files that `gauntlet run` wrote as ndjson')
    .option(
      '--report <kind=path>',
      `${reportKinds.join(', ')}; the path - is the standard output; may be given several times`,
      collect,
      [],
    )
    .option('--compare <file>', 'the record of an earlier run, to tell what is new and what is gone')
    .option('--mutants <file>', 'reports/mutants.json: wrong gateways, and which scenario sees each')
    .option('--unfinished', 'report what there is, where a record breaks off', false)
    .action(async (records: readonly string[], given: ReportTexts) => {
      const { compare, mutants, unfinished } = given;
      const reports = parseReports(given.report);
      done(await reportCommand({ records, reports, compare, mutants, unfinished }, settings));
    });
}

interface ReportTexts {
  readonly report: readonly string[];
  readonly compare?: string;
  readonly mutants?: string;
  readonly unfinished: boolean;
}
