import type { RunEvent } from '../result/run-event.ts';
import type { MutantRow } from './mutant-rows.ts';

/** What a report is made from. */
export interface ReportInput {
  readonly events: readonly RunEvent[];
  /** An earlier run, to compare with. */
  readonly before?: readonly RunEvent[] | undefined;
  /** Wrong gateways and what caught them, for the traceability of the HTML page. */
  readonly mutants?: readonly MutantRow[] | undefined;
}
