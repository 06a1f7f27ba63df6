import { ClientCheckError } from '../conformance/clients/check-client.ts';
import { DataFolderError } from '../sandbox/data-folder.ts';
import { MailboxError } from '../mailbox/mailbox-error.ts';
import { MissingPageError } from '../conformance/report/built-page.ts';
import { RecordError } from '../conformance/report/record-error.ts';
import { TargetError } from '../conformance/target/target.ts';
import { UsageError } from './usage-error.ts';

/** A fault as a person reads it: expected ones as their sentence, a bug with its stack, since it wants reporting. */
export function showFault(fault: unknown): string {
  const isExpected = [
    UsageError,
    MailboxError,
    TargetError,
    MissingPageError,
    RecordError,
    ClientCheckError,
    DataFolderError,
  ].some((kind) => fault instanceof kind);
  if (isExpected && fault instanceof Error) return `gauntlet: ${fault.message}`;
  if (isSystemError(fault) && fault.code === 'EADDRINUSE') {
    return `gauntlet: something else listens there already (${fault.message}). Choose another number for the port; 0 is any free one.`;
  }
  if (isSystemError(fault)) return `gauntlet: ${fault.message}`;
  return `gauntlet met a fault of its own; please report it.\n${fault instanceof Error ? fault.stack : String(fault)}`;
}

function isSystemError(fault: unknown): fault is NodeJS.ErrnoException {
  return fault instanceof Error && 'syscall' in fault;
}
