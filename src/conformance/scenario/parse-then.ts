import type { ProviderWords } from '../../contract/words.ts';
import type { LoginChoice } from '../situation/given.ts';
import type { Position } from './dialogue.ts';
import type { Problem } from './problem.ts';
import { namesIn, spreadGroups, type RecipientGroups } from './recipient-groups.ts';
import { checkColumns, readFilteredHistory, rowsOf, type WantedRows } from './read-rows.ts';
import { allDays, type DeliveredCopies, type ThenExpectation } from './scenario.ts';
import type { AccountThenFile, ThenFile } from './then-schema.ts';
import { suggest } from './suggest.ts';
import type { ThenExtras } from './then-tags.ts';
import { keyPosition, type YamlPath, type YamlSource } from './yaml-source.ts';

/** A `then` as expectations, in the order of the file, and what is wrong with the names in it. */
export interface ParsedThen {
  readonly expectations: readonly ThenExpectation[];
  readonly problems: readonly Problem[];
}

/** What a `then` may name. */
export interface ThenNames {
  readonly words: ProviderWords;
  readonly recipients: readonly string[];
  readonly groups: RecipientGroups;
  readonly messages: readonly string[];
  readonly logins: readonly string[];
  /** The variables that columns of the history may hold. */
  readonly variables: readonly string[];
}

const furtherLogins = ['second', 'third'] as const;

/** The `then` of one account, and where it stands. */
interface AccountThen {
  readonly of: LoginChoice;
  readonly path: YamlPath;
  readonly keys: AccountThenFile;
  readonly extras: ThenExtras | undefined;
}

/** Makes expectations of what the schema has let through; `extrasAt` gives what was taken out under a path. */
export function parseThen(
  source: YamlSource,
  path: YamlPath,
  then: ThenFile,
  extrasAt: (path: YamlPath) => ThenExtras | undefined,
  names: ThenNames,
): ParsedThen {
  const first = readAccount(source, { of: 'first', path, keys: then, extras: extrasAt(path) }, names);
  const expectations = [...first.expectations, ...readDelivered(source, path, then, extrasAt(path), names)];
  const problems = [...first.problems, ...checkDelivered(source, path, then, names)];
  for (const login of furtherLogins) {
    const own = then[login];
    if (own === undefined) continue;
    const at = [...path, login];
    if (!names.logins.includes(login)) problems.push(noLogin(login, keyPosition(source, at)));
    else {
      const read = readAccount(source, { of: login, path: at, keys: own, extras: extrasAt(at) }, names);
      expectations.push(...read.expectations);
      problems.push(...read.problems);
    }
  }
  return {
    expectations: expectations.toSorted(
      (left, right) =>
        left.position.line - right.position.line ||
        left.position.column + left.offset - right.position.column - right.offset,
    ),
    problems,
  };
}

/** What every expectation of `then` has: its place, the line as written, its tag. */
function placeIn(source: YamlSource, of: LoginChoice, extras: ThenExtras | undefined) {
  const lines = source.text.split('\n');
  return (position: Position, key: string) => {
    const line = lines[position.line - 1] ?? '';
    const column = line.length - line.trimStart().length + 1;
    return {
      of,
      position: { line: position.line, column },
      offset: Math.max(0, position.column - column),
      source: line.trim(),
      rule: extras?.tags.get(key),
    };
  };
}

function readAccount(
  source: YamlSource,
  { of, path, keys, extras }: AccountThen,
  names: ThenNames,
): ParsedThen {
  const place = placeIn(source, of, extras);
  const at = (key: string) => place(keyPosition(source, [...path, key]), key);
  const expectations: ThenExpectation[] = [];
  const problems: Problem[] = [...(extras?.problems ?? [])];
  const checkRows = (rows: WantedRows, where: (name: string) => Position): void => {
    problems.push(
      ...unknownNames([...rows.keys()], names.recipients, where),
      ...[...rows].flatMap(([name, each]) =>
        checkColumns(new Map([[name, each]]), names.variables, where(name)),
      ),
    );
  };
  if (keys.charged !== undefined)
    expectations.push({ kind: 'charged', sends: keys.charged, ...at('charged') });
  if (keys.balance !== undefined)
    expectations.push({ kind: 'balance', sends: keys.balance, ...at('balance') });
  if (keys.history !== undefined) {
    const rows = rowsOf(spreadGroups(keys.history, names.groups));
    expectations.push({ kind: 'history', filter: undefined, rows, ...at('history') });
    checkRows(rows, (name) => keyPosition(source, [...path, 'history', name]));
  }
  for (const filtered of extras?.filtered ?? []) {
    const read = readFilteredHistory(filtered, names.words, names.groups);
    if ('sentence' in read) problems.push(read);
    else {
      expectations.push({ kind: 'history', ...read, ...place(filtered.position, filtered.key) });
      checkRows(read.rows, () => filtered.position);
    }
  }
  if (keys.statistics !== undefined)
    expectations.push({ kind: 'statistics', days: daysOf(keys.statistics), ...at('statistics') });
  if (keys.status !== undefined) expectations.push({ kind: 'status', status: keys.status, ...at('status') });
  if (keys.suppressed !== undefined) {
    const suppressed = namesIn(keys.suppressed, names.groups);
    expectations.push({ kind: 'suppressed', names: suppressed, ...at('suppressed') });
    problems.push(
      ...unknownNames(suppressed, names.recipients, () => keyPosition(source, [...path, 'suppressed'])),
    );
  }
  return { expectations, problems };
}

function readDelivered(
  source: YamlSource,
  path: YamlPath,
  { delivered }: ThenFile,
  extras: ThenExtras | undefined,
  { groups }: ThenNames,
): readonly ThenExpectation[] {
  if (delivered === undefined) return [];
  const spread = Object.entries(spreadGroups(delivered, groups));
  const copies = new Map(spread.map(([name, value]) => [name, copiesOf(value)]));
  const position = keyPosition(source, [...path, 'delivered']);
  return [{ kind: 'delivered', copies, ...placeIn(source, 'first', extras)(position, 'delivered') }];
}

function checkDelivered(
  source: YamlSource,
  path: YamlPath,
  { delivered }: ThenFile,
  names: ThenNames,
): readonly Problem[] {
  const entries = Object.entries(spreadGroups(delivered ?? {}, names.groups));
  const at = (name: string) => keyPosition(source, [...path, 'delivered', name]);
  return [
    ...unknownNames(
      entries.map(([name]) => name),
      names.recipients,
      at,
    ),
    ...entries.flatMap(([name, value]) => {
      const wanted = copiesOf(value);
      return wanted.kind === 'messages' ? unknownMessages(wanted.names, names.messages, at(name)) : [];
    }),
  ];
}

function copiesOf(value: string | readonly string[]): DeliveredCopies {
  if (value === 'as sent') return { kind: 'as-sent' };
  return { kind: 'messages', names: typeof value === 'string' ? [value] : value };
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

function unknownNames(
  used: readonly string[],
  known: readonly string[],
  where: (name: string) => Position,
): readonly Problem[] {
  return used
    .filter((name) => !known.includes(name))
    .map((name) => {
      const sentence = `There is no recipient "${name}" in given.recipients.${suggest(name, known)}`;
      return { code: 'unknown-recipient', sentence, position: where(name) };
    });
}

function unknownMessages(
  used: readonly string[],
  known: readonly string[],
  position: Position,
): readonly Problem[] {
  return used
    .filter((name) => !known.includes(name))
    .map((name) => ({
      code: 'unknown-message',
      sentence: `"${name}" is neither "as sent" nor a message under messages.${suggest(name, ['as sent', ...known])}`,
      position,
    }));
}

function noLogin(of: string, position: Position): Problem {
  const sentence = `There is no ${of} login: given needs "logins: { ${of}: same account }" or "another account".`;
  return { code: 'unknown-word', sentence, position };
}
