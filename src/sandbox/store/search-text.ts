import type { DatabaseSync } from 'node:sqlite';

/** The form in which texts are compared when something is looked for: without letter case and compatibility forms. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Teaches a database `fold_text(text)`, which is {@link foldText}. */
export function teachFolding(database: DatabaseSync): void {
  database.function('fold_text', { deterministic: true }, (text) => foldText(String(text)));
}
