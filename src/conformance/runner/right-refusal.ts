import type { RefusalReason } from '../../contract/checks.ts';
import type { Contract } from '../../contract/contract.ts';
import { addressKeyOf } from '../../smtp/address-equality.ts';
import type { Given } from '../situation/given.ts';
import type { WorldChange } from '../situation/world-change.ts';
import type { Situation } from '../target/target.ts';
import type { CaseSession } from './case-session.ts';

// Whether a documented refusal is what the rules ask for at this moment, as far as the case's own record tells.

/** What a case has arranged, and what became of it up to now. */
export interface CaseSoFar {
  readonly contract: Contract;
  readonly given: Given;
  readonly situation: Pick<Situation, 'sender' | 'recipients'>;
  readonly changes: readonly WorldChange[];
  readonly allSessions: readonly CaseSession[];
  /** What the clock of the case shows. */
  readonly clockMs: number;
  readonly maintenance: boolean;
}

type Check = (session: CaseSession, soFar: CaseSoFar) => boolean;

const CHECKS: Readonly<Partial<Record<RefusalReason, Check>>> = {
  // a message in transfer and an AUTH that has begun are finished first
  maintenance: ({ conversation }, { maintenance }) =>
    maintenance && !['end of data', 'answer', 'QUIT'].includes(conversation.asked().verb ?? ''),
  'no send left': isOutOfSends,
  rate: isOverRate,
  'suppressed recipient': (session, soFar) => roleOfAsked(session, soFar) === 'suppressed',
  'full mailbox': (session, soFar) => roleOfAsked(session, soFar) === 'full',
  'unregistered sender domain': (session, soFar) =>
    asksForSender(session, soFar) && !['verified', 'unverified'].includes(soFar.given.domain),
  'unverified sender domain': (session, soFar) =>
    asksForSender(session, soFar) && soFar.given.domain === 'unverified',
  'blocked login': ({ conversation }, { given, changes }) =>
    ['AUTH', 'answer'].includes(conversation.asked().verb ?? '') &&
    given.connection === 'blocked' &&
    changes.every(({ kind }) => kind !== 'block'),
};

/** Whether this reply is the refusal that the rules ask for, whatever the scenario expects. */
export function isRefusedRightly(reply: string, session: CaseSession, soFar: CaseSoFar): boolean {
  const { documentedReplies, rulesOfSuite } = soFar.contract;
  return Object.entries(rulesOfSuite.refusals).some(([reason, rule]) => {
    if (documentedReplies[rule]?.reply !== reply) return false;
    // the keys of the table are these
    return CHECKS[reason as RefusalReason]?.(session, soFar) === true;
  });
}

/** Whether one login alone sends, and nothing changed what it may. */
function isAlone({ given, changes }: CaseSoFar, kinds: readonly string[]): boolean {
  return (
    given.secondLogin === undefined &&
    given.thirdLogin === undefined &&
    given.triggers.length === 0 &&
    changes.every(({ kind }) => !kinds.includes(kind))
  );
}

/** At RCPT no send is left: those charged and those promised in this transaction are all that there were. */
function isOutOfSends(session: CaseSession, soFar: CaseSoFar): boolean {
  if (session.conversation.asked().verb !== 'RCPT' || !isAlone(soFar, ['balance', 'buy'])) return false;
  const { given, allSessions } = soFar;
  if (given.plans.some(({ kind }) => kind === 'monthly')) return false;
  const charged = allSessions
    .flatMap(({ conversation }) => conversation.submissions())
    .reduce((sum, { forwardPaths }) => sum + countDifferent(forwardPaths), 0);
  const promised = countDifferent(session.conversation.forwardPaths());
  const there = given.plans.reduce((sum, { sends }) => sum + sends, given.balance);
  return charged + promised >= Math.min(there, given.sendLimit ?? there);
}

function countDifferent(paths: readonly string[]): number {
  return new Set(paths.map(addressKeyOf)).size;
}

/** At MAIL the login has had all that its limit allows within the window that ends now. */
function isOverRate(session: CaseSession, soFar: CaseSoFar): boolean {
  if (session.conversation.asked().verb !== 'MAIL' || !isAlone(soFar, [])) return false;
  const rate = soFar.given.rate ?? soFar.contract.declaredLimits.rate;
  if (rate === undefined) return false;
  const mails = soFar.allSessions.flatMap(({ conversation }) => conversation.mails());
  return mails.filter(({ at }) => at > soFar.clockMs - rate.perMs).length >= rate.limit;
}

/** The role of the recipient whom a RCPT named; none where the case has changed roles. */
function roleOfAsked(
  { conversation }: CaseSession,
  { given, situation, changes }: CaseSoFar,
): string | undefined {
  const { verb, path } = conversation.asked();
  if (verb !== 'RCPT' || changes.some(({ kind }) => kind === 'recipient')) return undefined;
  const key = addressKeyOf(path);
  return [...given.recipients].find(
    ([name]) => addressKeyOf(situation.recipients.get(name) ?? name) === key,
  )?.[1];
}

/** Whether a MAIL named the case's sender, and nothing was done about its domain. */
function asksForSender({ conversation }: CaseSession, { situation, changes }: CaseSoFar): boolean {
  const { verb, path } = conversation.asked();
  const isTouched = changes.some(({ kind }) => kind === 'record' || kind === 'verify-domain');
  return verb === 'MAIL' && !isTouched && addressKeyOf(path) === addressKeyOf(situation.sender);
}
