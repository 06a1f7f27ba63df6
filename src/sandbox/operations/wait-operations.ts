import { addressKeyOf } from '../../smtp/address-equality.ts';
import { OperationError, type EventStream, type HistoryOperations } from '../control/operations.ts';
import type { EmailRecord } from '../store/account-record.ts';
import type { Store } from '../store/store.ts';
import type { AccountLookup } from './account-lookup.ts';
import { MOST_STREAMS, MOST_STREAMS_OF_ACCOUNT, type EventLog } from './event-log.ts';
import { nextOrAborted } from './next-or-aborted.ts';
import type { OperationParts } from './operation-parts.ts';
import { demandWord } from './provider-words.ts';
import { showEmail, showTranscript } from './operation-views.ts';

/** Rows that a wait reads at a time. */
const PAGE = 1_000;

/** Waiting on the sandbox's side, so that nobody has to ask again and again. */
export function waitOperations(
  { store, recorder, relay, log, provider }: OperationParts,
  { read }: Pick<AccountLookup, 'read'>,
): Pick<HistoryOperations, 'waitEmails' | 'waitSessions' | 'streamEvents' | 'streamAllEvents'> {
  return {
    waitEmails: async (id, { count, status, recipient, timeoutMs }) => {
      await read(id);
      if (status !== undefined) demandWord('status', provider.contract.words.emailStatuses, status);
      const key = recipient === undefined ? undefined : addressKeyOf(recipient);
      using _hurry = relay.awaited();
      return await waitFor(log, id, timeoutMs, count, 'emails', async () => {
        const found: EmailRecord[] = [];
        for await (const page of historyPages(store, id, status)) {
          found.push(...page.filter((row) => key === undefined || addressKeyOf(row.recipient) === key));
          if (found.length >= count) break;
        }
        return found.map(showEmail);
      });
    },
    waitSessions: async (id, count, timeoutMs) => {
      await read(id);
      return waitFor(log, id, timeoutMs, count, 'ended sessions', async () =>
        recorder
          .list(id)
          .filter((transcript) => transcript.entries.some((entry) => entry.kind === 'closed'))
          .map(showTranscript),
      );
    },
    streamEvents: async (id, after, signal) => {
      await read(id);
      return openStream(log, id, after, signal);
    },
    streamAllEvents: async (after, signal) => openStream(log, undefined, after, signal),
  };
}

/** Opens a stream of an account's events, or of all; throws {@link OperationError} where there are too many. */
function openStream(
  log: EventLog,
  account: string | undefined,
  after: number | undefined,
  signal: AbortSignal,
): EventStream {
  const place = log.openStream(account);
  if (place === undefined) {
    throw new OperationError(
      'too-many-streams',
      `So many event streams are open already: ${MOST_STREAMS_OF_ACCOUNT} of an account, as many of all accounts, and ${MOST_STREAMS} in all may be.`,
    );
  }
  // given back by the signal too: a stream that nobody begins to read never comes to its end
  signal.addEventListener('abort', () => place[Symbol.dispose](), { once: true });
  return streamFrom(log, account, after ?? log.newest, signal, place);
}

/** The history page by page, so that a long one is never in memory as a whole. */
async function* historyPages(
  store: Pick<Store, 'readHistory'>,
  account: string,
  status: string | undefined,
): AsyncGenerator<readonly EmailRecord[]> {
  let after: { readonly time: number; readonly sequence: number } | undefined;
  for (;;) {
    const page = await store.readHistory(account, { status, after, limit: PAGE });
    if (page.length > 0) yield page;
    after = page.at(-1);
    if (page.length < PAGE) return;
  }
}

async function waitFor<Found>(
  log: EventLog,
  account: string,
  timeoutMs: number,
  count: number,
  what: string,
  look: () => Promise<readonly Found[]>,
): Promise<readonly Found[]> {
  const late = AbortSignal.timeout(timeoutMs);
  for (;;) {
    // taken before looking: what happens while we look wakes us
    const next = log.next(account);
    const found = await look();
    if (found.length >= count) return found;
    if (late.aborted) {
      throw new OperationError(
        'not-in-time',
        `After ${timeoutMs} ms there are ${found.length} ${what}, not ${count}.`,
      );
    }
    await nextOrAborted(next, late);
  }
}

async function* streamFrom(
  log: EventLog,
  account: string | undefined,
  after: number,
  signal: AbortSignal,
  place: Disposable,
): EventStream {
  using _place = place;
  let last = after;
  while (!signal.aborted) {
    const next = log.next(account);
    for (const { id, account: owner = null, event } of log.since(account, last)) {
      last = id;
      yield { id, event: account === undefined ? { account: owner, ...event } : event };
    }
    await nextOrAborted(next, signal);
  }
}
