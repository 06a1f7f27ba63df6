import { queryOptions } from '@tanstack/react-query';
import type { SessionPage } from '../../control-api/history-schemas.ts';
import { bodyOf, control } from './control.ts';

type Session = SessionPage['sessions'][number];

/** How many transcripts are read at once. */
const PAGE = 50;

const isOver = ({ entries }: Session): boolean => entries.some(({ kind }) => kind === 'closed');

/**
 * Reads all transcripts that are kept, and then only what may have changed: pages whose sessions are all over stay as they
 * were read. The sandbox forgets old transcripts; so does the list, as soon as it is longer than that.
 */
function createReader(longest = 2_000) {
  let done: readonly Session[] = [];
  let cursor: string | undefined;
  return async (): Promise<readonly Session[]> => {
    const fresh: Session[] = [];
    let at = cursor;
    let isSettled = true;
    for (;;) {
      const page = await bodyOf(
        control.sessions.$get({ query: { limit: String(PAGE), ...(at !== undefined && { cursor: at }) } }),
      );
      isSettled &&= page.next !== null && page.sessions.every(isOver);
      if (isSettled && page.next !== null) {
        done = [...done, ...page.sessions].slice(-longest);
        cursor = page.next;
      } else {
        fresh.push(...page.sessions);
      }
      if (page.next === null) return [...done, ...fresh].slice(-longest);
      at = page.next;
    }
  };
}

const readAll = createReader();

/** The sessions of an account and those that are nobody's, such as refused ones; newest first. */
export const sessionsQuestion = (account: string) =>
  queryOptions({
    queryKey: ['sessions'],
    queryFn: readAll,
    select: (sessions) =>
      sessions.filter((each) => each.account === null || each.account === account).toReversed(),
  });

/** One session with its transcript. */
export const sessionQuestion = (session: string) =>
  queryOptions({
    queryKey: ['session', session],
    queryFn: () => bodyOf(control.sessions[':session'].$get({ param: { session } })),
  });
