import type { SuiteCheck } from '../../contract/checks.ts';
import { addressKeyOf } from '../../smtp/address-equality.ts';
import { readInstant } from '../scenario/read-time.ts';
import { allDays, type ThenExpectation, type WantedRow } from '../scenario/scenario.ts';
import type { HistoryColumn } from '../scenario/then-schema.ts';
import type { LoginChoice } from '../situation/given.ts';
import { fillTemplate, type TemplateValues } from '../scenario/template.ts';
import type { AccountObservation, HistoryRow, Observation } from '../target/target.ts';
import { compareDelivered, type Copy, type WantedCopies } from './compare-delivered.ts';

/** The end of a case, as far as it could be read. */
export interface CaseEnd {
  readonly observation: Observation;
  /** The rows that the target's filter let through, for each expectation that has one. */
  readonly filtered: ReadonlyMap<ThenExpectation, readonly HistoryRow[] | undefined>;
  /** The copies for each recipient's address, by name; `undefined` where there is no mailbox to look into. */
  readonly copies: ReadonlyMap<string, readonly Copy[]> | undefined;
  /** The address of each recipient, by name. */
  readonly recipients: ReadonlyMap<string, string>;
  /** The values of the case's variables. */
  readonly values: TemplateValues;
  /** The octets of each message that was accepted for a recipient from the account of a login, in that order. */
  readonly submittedSizes: (name: string, of: LoginChoice) => readonly number[];
  /** What each named recipient must have, where `delivered` asks. */
  readonly wanted: (expectation: Extract<ThenExpectation, { kind: 'delivered' }>) => readonly WantedCopies[];
}

/** What a key of `then` came to. */
export type ComparedThen =
  | { readonly kind: 'met' }
  | {
      readonly kind: 'unmet';
      /** What the fault is about, where the comparison knows it. */
      readonly check?: SuiteCheck;
      readonly expected: string;
      readonly received: string;
    }
  | { readonly kind: 'not-observed'; readonly missing: string };

/** Compares one key of `then` with the end of the case. */
export function compareThen(expectation: ThenExpectation, end: CaseEnd): ComparedThen {
  const observation = observationOf(expectation, end.observation);
  if (observation === undefined)
    return { kind: 'not-observed', missing: `the account of the ${expectation.of} login` };
  switch (expectation.kind) {
    case 'charged':
      return compareValue(expectation.sends, observation.charged, 'charged');
    case 'balance':
      return compareValue(expectation.sends, observation.balance, 'balance');
    case 'status':
      return compareValue(expectation.status, observation.status, 'status');
    case 'suppressed':
      return compareSuppressed(expectation.names, observation, end);
    case 'history':
      return expectation.filter === undefined
        ? compareHistory(expectation, observation.history, observation.history, end)
        : compareHistory(expectation, end.filtered.get(expectation), observation.history, end);
    case 'statistics':
      return compareStatistics(expectation.days, observation.statistics);
    case 'delivered':
      return compareCopies(expectation, end);
  }
}

function observationOf({ of }: ThenExpectation, observation: Observation): AccountObservation | undefined {
  return of === 'first' ? observation : observation.others?.get(of);
}

function compareValue(wanted: string | number, got: string | number | undefined, key: string): ComparedThen {
  if (got === undefined) return { kind: 'not-observed', missing: key };
  return wanted === got ? { kind: 'met' } : unmet(String(wanted), String(got));
}

function compareSuppressed(
  names: readonly string[],
  observation: AccountObservation,
  { recipients }: CaseEnd,
): ComparedThen {
  if (observation.suppressed === undefined) return { kind: 'not-observed', missing: 'the suppression list' };
  const wanted = names.toSorted();
  const got = observation.suppressed.map(namesOf(recipients)).toSorted();
  return wanted.join() === got.join() ? { kind: 'met' } : unmet(list(wanted), list(got));
}

/** Compares the rows that are shown; `whole` are all rows of the account, which say the message that each row is of. */
function compareHistory(
  { rows: wanted, of }: Extract<ThenExpectation, { kind: 'history' }>,
  history: readonly HistoryRow[] | undefined,
  whole: readonly HistoryRow[] | undefined,
  { recipients, values, submittedSizes }: CaseEnd,
): ComparedThen {
  if (history === undefined) return { kind: 'not-observed', missing: 'history' };
  const nameOf = namesOf(recipients);
  const got = Map.groupBy(history, ({ recipient }) => nameOf(recipient));
  const all = Map.groupBy(whole ?? history, ({ recipient }) => nameOf(recipient));
  const names = [...new Set([...wanted.keys(), ...got.keys()])];
  const wrong = names.flatMap((name) => {
    const rows = wanted.get(name) ?? [];
    const places = placesIn(all.get(name) ?? [], got.get(name) ?? []);
    const sizes = submittedSizes(name, of);
    const expected = rows.map((row, at) => showWanted(row, values, sizes[places[at] ?? at]));
    const received = (got.get(name) ?? []).map((row, at) => showRow(row, rows[at] ?? rows.at(-1)));
    return expected.join() === received.join()
      ? []
      : [{ expected: `${name}: ${list(expected)}`, received: `${name}: ${list(received)}` }];
  });
  return wrong.length === 0
    ? { kind: 'met' }
    : unmet(
        wrong.map(({ expected }) => expected).join(' · '),
        wrong.map(({ received }) => received).join(' · '),
      );
}

/** Where among all rows each of the rows shown stands; of rows that look the same the first that is left. */
function placesIn(all: readonly HistoryRow[], shown: readonly HistoryRow[]): readonly (number | undefined)[] {
  const left = new Map<string, number[]>();
  for (const [at, row] of all.entries()) {
    const same = left.get(rowKey(row));
    if (same === undefined) left.set(rowKey(row), [at]);
    else same.push(at);
  }
  return shown.map((row) => left.get(rowKey(row))?.shift());
}

function rowKey(row: HistoryRow): string {
  return row.id ?? JSON.stringify(row);
}

function showWanted(
  { status, columns }: WantedRow,
  values: TemplateValues,
  size: number | undefined,
): string {
  return showColumns(status, [...columns], (column, template) => {
    const text = fillTemplate(template, values);
    if (column === 'size' && text === 'as sent') return String(size ?? 'nothing was sent');
    return column === 'time' ? (readInstant(text) ?? text) : text;
  });
}

/** A row as far as the wanted one looks at it. */
function showRow(row: HistoryRow, wanted: WantedRow | undefined): string {
  if (wanted === undefined) return row.status;
  const cells: Readonly<Record<HistoryColumn, string | number | undefined>> = {
    time: row.time,
    connection: row.connection,
    sender: row.sender,
    subject: row.subject,
    'message-id': row.messageId,
    size: row.size,
    reason: row.reason,
  };
  return showColumns(wanted.status && row.status, [...wanted.columns], (column) =>
    String(cells[column] ?? 'not shown'),
  );
}

function showColumns<Cell>(
  status: string | undefined,
  columns: readonly (readonly [HistoryColumn, Cell])[],
  show: (column: HistoryColumn, cell: Cell) => string,
): string {
  const told = columns.map(([column, cell]) => `${column} ${show(column, cell)}`).join(', ');
  return [...(status === undefined ? [] : [status]), ...(told === '' ? [] : [`(${told})`])].join(' ');
}

function compareStatistics(
  wanted: ReadonlyMap<string, ReadonlyMap<string, number>>,
  got: ReadonlyMap<string, ReadonlyMap<string, number>> | undefined,
): ComparedThen {
  if (got === undefined) return { kind: 'not-observed', missing: 'statistics' };
  const expected = showDays(wanted);
  const received = showDays(wanted.has(allDays) ? new Map([[allDays, sumOfDays(got)]]) : got);
  return expected === received ? { kind: 'met' } : unmet(expected, received);
}

function sumOfDays(days: ReadonlyMap<string, ReadonlyMap<string, number>>): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const counts of days.values()) {
    for (const [status, count] of counts) sums.set(status, (sums.get(status) ?? 0) + count);
  }
  return sums;
}

const byName = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  left < right ? -1 : 1;

/** Days and statuses in one order, none of them with nothing. */
function showDays(days: ReadonlyMap<string, ReadonlyMap<string, number>>): string {
  const shown = [...days].toSorted(byName).flatMap(([day, counts]) => {
    const told = [...counts].filter(([, count]) => count > 0).toSorted(byName);
    return told.length === 0
      ? []
      : [`${day}: ${told.map(([status, count]) => `${count} ${status}`).join(', ')}`];
  });
  return shown.join(' · ') || 'nothing';
}

/** What the history says of emails to an address that were not delivered, as an addition to a finding. */
function undeliveredRows(address: string, { history = [], otherHistory }: Observation): string {
  const key = addressKeyOf(address);
  const told = [...history, ...otherHistory]
    .filter(({ recipient, status }) => status !== 'delivered' && addressKeyOf(recipient) === key)
    .map(({ status, reason }) => (reason === undefined ? status : `${status} (${reason})`));
  return told.length === 0 ? '' : `; the history says: ${[...new Set(told)].join(', ')}`;
}

function compareCopies(
  expectation: Extract<ThenExpectation, { kind: 'delivered' }>,
  end: CaseEnd,
): ComparedThen {
  const { copies, recipients } = end;
  if (copies === undefined) return { kind: 'not-observed', missing: 'delivered mail' };
  const named = end.wanted(expectation);
  const unnamed = [...recipients]
    .filter(([name]) => !named.some((wanted) => wanted.name === name))
    .map(([name, address]): WantedCopies => ({
      name,
      address,
      messages: [],
      reversePaths: [],
      taken: [],
      spellings: [],
    }));
  const wrong = [...named, ...unnamed].flatMap((wanted) => {
    const fault = compareDelivered(wanted, copies.get(wanted.name) ?? []);
    if (fault === undefined) return [];
    return [{ ...fault, received: fault.received + undeliveredRows(wanted.address, end.observation) }];
  });
  const [first] = wrong;
  if (first === undefined) return { kind: 'met' };
  return {
    kind: 'unmet',
    ...(first.check === undefined ? {} : { check: first.check }),
    expected: wrong.map(({ expected }) => expected).join(' · '),
    received: wrong.map(({ received }) => received).join(' · '),
  };
}

/** Finds the name of an address; the first of several, and the address itself where it has none. */
function namesOf(recipients: ReadonlyMap<string, string>): (address: string) => string {
  const names = new Map([...recipients].toReversed().map(([name, address]) => [addressKeyOf(address), name]));
  return (address) => names.get(addressKeyOf(address)) ?? address;
}

function list(words: readonly string[]): string {
  return words.length === 0 ? 'nothing' : words.join(', ');
}

function unmet(expected: string, received: string): ComparedThen {
  return { kind: 'unmet', expected, received };
}
