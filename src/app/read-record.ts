import { readRunEvents, type RecordOptions } from '../conformance/report/ndjson.ts';
import { recordContract } from '../conformance/result/recorded-contract.ts';
import type { RunEvent } from '../conformance/result/run-event.ts';
import { providers } from './providers.ts';

/** What records were held to before they named their contract: there was one. */
export const formerContract = recordContract(providers[0].contract);

/** Reads a run's record back, of this form or the one before; see {@link readRunEvents}. */
export function readRecord(text: string, options: Omit<RecordOptions, 'former'>): readonly RunEvent[] {
  return readRunEvents(text, { ...options, former: formerContract });
}
