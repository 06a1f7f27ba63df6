import type { HistoryRow } from '../target/target.ts';
import type { BrokenRecord, CaseRecord } from './case-record.ts';
import { keyOf } from './path-key.ts';

/** One recipient of one message, as an address key, and what became of the message. */
interface Recipient {
  readonly key: string;
  readonly fate: 'accepted' | 'duplicate' | 'refused' | 'cut';
  readonly isOther: boolean;
}

function recipientsOf({ conversations, otherLogins }: CaseRecord): readonly Recipient[] {
  const read = (
    { forwardPaths, login }: { readonly forwardPaths: readonly string[]; readonly login: string | undefined },
    fate: Recipient['fate'],
  ): readonly Recipient[] => {
    const isOther = login !== undefined && otherLogins.includes(login);
    const seen = new Set<string>();
    return forwardPaths.map((path) => {
      const key = keyOf(path);
      const isDuplicate = fate === 'accepted' && seen.has(key);
      seen.add(key);
      return { key, fate: isDuplicate ? 'duplicate' : fate, isOther };
    });
  };
  return conversations.flatMap((conversation) => [
    ...conversation.submissions().flatMap((each) => read(each, 'accepted')),
    ...conversation.unsent().flatMap((each) => read(each, each.why)),
  ]);
}

/** Whether every reply was read, so that nothing can have been accepted that nobody knows of. */
function isComplete({ isWhole, conversations }: CaseRecord): boolean {
  return isWhole && conversations.every((conversation) => conversation.owed() === 0);
}

/** What a surplus comes from: the fate of recipients that explains it; nothing does where all were accepted. */
function explainSurplus(
  recipients: readonly Recipient[],
  surplus: number,
  unexplained: BrokenRecord['check'],
): Pick<BrokenRecord, 'check' | 'isExplained'> {
  const checks = {
    refused: 'charges of what was refused',
    cut: 'charges of what was cut off',
    duplicate: 'charges of duplicates',
  } as const;
  const fates = ['refused', 'cut', 'duplicate'] as const;
  const count = (fate: Recipient['fate']) => recipients.filter((each) => each.fate === fate).length;
  const fate = fates.find((one) => count(one) === surplus) ?? fates.find((one) => count(one) > 0);
  return fate === undefined
    ? { check: unexplained, isExplained: false }
    : { check: checks[fate], isExplained: true };
}

/** Sends charged are recipients accepted: no more, no fewer. */
export function checkCharges(record: CaseRecord): readonly BrokenRecord[] {
  const { charged } = record.observation;
  const own = recipientsOf(record).filter(({ isOther }) => !isOther);
  const accepted = own.filter(({ fate }) => fate === 'accepted').length;
  if (charged === undefined || charged === accepted) return [];
  if (charged > accepted && !isComplete(record)) return [];
  const why =
    charged < accepted
      ? ({ check: 'charges', isExplained: true } as const)
      : explainSurplus(own, charged - accepted, 'charges');
  return [
    {
      ...why,
      concerns: 'charged',
      expected: String(accepted),
      received: String(charged),
      message: 'the sends charged are not the recipients accepted',
    },
  ];
}

/** Each email accepted has its row, and each row its email. */
export function checkRows(record: CaseRecord): readonly BrokenRecord[] {
  const { history, otherHistory } = record.observation;
  if (history === undefined) return [];
  const recipients = recipientsOf(record);
  return [
    ...compareRows(
      record,
      history,
      recipients.filter(({ isOther }) => !isOther),
    ),
    ...(record.otherLogins.length === 0
      ? []
      : compareRows(
          record,
          otherHistory,
          recipients.filter(({ isOther }) => isOther),
        )),
  ];
}

function compareRows(
  record: CaseRecord,
  rows: readonly HistoryRow[],
  recipients: readonly Recipient[],
): readonly BrokenRecord[] {
  const rowsByKey = Map.groupBy(rows, ({ recipient }) => keyOf(recipient));
  const recipientsByKey = Map.groupBy(recipients, ({ key }) => key);
  const keys = new Set([...recipientsByKey.keys(), ...rowsByKey.keys()]);
  return [...keys].flatMap((key): readonly BrokenRecord[] => {
    const own = recipientsByKey.get(key) ?? [];
    const wanted = own.filter(({ fate }) => fate === 'accepted').length;
    const there = rowsByKey.get(key)?.length ?? 0;
    if (there === wanted || (there > wanted && !isComplete(record))) return [];
    return [
      {
        ...(there < wanted
          ? ({ check: 'charges of what was refused', isExplained: false } as const)
          : explainSurplus(own, there - wanted, 'history')),
        concerns: 'history',
        expected: `${wanted} in the history for ${key}`,
        received: String(there),
        message:
          there < wanted
            ? 'a 250 after the dot has no history row'
            : 'a history row has no 250 after the dot',
      },
    ];
  });
}

/** No email without a 250; where a relay may be waiting, fewer copies than that are no breach. */
export function checkCopies(record: CaseRecord): readonly BrokenRecord[] {
  if (record.copies === undefined || !isComplete(record)) return [];
  const recipientsByKey = Map.groupBy(recipientsOf(record), ({ key }) => key);
  return [...record.copies].flatMap(([address, copies]): readonly BrokenRecord[] => {
    const own = recipientsByKey.get(keyOf(address)) ?? [];
    const accepted = own.filter(({ fate }) => fate === 'accepted').length;
    if (copies <= accepted) return [];
    return [
      {
        ...explainSurplus(own, copies - accepted, 'one email each'),
        concerns: 'delivered',
        expected: `${accepted} in the mailbox for ${address}`,
        received: String(copies),
        message: 'an email was delivered without a 250 after the dot',
      },
    ];
  });
}
