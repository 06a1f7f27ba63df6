import { OperationError } from '../control/operations.ts';

/** The number of a cursor, 0 where there is none; throws {@link OperationError} where it is no cursor. */
export function readNumberCursor(text: string | undefined): number {
  if (text === undefined) return 0;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new OperationError('bad-cursor', `"${text}" is no cursor; take the "next" of a page.`);
}

/** A page of at most `limit` entries out of one more than that, and the cursor of the next one. */
export function cutPage<Entry extends { readonly place: number }>(
  entries: readonly Entry[],
  limit: number,
): { readonly page: readonly Entry[]; readonly next: string | null } {
  const page = entries.slice(0, limit);
  const last = page.at(-1);
  return { page, next: entries.length > limit && last !== undefined ? String(last.place) : null };
}
