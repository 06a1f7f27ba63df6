import type { Context } from 'hono';
import { stream } from 'hono/streaming';
import type { Email } from '../../control-api/history-schemas.ts';

const columns = [
  'time',
  'status',
  'reason',
  'recipient',
  'sender',
  'subject',
  'messageId',
  'size',
  'connection',
  'id',
] as const satisfies readonly (keyof Email)[];

/** A row of a table (RFC 4180): every field in quotes where it needs them, CRLF at the end. */
export function csvLine(fields: readonly (string | number | null)[]): string {
  return `${fields.map((field) => csvField(field)).join(',')}\r\n`;
}

/**
 * A field that no spreadsheet takes for a formula: a text that begins with a sign which one begins with gets an
 * apostrophe before it. Who sends a mail chooses its subject.
 */
function csvField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[\s\0]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Answers with a table that is written page by page, each after the reader has taken the one before. */
export function streamTable(c: Context, name: string, pages: AsyncIterable<readonly Email[]>): Response {
  c.header('content-type', 'text/csv; charset=utf-8; header=present');
  c.header('content-disposition', `attachment; filename="${name}"`);
  return stream(c, async (to) => {
    await to.write(csvLine(columns));
    for await (const page of pages) {
      if (to.aborted) return;
      await to.write(page.map((email) => csvLine(columns.map((column) => email[column]))).join(''));
    }
  });
}
