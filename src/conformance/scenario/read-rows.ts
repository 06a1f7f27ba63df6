import type { ProviderWords } from '../../contract/words.ts';
import { checkVariables } from './check-dialogue.ts';
import type { Position } from './dialogue.ts';
import type { Problem } from './problem.ts';
import { readInstant } from './read-time.ts';
import { spreadGroups, type RecipientGroups } from './recipient-groups.ts';
import type { WantedRow } from './scenario.ts';
import type { HistoryFilter } from '../situation/history-filter.ts';
import { thenSchemasOf, historyColumns, type RowsFile } from './then-schema.ts';
import { suggest } from './suggest.ts';
import { readTemplate } from './template.ts';
import type { FilteredHistory } from './then-tags.ts';

/** The rows of a history, by recipient. */
export type WantedRows = ReadonlyMap<string, readonly WantedRow[]>;

/** Makes rows of what the schema has let through. */
export function rowsOf(history: Readonly<Record<string, RowsFile>>): WantedRows {
  return new Map(
    Object.entries(history).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value]).map((row): WantedRow => {
        if (typeof row === 'string') return { status: row, columns: new Map() };
        const columns = historyColumns.flatMap((column) => {
          const wanted = row[column];
          return wanted === undefined ? [] : [[column, readTemplate(String(wanted))] as const];
        });
        return { status: row.status, columns: new Map(columns) };
      }),
    ]),
  );
}

/** A problem for each variable in a column that is not known; all of them stand at the key. */
export function checkColumns(
  rows: WantedRows,
  known: readonly string[],
  position: Position,
): readonly Problem[] {
  return [...rows.values()]
    .flat()
    .flatMap(({ columns }) =>
      [...columns.values()].flatMap((template) => checkVariables(template, known, () => position)),
    );
}

/** Reads a key `history(status=…, from=…, to=…)` and the rows under it. */
export function readFilteredHistory(
  { key, value, position }: FilteredHistory,
  words: ProviderWords,
  groups: RecipientGroups,
): Problem | { readonly filter: HistoryFilter; readonly rows: WantedRows } {
  const wrong = (sentence: string): Problem => ({ code: 'unknown-word', sentence, position });
  const inside = /^history\((.*)\)$/.exec(key)?.[1];
  const parts = new Map((inside ?? '').split(',').map((part) => splitPart(part.trim())));
  const unknown = [...parts.keys()].find((part) => !['status', 'from', 'to'].includes(part));
  if (inside === undefined || unknown !== undefined) {
    return wrong(`"${key}" must be history(status=…, from=…, to=…), each of them once at most.`);
  }
  const named = parts.get('status');
  const emailStatuses = words.emailStatuses.map(({ name }) => name);
  const status = emailStatuses.find((candidate) => candidate === named);
  if (named !== undefined && status === undefined) {
    return wrong(
      `There is no status "${named}".${suggest(named, emailStatuses)} Statuses are ${emailStatuses.join(', ')}.`,
    );
  }
  const instants = [parts.get('from'), parts.get('to')].map((text) => text && (readInstant(text) ?? 'wrong'));
  if (instants.includes('wrong'))
    return wrong(`"${key}": an instant is written 2026-01-31T10:00:00Z, in UTC.`);
  const rows = thenSchemasOf(words).filteredHistory.safeParse(value);
  if (!rows.success)
    return wrong(`"${key}" needs a map from recipients to statuses: ${key}: { to: delivered }`);
  return {
    filter: { status, from: instants[0], to: instants[1] },
    rows: rowsOf(spreadGroups(rows.data, groups)),
  };
}

function splitPart(part: string): [string, string] {
  const equals = part.indexOf('=');
  return equals === -1 ? [part, ''] : [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
}
