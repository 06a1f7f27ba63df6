/** What the rules want in return for AUTH and DATA, and what an acceptance changes. The order is that of `order.checks`. */
import { acceptMessage, isLocked } from './account-model.ts';
import { documented, type Draft, type Expected, type LoginName, type SessionNumber } from './draft.ts';
import { inMaintenance, ok, order, sendsLeft, unavailable } from './expected-replies.ts';
import { hasBareLineEnd, shownInHistory, verdictOnFrom, type MessagePlan } from './message-plan.ts';

/** Which credentials an AUTH shows. */
export const credentialKinds = ['right', 'wrong', 'old', 'unknown'] as const;
export type CredentialKind = (typeof credentialKinds)[number];

/** Credentials at a session that may be asked for them. */
export function authReply(
  draft: Draft,
  number: SessionNumber,
  login: LoginName,
  kind: CredentialKind,
): Expected {
  const forbidden = inMaintenance(draft) ?? authOrder(draft, number);
  if (forbidden !== undefined) return forbidden;
  if (kind === 'unknown') return documented('error.535');
  return kind === 'right' ? rightReply(draft, number, login) : wrongReply(draft, login, kind);
}

const locked: Expected = { ...documented('error.454'), rule: 'error.454.window' };

/** Wrong credentials of a login, which count for it. */
export function wrongReply(
  draft: Draft,
  login: LoginName,
  kind: Exclude<CredentialKind, 'right' | 'unknown'> = 'wrong',
): Expected {
  const counts = draft.beginning.logins[login];
  if (isLocked(counts, draft.now)) return locked;
  counts.failures.push(draft.now);
  return { ...documented('error.535'), rule: kind === 'old' ? 'auth.regenerate' : undefined };
}

/** The right credentials of a login, which log the session in. */
export function rightReply(draft: Draft, number: SessionNumber, login: LoginName): Expected {
  const counts = draft.beginning.logins[login];
  if (isLocked(counts, draft.now)) return locked;
  if (counts.blocked) return { ...documented('error.535'), rule: 'error.535.blocked' };
  counts.failures = [];
  draft.sessions[number].login = login;
  return { reply: '235 *', rule: draft.newPasswords[login] > 0 ? 'auth.regenerate' : 'auth.login-password' };
}

/** AUTH where none may come: before EHLO, after a login, inside a transaction. */
export function authOrder(draft: Draft, number: SessionNumber): Expected | undefined {
  const { hello, login, transaction } = draft.sessions[number];
  return !hello || login !== undefined || transaction !== undefined ? order : undefined;
}

/** DATA; `354 *` where the message may come. */
export function dataReply(draft: Draft, number: SessionNumber): Expected {
  const { transaction } = draft.sessions[number];
  const refused = inMaintenance(draft);
  if (refused !== undefined) return refused;
  if (transaction === undefined) return order;
  return transaction.recipients.length + transaction.unnamed.size === 0
    ? { reply: '503 *', rule: 'protocol.data-needs-recipient' }
    : { reply: '354 *' };
}

/** The end of the data; the transaction is over, and an accepted message is charged and on its way. */
export function messageReply(
  draft: Draft,
  number: SessionNumber,
  name: string,
  message: MessagePlan,
): Expected {
  const session = draft.sessions[number];
  const { transaction, login } = session;
  session.transaction = undefined;
  if (transaction === undefined || login === undefined) return order;
  const account = draft.account(login);
  const counts = draft.beginning.logins[login];
  if (message.large && draft.beginning.sizeLimit < 1_000_000)
    return { reply: '552 *', rule: 'protocol.size' };
  if (hasBareLineEnd(message)) {
    return { reply: '550 5.6.0 Message contains bare CR or LF', rule: 'protocol.line-ends.refused' };
  }
  if (counts.blocked) return unavailable('connection.block.effect');
  const from = verdictOnFrom(message);
  if (from === 'missing') return { ...documented('error.550-from'), rule: undefined };
  if (from === 'foreign') return { ...documented('error.553-domain'), rule: 'sender.header-from' };
  if (!account.verified) return { ...documented('error.421-domain', true), rule: 'sender.header-from' };
  if (from === 'own, then broken') {
    return {
      reply: '550 5.6.0 Message header holds a line that is no field',
      rule: 'protocol.header-section',
    };
  }
  if (transaction.recipients.length > sendsLeft(account, counts, draft.now)) return documented('error.450');
  const sent = { name, sender: transaction.sender, ...shownInHistory(message) };
  acceptMessage(account, counts, transaction.recipients, sent, draft.now);
  draft.accepted();
  return ok;
}
