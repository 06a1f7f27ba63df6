/**
 * The second model: what must hold between the record of a case (what was said and answered on the wire, what was changed,
 * what the target shows at the end) whatever the case is about. It restates arithmetic and sets; it decides no reply.
 */
import type { BrokenRecord, CaseRecord } from './case-record.ts';
import { keyOf } from './path-key.ts';
import { checkCharges, checkCopies, checkRows } from './record-of-emails.ts';

const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;
/** The shortest month is this long: within it no subscription ends. */
const SHORTEST_MONTH = 28 * DAY;

/** Checks every invariant of a record. */
export function checkRecord(record: CaseRecord): readonly BrokenRecord[] {
  const forced = record.given.triggers.some(({ reply }) => reply !== undefined && /^[23]/.test(reply));
  const rows = forced ? [] : checkRows(record);
  return [
    ...(forced ? [] : [...checkCharges(record), ...rows, ...checkCopies(record)]),
    ...checkBalance(record),
    ...checkRate(record),
    ...checkBlocking(record),
    // statistics of a history that is wrong already say nothing more
    ...(rows.length > 0 ? [] : checkStatistics(record)),
    ...checkSuppression(record),
  ];
}

/** What was there and was bought, less what was charged, is what is left; never less than nothing. */
function checkBalance({ given, changes, endedAt, observation }: CaseRecord): readonly BrokenRecord[] {
  const { balance, charged } = observation;
  if (balance === undefined) return [];
  if (balance < 0) {
    return [
      {
        check: 'balance',
        concerns: 'balance',
        isExplained: true,
        expected: '0 at least',
        received: String(balance),
        message: 'the balance is negative',
      },
    ];
  }
  const bought = changes.flatMap((change) => (change.kind === 'buy' ? [change] : []));
  const isSet = changes.some(({ kind }) => kind === 'balance');
  const isMonthly =
    given.plans.some(({ kind }) => kind === 'monthly') || bought.some(({ plan }) => plan === 'monthly');
  const hasEnded = isMonthly && endedAt - Date.parse(given.clock) >= SHORTEST_MONTH;
  if (charged === undefined || isSet || hasEnded) return [];
  const there = [...given.plans, ...bought].reduce((sum, { sends }) => sum + sends, given.balance);
  if (balance === there - charged) return [];
  return [
    {
      check: given.plans.length + bought.length > 0 ? 'purchases' : 'balance after charges',
      concerns: 'balance',
      isExplained: true,
      expected: `${there - charged}: ${there} less ${charged}`,
      received: String(balance),
      message: 'the balance is not what was there less what was charged',
    },
  ];
}

/** In no window more MAILs of a login are accepted than the limit. */
function checkRate({ given, conversations, declared }: CaseRecord): readonly BrokenRecord[] {
  if (declared.rate === undefined) return [];
  const { limit, perMs } = given.rate ?? declared.rate;
  const byLogin = Map.groupBy(
    conversations.flatMap((conversation) => conversation.mails()),
    ({ login }) => login,
  );
  return [...byLogin].flatMap(([login, mails]): readonly BrokenRecord[] => {
    const most = mostWithin(
      mails.map(({ at }) => at),
      perMs,
    );
    if (login === undefined || most <= limit) return [];
    return [
      {
        check: 'rate',
        concerns: 'mails',
        isExplained: true,
        expected: `${limit} accepted MAILs in ${perMs} ms at most`,
        received: String(most),
        message: 'more MAILs of one login were accepted than its limit allows',
      },
    ];
  });
}

/** The most instants that lie within one window of so many milliseconds, its begin left out. */
function mostWithin(instants: readonly number[], perMs: number): number {
  const sorted = instants.toSorted((left, right) => left - right);
  let most = 0;
  let first = 0;
  for (const [index, at] of sorted.entries()) {
    while ((sorted[first] ?? at) <= at - perMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

/** Blocked is who had more emails to bad mailboxes than the limit, and nobody else. */
function checkBlocking({
  given,
  changes,
  endedAt,
  observation,
  declared: { badMailboxes },
}: CaseRecord): readonly BrokenRecord[] {
  const { status, history } = observation;
  const isMeddled = changes.some(({ kind }) => kind === 'block' || kind === 'mailbox');
  const isAlone =
    given.secondLogin === undefined && given.thirdLogin === undefined && given.connection !== 'blocked';
  if (badMailboxes === undefined || !isAlone || isMeddled || status === undefined || history === undefined)
    return [];
  const bad = history.filter((row) => row.status === 'bounced' || row.status === 'rejected').length;
  // an email's fate may come after time has passed, and count then
  const isStill = endedAt === Date.parse(given.clock);
  const mustBe = bad > badMailboxes && isStill;
  const mayBe = bad > badMailboxes;
  const isBlocked = status === 'Blocked';
  if (isBlocked ? mayBe : !mustBe) return [];
  return [
    {
      check: 'block',
      concerns: 'status',
      isExplained: true,
      expected: mustBe ? 'Blocked' : 'not Blocked',
      received: status,
      message: `${bad} emails went to mailboxes that do not exist or refuse mail`,
    },
  ];
}

/** Statistics count the rows of the history, by day and status. */
function checkStatistics({ observation: { history, statistics } }: CaseRecord): readonly BrokenRecord[] {
  if (history === undefined || statistics === undefined) return [];
  const counted = [...statistics].flatMap(([day, counts]) =>
    [...counts].filter(([, count]) => count > 0).map(([status, count]) => `${day} ${count} ${status}`),
  );
  const rows = Map.groupBy(history, ({ time, status }) => `${time.slice(0, 10)} ${status}`);
  const wanted = [...rows].map(([key, each]) => key.replace(' ', ` ${each.length} `));
  const [expected, received] = [wanted, counted].map((all) => all.toSorted().join(', ') || 'nothing');
  if (expected === undefined || received === undefined || expected === received) return [];
  return [
    {
      check: 'statistics',
      concerns: 'statistics',
      isExplained: true,
      expected,
      received,
      message: 'the statistics do not count the rows of the history',
    },
  ];
}

/** Who unsubscribed or complained is on the suppression list, unless the case has changed that. */
function checkSuppression({ changes, observation }: CaseRecord): readonly BrokenRecord[] {
  const { history, suppressed } = observation;
  if (history === undefined || suppressed === undefined || changes.some(({ kind }) => kind === 'recipient'))
    return [];
  const listed = new Set(suppressed.map(keyOf));
  const first = history.find(
    ({ status, recipient }) =>
      (status === 'unsubscribed' || status === 'complained') && !listed.has(keyOf(recipient)),
  );
  if (first === undefined) return [];
  return [
    {
      check: 'email statuses',
      concerns: 'suppressed',
      isExplained: true,
      expected: `${first.recipient} on the suppression list, who ${first.status}`,
      received: 'not on it',
      message: 'somebody who unsubscribed or complained is not suppressed',
    },
  ];
}
