import { bodyOf, type ControlClient } from '../../control-api/client.ts';
import type { Email } from '../../control-api/history-schemas.ts';
import type { HistoryRow, ReadBackRequest, ToldCourse, ToldEvent, ToldLookedUp } from './target.ts';

/** What is read back, and how its rows are shown. */
export interface ReadBackParts {
  readonly client: ControlClient;
  readonly account: string;
  readonly rowOf: (email: Email) => HistoryRow;
  /** The id of the connection that a row names. */
  readonly connectionId: (shown: string) => string;
}

/** How long events are waited for that must be there, in milliseconds. */
const EVENTS_MS = 3_000;
/** A stream of more octets than this is wrong long before. */
const LONGEST_STREAM = 4_000_000;

/** One email by its id, by a search, and the history from its other end. */
export async function readLookedUp(
  { client, account, rowOf }: ReadBackParts,
  { id = '', recipient }: HistoryRow,
): Promise<ToldLookedUp> {
  const of = client.accounts[':account'];
  const param = { account };
  const newestFirst: HistoryRow[] = [];
  for (let cursor: string | undefined; ;) {
    const query = { order: 'newest', limit: '3', ...(cursor && { cursor }) } as const;
    const page = await bodyOf(of.history.$get({ param, query }));
    newestFirst.push(...page.emails.map(rowOf));
    // pages that come to no end are wrong long before
    if (page.next === null || newestFirst.length > 1_000) break;
    cursor = page.next;
  }
  const sought = recipient.toUpperCase();
  const { emails } = await bodyOf(of.history.$get({ param, query: { search: sought, limit: '1000' } }));
  const detail = await bodyOf(of.emails[':email'].$get({ param: { account, email: id } }));
  return {
    newestFirst,
    sought,
    found: emails.map(rowOf),
    email: {
      row: rowOf(detail.email),
      ...detail.envelope,
      attempts: detail.attempts,
      sameMessage: detail.sameMessage.map(rowOf),
      subjects: detail.content?.header.flatMap(({ name, value }) => (/^subject$/i.test(name) ? [value] : [])),
    },
  };
}

/** The events, the ledger and the lists of an account. */
export async function readCourse(parts: ReadBackParts, request: ReadBackRequest): Promise<ToldCourse> {
  const { client, account } = parts;
  const of = client.accounts[':account'];
  const param = { account };
  const suppressed: string[] = [];
  for (let cursor: string | undefined; ;) {
    const query = { limit: '2', ...(cursor && { cursor }) };
    const page = await bodyOf(of.suppressions.$get({ param, query }));
    suppressed.push(...page.addresses);
    if (page.next === null || suppressed.length > 1_000) break;
    cursor = page.next;
  }
  const { entries } = await bodyOf(of.ledger.$get({ param, query: { limit: '500' } }));
  const { senders } = await bodyOf(of.senders.$get({ param, query: { limit: '500' } }));
  const shown = await bodyOf(of.$get({ param }));
  return {
    ...(await readEvents(parts, request)),
    refusals: await readRefusals(client, account),
    suppressed,
    ledger: entries.map(({ kind, change, balance }) => ({ kind, change, balance })),
    senders: { ofAccount: shown.senders, listed: senders.map(({ address }) => address) },
  };
}

/** The refusals of the oldest session. */
async function readRefusals(client: ControlClient, account: string): Promise<ToldCourse['refusals']> {
  const ofAccount = client.accounts[':account'].sessions;
  const { sessions } = await bodyOf(ofAccount.$get({ param: { account }, query: { limit: '1' } }));
  const [oldest] = sessions;
  if (oldest === undefined) return undefined;
  const one = client.sessions[':session'];
  const { session, refusals } = await bodyOf(one.$get({ param: { session: oldest.id } }));
  const inTranscript = session.entries.flatMap((entry, at) => {
    const before = session.entries[at - 1];
    return entry.kind === 'decision' && before?.kind === 'wire' ? [before.octets.trimEnd()] : [];
  });
  const told = refusals.map(({ entry, reply }) => {
    const shown = session.entries[entry];
    return shown?.kind === 'wire' && shown.octets.trimEnd() === reply ? reply : `${reply} at another entry`;
  });
  return { told, inTranscript };
}

/** The events from the first one on, until those have come that must; the log forgets the oldest of all accounts. */
async function readEvents(
  { client, account, connectionId }: ReadBackParts,
  { rows, ended }: ReadBackRequest,
): Promise<Pick<ToldCourse, 'events' | 'isWhole'>> {
  const response = await client.accounts[':account'].events.$get({
    param: { account },
    header: { 'last-event-id': '0' },
  });
  const reader = (response.body ?? new ReadableStream<Uint8Array>())
    .pipeThrough(new TextDecoderStream())
    .getReader();
  const events: ToldEvent[] = [];
  let isWhole = false;
  let text = '';
  const isThere = () =>
    rows.every(({ id, status }) =>
      events.some((event) => event.kind === 'email' && event.email === id && event.status === status),
    ) && events.filter((event) => event.kind === 'session' && event.state === 'closed').length >= ended;
  const late = setTimeout(() => void reader.cancel(), EVENTS_MS);
  try {
    while (text.length < LONGEST_STREAM) {
      const piece = await reader.read();
      if (piece.done) break;
      text += piece.value;
      const lines = text.split('\n\n').slice(0, -1);
      const data = lines.flatMap((each) => /^data: (.*)$/m.exec(each)?.[1] ?? []);
      for (const one of data.slice(events.length))
        events.push(readEvent(JSON.parse(one), connectionId('first')));
      isWhole = data[0] !== undefined && /"created"/.test(data[0]);
      if (isThere() || (data.length > 0 && !isWhole)) break;
    }
  } finally {
    clearTimeout(late);
    await reader.cancel();
  }
  return { events, isWhole };
}

function readEvent(data: unknown, first: string): ToldEvent {
  // the schema of the API is the client's own; what has another form is told as such
  const event = data as Readonly<Record<string, unknown>>;
  switch (event['kind']) {
    case 'email':
      return {
        kind: 'email',
        email: String(event['email']),
        recipient: String(event['recipient']),
        status: String(event['status']),
      };
    case 'session':
      return { kind: 'session', session: String(event['session']), state: String(event['state']) };
    case 'balance':
      return { kind: 'balance', balance: Number(event['balance']) };
    case 'block':
      return {
        kind: 'block',
        isFirst: event['connection'] === first,
        blocked: event['blocked'] === true,
      };
    default:
      return { kind: 'other' };
  }
}
