/** What a target tells of one email, and on the way to the end of a case, must come to that end. */
import type { HistoryRow, Observation, ToldCourse, ToldLookedUp } from '../target/target.ts';
import type { BrokenRecord } from './case-record.ts';
import { brokenTold as broken, compareTold as compare } from './compare-told.ts';
import { keyOf } from './path-key.ts';

/** Checks what is told of one email, of a search for it, and from the newest row on. */
export function checkLookedUp(
  history: readonly HistoryRow[],
  { newestFirst, sought, found, email }: ToldLookedUp,
): readonly BrokenRecord[] {
  const wanted = history.filter(({ recipient, sender = '', subject = '', messageId = '' }) =>
    [recipient, sender, subject, messageId].some((text) => text.toUpperCase().includes(sought)),
  );
  const row = history.find(({ id }) => id === email.row.id);
  const isSearched = /^[\x21-\x7E]+$/.test(sought);
  return [
    ...compare('history', 'the rows, newest first', history.toReversed(), newestFirst),
    ...(isSearched ? compare('history', 'the rows that are searched for', wanted, found) : []),
    ...compare('history', 'the row of one email', row === undefined ? [] : [row], [email.row]),
    ...compare(
      'envelope',
      'the envelope of one email',
      [row?.sender ?? '', row?.recipient ?? ''],
      [email.reversePath, email.forwardPath],
    ),
    ...checkSameMessage(history, email),
    ...checkAttempts(email),
  ];
}

/** The rows of the same message are rows of the history, this one among them, and alike but for the recipient. */
function checkSameMessage(
  history: readonly HistoryRow[],
  { row, sameMessage }: ToldLookedUp['email'],
): readonly BrokenRecord[] {
  const alike = ({ time, sender, subject, messageId, size, connection }: HistoryRow) =>
    JSON.stringify([time, sender, subject, messageId, size, connection]);
  const known = new Set(history.map((one) => JSON.stringify(one)));
  const strange = sameMessage.filter((one) => alike(one) !== alike(row) || !known.has(JSON.stringify(one)));
  const own = sameMessage.filter(({ id }) => id === row.id);
  return [
    ...compare('one email each', 'the emails of another message', [], strange),
    ...compare('one email each', 'the emails of one message, of which this is one', [row], own),
  ];
}

/** What has come to an outcome that needs the mailbox was tried, and what it says it was. */
function checkAttempts({ row, attempts, subjects }: ToldLookedUp['email']): readonly BrokenRecord[] {
  const isTried = row.status !== 'queued';
  const subject = row.subject ?? '';
  // what is shown of a long or encoded one is another text
  const isPlain = subjects !== undefined && /^[\x21-\x7E](?:[\x20-\x7E]{0,200}[\x21-\x7E])?$/.test(subject);
  return [
    ...(isTried && attempts < 1
      ? [broken('email statuses', 'an attempt at least', String(attempts), 'an email has an outcome untried')]
      : []),
    ...(isPlain && subjects[0] !== undefined && !subjects[0].includes('=?')
      ? compare('history', 'the Subject of the message', [subject], subjects.slice(0, 1))
      : []),
  ];
}

/** What the account came to, and how many of its sessions the client has ended. */
export interface EndOfCourse {
  /** Whether the status that is shown says that the connection may not send. */
  readonly isBlocked: boolean | undefined;
  readonly observation: Pick<Observation, 'history' | 'balance' | 'charged' | 'suppressed' | 'status'>;
  readonly ended: number;
  /** Whether plans were bought, some of whose sends end by the clock alone. */
  readonly buys: boolean;
}

/** Checks the events, the ledger and the lists of an account against its end. */
export function checkCourse(end: EndOfCourse, told: ToldCourse): readonly BrokenRecord[] {
  const { suppressed } = end.observation;
  return [
    ...checkEvents(end, told),
    ...checkLedger(end, told.ledger),
    ...checkBlocks(end.isBlocked, told.events),
    ...compare(
      'transcripts',
      'the refusals of a session',
      told.refusals?.inTranscript,
      told.refusals?.told ?? [],
    ),
    ...(suppressed === undefined
      ? []
      : compare(
          'suppression list',
          'the suppression list in pages',
          suppressed.map(keyOf).toSorted(),
          told.suppressed.map(keyOf).toSorted(),
        )),
    ...compare(
      'senders',
      'the senders of the account',
      told.senders.listed.toSorted(),
      told.senders.ofAccount.toSorted(),
    ),
    ...(told.senders.listed.length === 0
      ? [broken('senders', 'a sender at least', 'none', 'an account has no sender')]
      : []),
  ];
}

/** The last event of each email tells its status, the last balance is the balance; of a whole log no email is missing. */
function checkEvents(
  { observation: { history = [], balance }, ended, buys }: EndOfCourse,
  { events, isWhole }: ToldCourse,
): readonly BrokenRecord[] {
  const last = new Map(
    events.flatMap((event) =>
      event.kind === 'email' ? [[event.email, `${event.recipient} ${event.status}`] as const] : [],
    ),
  );
  const rows = isWhole ? history : history.filter(({ id = '' }) => last.has(id));
  const closed = new Set(
    events.flatMap((event) => (event.kind === 'session' && event.state === 'closed' ? [event.session] : [])),
  );
  const balances = events.flatMap((event) => (event.kind === 'balance' ? [event.balance] : []));
  const lastBalance = balances.at(-1);
  return [
    ...compare(
      'email statuses',
      'the last events of emails',
      rows.map(({ recipient, status }) => `${recipient} ${status}`),
      rows.map(({ id = '' }) => last.get(id) ?? 'no event'),
    ),
    ...(isWhole && closed.size < ended
      ? [
          broken(
            'transcripts',
            `${ended} sessions at least that were closed`,
            String(closed.size),
            'the end of a session is no event',
          ),
        ]
      : []),
    ...(buys || balance === undefined || lastBalance === undefined
      ? []
      : compare('balance after charges', 'the last balance that was told', [balance], [lastBalance])),
  ];
}

/** The last event that blocks or unblocks the first connection tells how it stands. */
function checkBlocks(isBlocked: boolean | undefined, events: ToldCourse['events']): readonly BrokenRecord[] {
  const last = events.findLast((event) => event.kind === 'block' && event.isFirst);
  if (isBlocked === undefined || last?.kind !== 'block') return [];
  return compare('connection status', 'the last block that was told', [isBlocked], [last.blocked]);
}

/** Each entry of the ledger goes on from the one before; all that was sent is what was charged. */
function checkLedger(
  { observation: { charged } }: EndOfCourse,
  ledger: ToldCourse['ledger'],
): readonly BrokenRecord[] {
  const wanted = ledger.map(({ change }, at) => (ledger[at - 1]?.balance ?? 0) + change);
  const sent = ledger.reduce((sum, { kind, change }) => (kind === 'sent' ? sum - change : sum), 0);
  return [
    ...compare(
      'balance after charges',
      'the balances of the ledger',
      wanted,
      ledger.map(({ balance }) => balance),
    ),
    ...(charged === undefined
      ? []
      : compare('balance after charges', 'the sends of the ledger', [charged], [sent])),
  ];
}
