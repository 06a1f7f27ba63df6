import { addressKey } from '../../smtp/address-equality.ts';
import { parseMailArgument, parseRcptArgument } from '../../smtp/command.ts';
import { showHeaderText } from '../../smtp/header-text.ts';
import { fieldsNamed, hasBareLineEnd, type HeaderSection } from '../../smtp/message.ts';
import type { ReversePath } from '../../smtp/path.ts';
import { showReply } from '../../smtp/reply.ts';
import { accept, type Acceptance, type Decision } from '../policy/decision.ts';
import type { MailFacts, RcptFacts } from '../policy/facts.ts';
import { identityStandings, reversePathStanding } from './identity-standing.ts';
import type { Submission } from '../store/account-record.ts';
import { sessionFacts, type SessionContext } from './session-context.ts';
import type { Transaction } from './dialogue-state.ts';
import { readSessionStanding, type SessionStanding } from './session-standing.ts';
import type { ReceivedMessage } from './strict-parser.ts';
import { forceAt, forceAtRcpt } from './triggered.ts';
import { sessionTrace } from './session-trace.ts';
import { subjectText } from './subject-text.ts';

/** MAIL: opens a transaction where it is accepted. */
export async function answerMail(context: SessionContext, argument: string): Promise<Decision> {
  const { state, group, parts } = context;
  const mail = parseMailArgument(argument);
  const forced = mail && forceAt(context, 'MAIL', { sender: pathText(mail.reversePath) });
  if (forced) return forced;
  const standing = state.connection && (await readSessionStanding(context, state.connection.id));
  const facts: MailFacts = {
    session: sessionFacts(state),
    argument:
      mail === undefined || standing === undefined
        ? { kind: 'unreadable', text: argument }
        : {
            kind: 'read',
            mail,
            domain: await reversePathStanding(context, standing, mail.reversePath),
            blocked: standing.connection.blocked,
            now: standing.now,
            acceptedAt: await parts.store.readAcceptedMails(
              standing.connection.id,
              standing.now - standing.choices.rateWindowMs,
            ),
          },
    choices: standing?.choices ?? (await group.choices()),
  };
  const decision = parts.policy.mail(facts);
  if (decision.kind === 'accept' && mail && standing) {
    await parts.store.addAcceptedMail(standing.connection.id, standing.now);
    state.transaction = {
      reversePath: mail.reversePath,
      smtpUtf8: mail.parameters.has('SMTPUTF8'),
      recipients: new Map(),
    };
  }
  return decision;
}

/** RCPT: adds a recipient to the transaction where it is accepted. */
export async function answerRcpt(context: SessionContext, argument: string): Promise<Decision> {
  const { state, group, parts } = context;
  const { transaction, connection } = state;
  const rcpt = parseRcptArgument(argument);
  const key = rcpt && addressKey(rcpt.forwardPath);
  // out of a transaction a trigger for recipients has nothing to say
  const forced = transaction && rcpt && key !== undefined && forceAtRcpt(context, rcpt.forwardPath.text, key);
  if (forced) return forced;
  const standing = connection && (await readSessionStanding(context, connection.id));
  const facts: RcptFacts = {
    session: sessionFacts(state),
    argument:
      rcpt === undefined || key === undefined || standing === undefined
        ? { kind: 'unreadable', text: argument }
        : {
            kind: 'read',
            rcpt,
            key,
            ...(await recipientFacts(context, standing.connection.account, key)),
          },
    smtpUtf8: transaction?.smtpUtf8 ?? false,
    recipients: transaction?.recipients ?? new Map(),
    balance: standing?.balance ?? 0,
    sendLimitLeft: standing?.sendLimitLeft ?? null,
    choices: standing?.choices ?? (await group.choices()),
  };
  const decision = parts.policy.rcpt(facts);
  if (
    decision.kind === 'accept' &&
    transaction &&
    rcpt &&
    key !== undefined &&
    !transaction.recipients.has(key)
  ) {
    transaction.recipients.set(key, rcpt.forwardPath);
  }
  return decision;
}

/** How often a message is decided on fresh facts; each time somebody would have to top up and use up in between. */
const COMMIT_ROUNDS = 5;

/** The end of the data: the decision, and after an acceptance the one commit (rule `billing.on-accept`). */
export async function finishMessage(
  context: SessionContext,
  received: ReceivedMessage,
  header: HeaderSection,
): Promise<Decision> {
  const { state, parts } = context;
  const { transaction, connection } = state;
  if (transaction === undefined || connection === undefined) {
    throw new Error('A message ended outside a transaction.');
  }
  const message = { ...received, header, hasBareLineEnd: hasBareLineEnd(received.octets) };
  for (let round = 0; round < COMMIT_ROUNDS; round += 1) {
    const standing = await readSessionStanding(context, connection.id);
    const decision = await decideMessage(context, standing, transaction, message);
    if (decision.kind !== 'accept') return decision;
    const submission = submissionOf(context, standing, transaction, message);
    if ((await parts.store.commit(submission)) === 'committed') {
      parts.onQueued();
      return naming(decision, submission.emails[0]?.id ?? '');
    }
    // a parallel session used up the sends: decide once more, on the balance as it is now
  }
  throw new Error('The policy accepts again and again what the balance cannot pay.');
}

/** What in a reply stands for the id under which a message was taken. */
const MESSAGE_ID = '${message-id}';

/** The decision with the id of the message in it, where its reply gives that away. */
function naming(decision: Acceptance, id: string): Acceptance {
  const written = showReply(decision.reply);
  return written.includes(MESSAGE_ID) ? accept(written.replace(MESSAGE_ID, () => id)) : decision;
}

/** A message as it came, its header section read once. */
interface ReadMessage extends ReceivedMessage {
  readonly header: HeaderSection;
  readonly hasBareLineEnd: boolean;
}

async function decideMessage(
  context: SessionContext,
  standing: SessionStanding,
  transaction: Transaction,
  { header, size, hasBareLineEnd: isBare }: ReadMessage,
): Promise<Decision> {
  const { policy } = context.parts;
  const { choices, connection } = standing;
  const addresses = { header, reversePath: transaction.reversePath, recipients: transaction.recipients };
  const identities = policy.identitiesOf(addresses, choices);
  const standingOfIdentity = await identityStandings(context, connection.account, identities);
  return policy.endOfData({
    ...addresses,
    size,
    hasBareLineEnd: isBare,
    maintenance: context.group.maintenance,
    from: { account: connection.account, connection: connection.name },
    blocked: connection.blocked,
    identities: identities.map((identity) => ({ identity, standing: standingOfIdentity(identity) })),
    balance: standing.balance,
    sendLimitLeft: standing.sendLimitLeft,
    quotaUse: await readQuotaUse(context, standing),
    choices,
  });
}

async function readQuotaUse(
  { parts }: SessionContext,
  { connection, now, choices }: SessionStanding,
): Promise<ReadonlyMap<string, number>> {
  const windows = parts.policy.quotasAt(now, choices);
  return new Map(
    await Promise.all(
      windows.map(
        async (window) => [window.quota, await parts.store.readQuotaUse(connection.account, window)] as const,
      ),
    ),
  );
}

/** Octets of a Subject and of a Message-ID that each row of the history keeps: those of a line (RFC 5322 §2.1.1). */
const LONGEST_SHOWN = 998;

function submissionOf(
  context: SessionContext,
  { connection, now, subscriptions, choices }: SessionStanding,
  transaction: Transaction,
  { octets, header: { fields } }: ReadMessage,
): Submission {
  const { parts } = context;
  const text = (name: string) => {
    const value = fieldsNamed(fields, name)[0]?.value;
    return value === undefined ? undefined : showHeaderText(value, LONGEST_SHOWN);
  };
  const nextId = parts.emailIdsAt(now);
  return {
    account: connection.account,
    connection: connection.id,
    session: context.sessionId,
    time: now,
    queuedAt: parts.wallClock.now(),
    reversePath: pathText(transaction.reversePath),
    emails: [...transaction.recipients.values()].map((path) => ({ id: nextId(), forwardPath: path.text })),
    charge: parts.policy.charge({ now, recipients: transaction.recipients, subscriptions, choices }),
    message: octets,
    subject: subjectText(text('Subject') ?? ''),
    messageId: text('Message-ID') ?? `<${parts.newId('')}@${parts.name}>`,
    trace: sessionTrace(context),
  };
}

function pathText(path: ReversePath): string {
  return path === 'null' ? '' : path.text;
}

async function recipientFacts(
  { parts }: SessionContext,
  account: string,
  key: string,
): Promise<{ readonly onSuppressionList: boolean; readonly role: string | undefined }> {
  const { role, suppressed } = await parts.store.readRecipient(account, key);
  return { onSuppressionList: suppressed, role: role ?? parts.policy.reservedRole(key) };
}
