import { readRecord } from './read-record.ts';
import { readInputFile } from './read-input-file.ts';
import { UsageError } from './usage-error.ts';

/**
 * The ids of the cases that failed or could not be judged in the run of a record, each once and without the number of its
 * repeat; a case that the run broke off is one of them. Throws {@link UsageError} where there is no such record.
 */
export async function readLastFailed(record: string): Promise<readonly string[]> {
  const text = await readInputFile(record).catch((fault: unknown) => {
    const why = fault instanceof Error ? fault.message : String(fault);
    throw new UsageError(`--last-failed needs the record of the last run: ${why} Run once without it.`);
  });
  const bad = new Set<string>();
  for (const event of readRecord(text, { file: record, unfinished: true })) {
    if (event.kind === 'case-started') bad.add(event.case);
    if (event.kind === 'case-finished' && event.outcome !== 'failed' && event.outcome !== 'errored')
      bad.delete(event.case);
  }
  return [...new Set([...bad].map((id) => id.replace(/ ~\d+$/, '')))];
}
