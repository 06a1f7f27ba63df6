import { bodyOf, ControlApiError, type ControlClient } from '../../control-api/client.ts';
import type { Session } from '../../control-api/history-schemas.ts';
import { readCourse, readLookedUp, type ReadBackParts } from './read-further.ts';
import type { HistoryRow, ReadBack, ReadBackRequest, ToldSession } from './target.ts';

/** How long the end of a session is waited for, in milliseconds. */
const END_MS = 3_000;
/** A history of more rows is not read a second time. */
const MOST_ROWS = 200;
/** So many more than there must be are enough to know that pages repeat themselves. */
const MOST_PAGED = 200;

/** Reads what the control API tells beside the end of a case: by other questions, so that answers can be compared. */
export async function readBack(parts: ReadBackParts, request: ReadBackRequest): Promise<ReadBack> {
  const { client, account } = parts;
  const of = client.accounts[':account'];
  const param = { account };
  const isLong = request.rows.length > MOST_ROWS;
  const [middle] = isLong ? [] : request.rows.slice(Math.floor(request.rows.length / 2));
  return {
    sessions: request.sessions === 0 ? [] : await readTold(client, account, request),
    pages: middle === undefined ? undefined : await readPages(parts, request.rows.length),
    part: middle === undefined ? undefined : await readPart(parts, middle),
    purchases: request.buys
      ? (await bodyOf(of.purchases.$get({ param }))).purchases.map(({ kind, sends }) => ({ kind, sends }))
      : undefined,
    triggers: request.triggers === 0 ? undefined : await readTriggers(client, account),
    lookedUp:
      middle === undefined || request.further !== 'look up' ? undefined : await readLookedUp(parts, middle),
    course: isLong || request.further !== 'course' ? undefined : await readCourse(parts, request),
  };
}

/** The transcripts in two pages, once those have ended that the client has closed. */
async function readTold(
  client: ControlClient,
  account: string,
  { sessions: count, ended }: ReadBackRequest,
): Promise<readonly ToldSession[]> {
  const of = client.accounts[':account'];
  const param = { account };
  const read = async (): Promise<readonly Session[]> => {
    const told: Session[] = [];
    for (let cursor: string | undefined; ;) {
      const limit = String(Math.max(1, Math.ceil(count / 2)));
      const page = await bodyOf(of.sessions.$get({ param, query: { limit, ...(cursor && { cursor }) } }));
      told.push(...page.sessions);
      // pages that come to no end are wrong long before
      if (page.next === null || told.length > MOST_PAGED + count) return told;
      cursor = page.next;
    }
  };
  const first = await read();
  const hasEnded = ({ entries }: Session) => entries.some(({ kind }) => kind === 'closed');
  if (first.filter(hasEnded).length >= ended) return first.map(showSession);
  // one that does not end is told by what is read then
  await of.sessions.wait.$post({ param, json: { count: ended, timeoutMs: END_MS } });
  return (await read()).map(showSession);
}

function showSession({ entries, truncated, port }: Session): ToldSession {
  return {
    port,
    isCut: truncated,
    hasEnded: entries.at(-1)?.kind === 'closed',
    tls: entries.flatMap((entry) => (entry.kind === 'tls' ? [entry.protocol] : [])),
    wire: entries.flatMap((entry) => (entry.kind === 'wire' ? [entry] : [])),
  };
}

/** The history in pages of a half. */
async function readPages(
  { client, account, rowOf }: ReadBackParts,
  count: number,
): Promise<readonly HistoryRow[]> {
  const rows: HistoryRow[] = [];
  for (let cursor: string | undefined; ;) {
    const query = { limit: String(Math.max(1, Math.floor(count / 2))), ...(cursor && { cursor }) };
    const page = await bodyOf(client.accounts[':account'].history.$get({ param: { account }, query }));
    rows.push(...page.emails.map(rowOf));
    if (page.next === null || rows.length > MOST_PAGED + count) return rows;
    cursor = page.next;
  }
}

/** The rows, and the statistics, of one row's connection and instant; of its status too, the rows. */
async function readPart(
  { client, account, rowOf, connectionId }: ReadBackParts,
  { connection = '', status, time, recipient }: HistoryRow,
): Promise<NonNullable<ReadBack['part']>> {
  const of = client.accounts[':account'];
  const param = { account };
  const period = { from: time, to: new Date(Date.parse(time) + 1).toISOString() };
  const ofConnection = { ...period, connection: connectionId(connection) };
  const { emails } = await bodyOf(of.history.$get({ param, query: { ...ofConnection, status } }));
  const { totals } = await bodyOf(of.statistics.$get({ param, query: ofConnection }));
  const json = { count: 1, status, recipient, timeoutMs: END_MS };
  const waited = await bodyOf(of.history.wait.$post({ param, json })).catch((fault: unknown) => {
    // that nothing is found is what the comparison is about
    if (fault instanceof ControlApiError && fault.code === 'not-in-time') return { emails: [] };
    throw fault;
  });
  return {
    connection,
    status,
    recipient,
    ...period,
    rows: emails.map(rowOf),
    totals: new Map(
      Object.entries(totals).flatMap(([name, count]) => (count === undefined ? [] : [[name, count]])),
    ),
    waited: waited.emails.map(rowOf),
  };
}

/** The triggers, and those that are left when the first is removed. */
async function readTriggers(
  client: ControlClient,
  account: string,
): Promise<NonNullable<ReadBack['triggers']>> {
  const of = client.accounts[':account'].triggers;
  const param = { account };
  const list = async () =>
    (await bodyOf(of.$get({ param }))).triggers.map(({ id, stage, seen, reply }) => ({
      id,
      stage,
      seen,
      reply,
    }));
  const all = await list();
  const [first] = all;
  if (first === undefined) return { all, left: [] };
  const removed = await of[':trigger'].$delete({ param: { account, trigger: first.id } });
  if (!removed.ok)
    throw new ControlApiError('not-removed', removed.status, 'A trigger could not be removed.');
  return { all, left: await list() };
}
