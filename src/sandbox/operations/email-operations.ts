import { OperationError, type EmailOperations } from '../control/operations.ts';
import type { EmailDetailRecord } from '../store/account-record.ts';
import { KEPT_BODIES } from '../store/store.ts';
import { readContent } from './email-content.ts';
import type { OperationParts } from './operation-parts.ts';
import { iso, showEmail } from './operation-views.ts';

/** One email with its message. */
export function emailOperations({
  store,
  keepMs,
}: Pick<OperationParts, 'store' | 'keepMs'>): EmailOperations {
  const find = async (account: string, id: string): Promise<EmailDetailRecord> => {
    const found = await store.readEmail(account, id);
    if (found === undefined) {
      throw new OperationError('no-such-email', `Account ${account} has no email ${id}.`);
    }
    return found;
  };
  return {
    showEmail: async (account, id) => {
      const { email, session, attempts, outcomeAt, sameMessage, message } = await find(account, id);
      return {
        email: showEmail(email),
        session,
        envelope: { reversePath: email.sender, forwardPath: email.recipient },
        attempts,
        outcomeAt: outcomeAt === null ? null : iso(outcomeAt),
        sameMessage: sameMessage.map(showEmail),
        content: message === undefined ? null : await readContent(message),
        contentGone: message === undefined ? whyGone(keepMs) : null,
      };
    },
    readRawEmail: async (account, id) => {
      const { message } = await find(account, id);
      if (message === undefined) throw new OperationError('body-forgotten', whyGone(keepMs));
      return message;
    },
  };
}

/** Why a body is not there, for people. */
function whyGone(keepMs: number): string {
  const bounds = `the newest ${KEPT_BODIES.messages} of them and ${KEPT_BODIES.octets / 1024 / 1024} MiB in all`;
  const kept =
    keepMs === 0
      ? 'This sandbox forgets the text of a mail as soon as its last recipient has it'
      : `This sandbox keeps the text of a mail for ${keepMs / 1_000} s behind its last delivery, ${bounds}`;
  return `${kept}. Start it with --keep 7d, for example, to keep more; the mailbox has the mail as long as it keeps it.`;
}
