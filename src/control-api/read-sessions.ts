import { bodyOf, type ControlClient } from './client.ts';
import type { Session } from './history-schemas.ts';

/** All transcripts that are kept, oldest first, page by page: of one account, or of all sessions. */
export async function readSessions(client: ControlClient, account?: string): Promise<readonly Session[]> {
  const sessions: Session[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? {} : { cursor };
    const page = await bodyOf(
      account === undefined
        ? client.sessions.$get({ query })
        : client.accounts[':account'].sessions.$get({ param: { account }, query }),
    );
    sessions.push(...page.sessions);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return sessions;
}
