import { readFile } from 'node:fs/promises';
import { UsageError } from './usage-error.ts';

/** Reads a file that somebody named; throws {@link UsageError} where it cannot be read. */
export async function readInputFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (fault) {
    throw new UsageError(
      `${file} cannot be read: ${fault instanceof Error ? fault.message : String(fault)}.`,
    );
  }
}
