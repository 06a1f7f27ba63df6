import { emailStatuses, type EmailStatus } from '../../contract/vocabulary.ts';
import type { Problem } from './problem.ts';
import { readInstant } from './read-time.ts';
import { allDays, type DeliveredCopies, type HistoryFilter, type ThenExpectation } from './scenario.ts';
import { filteredHistorySchema, type ThenFile } from './schema.ts';
import { suggest } from './suggest.ts';
import type { FilteredHistory, ThenExtras } from './then-tags.ts';
import { keyPosition, type YamlPath, type YamlSource } from './yaml-source.ts';

/** A `then` as expectations, in the order of the file, and what is wrong with the names in it. */
export interface ParsedThen {
  readonly expectations: readonly ThenExpectation[];
  readonly problems: readonly Problem[];
}

/** Makes expectations of what the schema has let through; `names` are the recipients and messages of the file. */
export function parseThen(
  source: YamlSource,
  path: YamlPath,
  then: ThenFile,
  extras: ThenExtras,
  names: { readonly recipients: readonly string[]; readonly messages: readonly string[] },
): ParsedThen {
  const lines = source.text.split('\n');
  const place = (position: { line: number; column: number }, key: string) => ({
    position,
    source: (lines[position.line - 1] ?? '').trim(),
    rule: extras.tags.get(key),
  });
  const at = (key: string) => place(keyPosition(source, [...path, key]), key);
  const expectations: ThenExpectation[] = [];
  const problems: Problem[] = [...extras.problems];
  if (then.charged !== undefined)
    expectations.push({ kind: 'charged', sends: then.charged, ...at('charged') });
  if (then.balance !== undefined)
    expectations.push({ kind: 'balance', sends: then.balance, ...at('balance') });
  if (then.delivered !== undefined) {
    const copies = new Map(Object.entries(then.delivered).map(([name, value]) => [name, copiesOf(value)]));
    expectations.push({ kind: 'delivered', copies, ...at('delivered') });
    problems.push(...unknownNames(source, [...path, 'delivered'], [...copies.keys()], names.recipients));
    for (const [name, wanted] of copies) {
      if (wanted.kind === 'messages')
        problems.push(...unknownMessages(source, [...path, 'delivered', name], wanted.names, names.messages));
    }
  }
  if (then.history !== undefined) {
    const rows = rowsOf(then.history);
    expectations.push({ kind: 'history', filter: undefined, rows, ...at('history') });
    problems.push(...unknownNames(source, [...path, 'history'], [...rows.keys()], names.recipients));
  }
  for (const filtered of extras.filtered) {
    const read = readFiltered(filtered, names.recipients);
    if ('sentence' in read) problems.push(read);
    else expectations.push({ kind: 'history', ...read, ...place(filtered.position, filtered.key) });
  }
  if (then.statistics !== undefined)
    expectations.push({ kind: 'statistics', days: daysOf(then.statistics), ...at('statistics') });
  if (then.status !== undefined) expectations.push({ kind: 'status', status: then.status, ...at('status') });
  if (then.suppressed !== undefined) {
    expectations.push({ kind: 'suppressed', names: then.suppressed, ...at('suppressed') });
    const unknown = then.suppressed.filter((name) => !names.recipients.includes(name));
    const position = keyPosition(source, [...path, 'suppressed']);
    problems.push(...unknown.map((name) => unknownRecipient(name, names.recipients, position)));
  }
  return {
    expectations: expectations.toSorted(
      ({ position: left }, { position: right }) => left.line - right.line || left.column - right.column,
    ),
    problems,
  };
}

function copiesOf(value: string | readonly string[]): DeliveredCopies {
  if (value === 'as sent') return { kind: 'as-sent' };
  return { kind: 'messages', names: typeof value === 'string' ? [value] : value };
}

function rowsOf(
  history: Readonly<Record<string, EmailStatus | readonly EmailStatus[]>>,
): ReadonlyMap<string, readonly EmailStatus[]> {
  return new Map(
    Object.entries(history).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
  );
}

function daysOf(
  statistics: NonNullable<ThenFile['statistics']>,
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const entries = Object.entries(statistics);
  const flat = entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  if (flat.length > 0) return new Map([[allDays, new Map(flat)]]);
  return new Map(
    entries.map(([day, counts]) => [day, new Map(typeof counts === 'object' ? Object.entries(counts) : [])]),
  );
}

function readFiltered(
  { key, value, position }: FilteredHistory,
  recipients: readonly string[],
): Problem | { readonly filter: HistoryFilter; readonly rows: ReadonlyMap<string, readonly EmailStatus[]> } {
  const wrong = (sentence: string): Problem => ({ code: 'unknown-word', sentence, position });
  const inside = /^history\((.*)\)$/.exec(key)?.[1];
  const parts = new Map((inside ?? '').split(',').map((part) => splitPart(part.trim())));
  const unknown = [...parts.keys()].find((part) => !['status', 'from', 'to'].includes(part));
  if (inside === undefined || unknown !== undefined) {
    return wrong(`"${key}" must be history(status=…, from=…, to=…), each of them once at most.`);
  }
  const named = parts.get('status');
  const status = emailStatuses.find((candidate) => candidate === named);
  if (named !== undefined && status === undefined) {
    return wrong(`There is no status "${named}".${suggest(named, emailStatuses)}`);
  }
  const instants = [parts.get('from'), parts.get('to')].map((text) => text && (readInstant(text) ?? 'wrong'));
  if (instants.includes('wrong'))
    return wrong(`"${key}": an instant is written 2026-01-31T10:00:00Z, in UTC.`);
  const rows = filteredHistorySchema.safeParse(value);
  if (!rows.success) return wrong(`"${key}" needs a map from recipients to statuses.`);
  const name = Object.keys(rows.data).find((candidate) => !recipients.includes(candidate));
  if (name !== undefined) return unknownRecipient(name, recipients, position);
  return { filter: { status, from: instants[0], to: instants[1] }, rows: rowsOf(rows.data) };
}

function splitPart(part: string): [string, string] {
  const equals = part.indexOf('=');
  return equals === -1 ? [part, ''] : [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
}

function unknownNames(
  source: YamlSource,
  path: YamlPath,
  used: readonly string[],
  known: readonly string[],
): readonly Problem[] {
  return used
    .filter((name) => !known.includes(name))
    .map((name) => unknownRecipient(name, known, keyPosition(source, [...path, name])));
}

function unknownMessages(
  source: YamlSource,
  path: YamlPath,
  used: readonly string[],
  known: readonly string[],
): readonly Problem[] {
  return used
    .filter((name) => !known.includes(name))
    .map((name) => ({
      code: 'unknown-message',
      sentence: `"${name}" is neither "as sent" nor a message under messages.${suggest(name, ['as sent', ...known])}`,
      position: keyPosition(source, path),
    }));
}

function unknownRecipient(name: string, known: readonly string[], position: Problem['position']): Problem {
  const sentence = `There is no recipient "${name}" in given.recipients.${suggest(name, known)}`;
  return { code: 'unknown-recipient', sentence, position };
}
