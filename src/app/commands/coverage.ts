import { readFile } from 'node:fs/promises';
import { ruleCoverage, writeCoverage } from '../../conformance/report/coverage.ts';
import { readRunEvents } from '../../conformance/report/ndjson.ts';
import { missingReplies, replyMatrix, writeReplyMatrix } from '../../conformance/report/reply-matrix.ts';
import type { Settings } from '../settings.ts';
import { readScenarios } from '../read-scenarios.ts';

/** Prints which scenarios hold which rule; exit code 1 where a built rule is held by none. */
export async function coverageCommand(paths: readonly string[], settings: Settings): Promise<number> {
  const coverage = ruleCoverage(await readScenarios(paths, settings));
  settings.terminal.write(writeCoverage(coverage));
  return coverage.some((each) => each.isHole) ? 1 : 0;
}

/** Prints how often each documented reply came in each mode of a run; exit code 1 where one did not. */
export async function repliesCommand(record: string, settings: Settings): Promise<number> {
  const matrix = replyMatrix(readRunEvents(await readFile(record, 'utf8'), { file: record }));
  settings.terminal.write(writeReplyMatrix(matrix));
  return missingReplies(matrix).length > 0 ? 1 : 0;
}
