import type { Contract } from '../../contract/contract.ts';
import { formatReply } from '../../smtp/reply.ts';
import type { Given, LoginChoice } from '../situation/given.ts';
import type { MatrixCase } from '../scenario/matrix.ts';
import { needsOf } from '../scenario/needs.ts';
import { loginChoices } from '../situation/given.ts';
import type { WorldChange } from '../situation/world-change.ts';
import type { Observation } from '../target/target.ts';
import type { BrokenRecord } from './case-record.ts';
import type { CaseSession } from './case-session.ts';
import { checkCourse, checkLookedUp } from './check-further.ts';
import { checkReadBack } from './check-read-back.ts';
import type { Stage } from './stage.ts';
import type { Step } from './stop.ts';
import { checkTold, type SaidSession } from './told-sessions.ts';

/**
 * Asks the target in other ways for what it has shown at the end, and for what was said, where it can be asked. Nothing is
 * asked where the case stopped in its middle: that is the finding.
 */
export async function findReadBackFaults(
  matrixCase: MatrixCase,
  stage: Stage,
  stop: Step,
  observation: Observation | undefined,
): Promise<readonly BrokenRecord[]> {
  const { given, situation, changes, allSessions } = stage;
  if (stop !== undefined || situation.readBack === undefined || !isReadBack(matrixCase)) return [];
  const { ownListeners } = needsOf(matrixCase.scenario, matrixCase.scenarioCase);
  const sessions = isForced(given)
    ? []
    : allSessions.filter((session) => ownListeners || isOfFirst(session, stage));
  const request = {
    sessions: sessions.length,
    ended: sessions.filter(({ end }) => end === 'by-client').length,
    rows: observation?.history ?? [],
    buys: given.plans.length > 0 || changes.some(({ kind }) => kind === 'buy'),
    triggers: given.triggers.length,
    further: sumOf(matrixCase.scenarioCase.id) % 2 === 0 ? ('look up' as const) : ('course' as const),
  };
  const told = await situation.readBack(request);
  const passwords = loginChoices.flatMap((login) =>
    [situation.credentials(login), situation.oldCredentials(login)].flatMap((each) => each?.password ?? []),
  );
  return [
    ...(sessions.length === 0
      ? []
      : checkTold(told.sessions, sessions.map(saidOf), {
          sizeLimit: given.sizeLimit ?? SIZE_LIMIT,
          hasOthers: ownListeners,
          passwords,
        })),
    ...checkReadBack(
      { given, changes: changesOfFirst(given, changes), observation: { history: request.rows } },
      told,
    ),
    ...(told.lookedUp === undefined ? [] : checkLookedUp(request.rows, told.lookedUp)),
    ...(told.course === undefined || observation === undefined
      ? []
      : checkCourse(
          {
            observation,
            isBlocked: isBad(stage.contract, observation.status),
            ended: request.ended,
            buys: request.buys,
          },
          told.course,
        )),
  ];
}

/** Whether the case is read back in this mode: each is in one of its modes, since the questions cost as much as a session. */
function isReadBack({ scenarioCase: { id, modes }, mode }: MatrixCase): boolean {
  return modes[sumOf(id) % modes.length] === mode;
}

/** A number that stays the same for an id, so that a case is always asked the same. */
function sumOf(id: string): number {
  let sum = 0;
  for (const character of id) sum += character.charCodeAt(0);
  return sum;
}

/** Octets of the largest message where nothing else is given (rule `protocol.size`). */
const SIZE_LIMIT = 25 * 1024 * 1024;

/** Whether a reply is forced that looks like a login, or the wire is cut or encrypted wrongly. */
function isForced({ triggers }: Given): boolean {
  return triggers.some(
    ({ reply, drop, tls }) =>
      drop !== undefined || tls !== undefined || (reply !== undefined && /^[23]/.test(reply)),
  );
}

/** Whether the session is the first login's account's: it logged in there, and behind STARTTLS nowhere else. */
function isOfFirst(session: CaseSession, { given, situation }: Stage): boolean {
  const elsewhere = new Set(loginsElsewhere(given).map((login) => situation.credentials(login)?.login));
  const last = session.conversation.logins().at(-1);
  return last !== undefined && !elsewhere.has(last);
}

/** The logins that belong to another account than the first one's. */
export function loginsElsewhere({ secondLogin, thirdLogin }: Given): readonly LoginChoice[] {
  return [
    ...(secondLogin === 'another account' ? (['second'] as const) : []),
    ...(thirdLogin === 'another account' ? (['third'] as const) : []),
  ];
}

/** The changes of the first login's account, whichever of its logins they name. */
export function changesOfFirst(given: Given, changes: readonly WorldChange[]): readonly WorldChange[] {
  const elsewhere = loginsElsewhere(given);
  return changes.filter(
    (change) => !('login' in change) || change.login === undefined || !elsewhere.includes(change.login),
  );
}

function saidOf(session: CaseSession): SaidSession {
  const { replies, unread, conversation } = session;
  const last = replies.at(-1)?.reply.code;
  return {
    said: conversation.said(),
    heard: replies.map(({ reply, tls }) => ({ octets: formatReply(reply), tls })),
    unread: session.injected + unread,
    isWhole: conversation.owed() === 0 && (last === 221 || last === 421),
    tls: session.agreed,
    isClosed: session.end === 'by-client',
  };
}

/** Whether a status of a connection is one of those that stop it, by the words of the contract. */
function isBad({ words }: Contract, status: string | undefined): boolean | undefined {
  return status === undefined
    ? undefined
    : words.connectionStatuses.some(({ name, tone }) => name === status && tone === 'bad');
}
