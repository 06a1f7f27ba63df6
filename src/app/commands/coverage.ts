import { readFile } from 'node:fs/promises';
import {
  requirementCoverage,
  ruleCoverage,
  writeCoverage,
  writeProof,
} from '../../conformance/coverage/coverage.ts';
import {
  dimensionCoverage,
  emptyCells,
  writeDimensions,
} from '../../conformance/coverage/dimensions/dimension-coverage.ts';
import { readExploredRules } from '../../conformance/coverage/explored-rules.ts';
import { readMutantRows } from '../../conformance/report/mutant-rows.ts';
import type { Contract } from '../../contract/contract.ts';
import { readRecord } from '../read-record.ts';
import { missingReplies, replyMatrix, writeReplyMatrix } from '../../conformance/coverage/reply-matrix.ts';
import type { Settings } from '../settings.ts';
import { readInputFile } from '../read-input-file.ts';
import { readScenarios } from '../read-scenarios.ts';

/** Prints which scenarios hold which rule; exit code 1 where a rule is held by none. */
export async function coverageCommand(
  paths: readonly string[],
  contract: Contract,
  settings: Settings,
): Promise<number> {
  const scenarios = await readScenarios(paths, settings, contract);
  const coverage = ruleCoverage(contract, scenarios);
  settings.terminal.write(writeCoverage(coverage, requirementCoverage(scenarios)));
  return coverage.some((each) => each.isHole) ? 1 : 0;
}

/** Prints in which dimensions scenarios hold each rule, and the empty cells; exit code 1 where there is one. */
export async function dimensionsCommand(
  paths: readonly string[],
  contract: Contract,
  settings: Settings,
): Promise<number> {
  const coverage = dimensionCoverage(contract, await readScenarios(paths, settings, contract));
  settings.terminal.write(writeDimensions(coverage));
  return emptyCells(coverage) > 0 ? 1 : 0;
}

/** The files of a proof: wrong gateways, and what generated sessions came through. */
export interface ProofFiles {
  readonly mutants: string | undefined;
  readonly explored: string | undefined;
}

/** Prints rule by rule what scenarios, generated sessions and wrong gateways say of it; exit code 1 where one has a hole. */
export async function proofCommand(
  paths: readonly string[],
  { mutants, explored }: ProofFiles,
  contract: Contract,
  settings: Settings,
): Promise<number> {
  const coverage = ruleCoverage(contract, await readScenarios(paths, settings, contract));
  const rows = mutants === undefined ? [] : readMutantRows(await readInputFile(mutants), mutants);
  const reached = explored === undefined ? [] : readExploredRules(await readInputFile(explored), explored);
  settings.terminal.write(writeProof(coverage, reached, rows));
  return coverage.some((each) => each.isHole) ? 1 : 0;
}

/** Prints how often each documented reply came in each mode of a run; exit code 1 where one did not. */
export async function repliesCommand(
  record: string,
  contract: Contract,
  settings: Settings,
): Promise<number> {
  const matrix = replyMatrix(contract, readRecord(await readFile(record, 'utf8'), { file: record }));
  settings.terminal.write(writeReplyMatrix(contract, matrix));
  return missingReplies(matrix).length > 0 ? 1 : 0;
}
