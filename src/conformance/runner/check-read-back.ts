/** What a target tells when it is asked in another way must agree with what it has told, and with what was done. */
import type { HistoryRow, Observation, ReadBack } from '../target/target.ts';
import { fieldsNamed, headerFields } from '../../smtp/message.ts';
import type { BrokenRecord, CaseRecord } from './case-record.ts';
import type { Copy } from './compare-delivered.ts';
import { compareTold as compare } from './compare-told.ts';
import { keyOf } from './path-key.ts';

type Doings = Pick<CaseRecord, 'given' | 'changes'> & {
  readonly observation: Pick<Observation, 'history'>;
};

/** Checks pages, filters and lists against the end of the case. */
export function checkReadBack(
  { given, changes, observation: { history = [] } }: Doings,
  { pages, part, purchases, triggers }: ReadBack,
): readonly BrokenRecord[] {
  return [
    ...(pages === undefined ? [] : compare('history', 'the history in pages', history, pages)),
    ...(part === undefined ? [] : checkPart(history, part)),
    ...(purchases === undefined
      ? []
      : compare('purchases', 'the purchases', boughtIn(given, changes), purchases)),
    ...(triggers === undefined ? [] : checkTriggers(given, triggers)),
  ];
}

/** The Message-ID that a copy carries is one that the rows of its recipient show, whoever made it. */
export function checkMessageIds(
  history: readonly HistoryRow[],
  copies: ReadonlyMap<string, readonly Copy[]>,
  recipients: ReadonlyMap<string, string>,
): readonly BrokenRecord[] {
  for (const [name, own] of copies) {
    const key = keyOf(recipients.get(name) ?? name);
    const shown = history.flatMap(({ recipient, messageId }) =>
      messageId !== undefined && keyOf(recipient) === key ? [messageId] : [],
    );
    for (const { octets } of shown.length === 0 ? [] : own) {
      const [field] = fieldsNamed(headerFields(octets), 'Message-ID');
      // a longer one, or one beyond ASCII, is shown in another form than it is written
      const id = field === undefined ? '' : field.value;
      if (!/^[\x20-\x7E]{0,998}$/.test(id) || shown.includes(id)) continue;
      const message = `the copy for ${name} carries a Message-ID that no row of the history shows`;
      return [
        {
          check: 'history',
          concerns: 'mails',
          isExplained: true,
          expected: shown.join(', '),
          received: id,
          message,
        },
      ];
    }
  }
  return [];
}

/** The rows of one connection, status and period, and how many there are by status. */
function checkPart(
  history: readonly HistoryRow[],
  part: NonNullable<ReadBack['part']>,
): readonly BrokenRecord[] {
  const within = history.filter(
    ({ connection = '', time }) => connection === part.connection && time >= part.from && time < part.to,
  );
  const rows = within.filter(({ status }) => status === part.status);
  const counts = [...Map.groupBy(within, ({ status }) => status)].map(
    ([status, each]) => [status, each.length] as const,
  );
  const byName = ([left]: readonly [string, number], [right]: readonly [string, number]) =>
    left < right ? -1 : 1;
  const own = part.waited.filter(
    ({ status, recipient }) => status !== part.status || keyOf(recipient) !== keyOf(part.recipient),
  );
  return [
    ...compare('parts of the history', 'the rows of a connection, status and period', rows, part.rows),
    ...compare(
      'parts of the statistics',
      'the statistics of a connection and period',
      counts.toSorted(byName),
      [...part.totals].filter(([, count]) => count > 0).toSorted(byName),
    ),
    ...(part.waited.length > 0
      ? compare('settling', 'the emails that were waited for, of another kind', [], own)
      : compare('settling', 'the emails that were waited for', rows.slice(0, 1), [])),
  ];
}

function boughtIn(given: CaseRecord['given'], changes: CaseRecord['changes']): ReadBack['purchases'] {
  const bought = changes.flatMap((change) =>
    change.kind === 'buy' ? [{ kind: change.plan, sends: change.sends }] : [],
  );
  return [...given.plans.map(({ kind, sends }) => ({ kind, sends })), ...bought];
}

/** Each trigger that was set is told, and is gone alone when it is removed. */
function checkTriggers(
  given: CaseRecord['given'],
  { all, left }: NonNullable<ReadBack['triggers']>,
): readonly BrokenRecord[] {
  const set = given.triggers.map(({ stage, reply }) => ({ stage, reply }));
  const told = all.map(({ stage, reply }) => ({ stage, reply }));
  return [
    ...compare('triggers', 'the triggers', set, told),
    ...compare('triggers', 'the triggers that are left when one is removed', all.slice(1), left),
  ];
}
