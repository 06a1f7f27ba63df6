import type { CaseSession } from './case-session.ts';
import type { Stage } from './stage.ts';

/**
 * Ends each session that is still open as a client should: the replies that are owed are read, then QUIT. So a reply
 * that nobody asked for shows itself before the case is judged.
 */
export async function endPolitely(stage: Stage): Promise<void> {
  await Promise.all(stage.allSessions.map((session) => endSession(session, stage.replyTimeoutMs)));
}

async function endSession(session: CaseSession, limitMs: number): Promise<void> {
  const { conversation } = session;
  while (!session.isOver && conversation.owed() > 0) {
    const received = await session.readReply(limitMs);
    if (received.kind !== 'reply') return missed(session, received.kind === 'silence');
  }
  // what came unasked is told by what is left unread
  if (session.isOver || session.unread !== '' || !conversation.awaitsCommand()) return;
  session.write('QUIT\r\n');
  const received = await session.readReply(limitMs);
  if (received.kind !== 'reply') return missed(session, received.kind === 'silence');
  // a reply too many takes the place of the 221, which then comes unasked
  if (received.reply.code !== 221 && received.reply.code !== 421) await session.readReply(limitMs);
  session.close();
}

function missed(session: CaseSession, isSilence: boolean): void {
  if (isSilence)
    session.malformed.push({ text: 'nothing', why: 'a command got no reply in time', line: session.line });
}
