import type { Contract } from '../../contract/contract.ts';
import { addressKeyOf } from '../../smtp/address-equality.ts';
import type { DialogueLine } from '../scenario/dialogue.ts';
import type { ThenExpectation } from '../scenario/scenario.ts';
import type { Given } from '../situation/given.ts';
import type { WorldChange } from '../situation/world-change.ts';
import type { Observation, Situation } from '../target/target.ts';
import type { AcceptedMessage } from './conversation.ts';

// Which keys of `then` are their author's own: the end is what the rules make of the record.

/** What the case has arranged, and what it did. */
interface CaseWorld {
  readonly contract: Contract;
  readonly given: Given;
  readonly dialogue: readonly DialogueLine[];
  readonly situation: Situation;
  readonly changes: readonly WorldChange[];
}

/**
 * Whether the end is what the rules make of the record, so that the key of `then` expects something else than they do.
 * Where the record does not tell what they make of it, it is not.
 */
export function isOwnThen(
  expectation: ThenExpectation,
  observation: Observation,
  submissions: readonly AcceptedMessage[],
  world: CaseWorld,
): boolean {
  const { given, situation, changes } = world;
  const isAlone =
    expectation.rule === undefined &&
    given.secondLogin === undefined &&
    given.thirdLogin === undefined &&
    given.triggers.length === 0;
  if (!isAlone) return false;
  const emails = submissions.flatMap(({ forwardPaths }) => [...new Set(forwardPaths.map(addressKeyOf))]);
  const roleOf = new Map(
    [...given.recipients].map(([name, role]) => [addressKeyOf(situation.recipients.get(name) ?? name), role]),
  );
  const changed = (...kinds: readonly WorldChange['kind'][]) =>
    changes.some(({ kind }) => kinds.includes(kind));
  // what becomes of each email is known by the role of its recipient
  const isForeseen = !changed('recipient', 'mailbox') && emails.every((key) => roleOf.has(key));
  switch (expectation.kind) {
    case 'charged':
      return observation.charged === emails.length;
    case 'balance':
      return (
        given.plans.length === 0 &&
        !changed('balance', 'buy') &&
        observation.balance === given.balance - emails.length
      );
    case 'status':
      return isForeseen && observation.status === statusOf(emails, roleOf, world);
    case 'suppressed': {
      const sentTo = new Set(emails);
      const wanted = [...roleOf].filter(
        ([key, role]) =>
          role === 'suppressed' || (['unsubscribes', 'complains'].includes(role) && sentTo.has(key)),
      );
      const got = new Set((observation.suppressed ?? []).map(addressKeyOf));
      return isForeseen && got.size === wanted.length && wanted.every(([key]) => got.has(key));
    }
    case 'history':
      return (
        isForeseen &&
        expectation.filter === undefined &&
        [...expectation.rows.values()].flat().every(({ columns }) => columns.size === 0) &&
        observation.history?.length === emails.length &&
        observation.history.every(
          ({ recipient, status }) => status === FATES[roleOf.get(addressKeyOf(recipient)) ?? 'full'],
        )
      );
    case 'delivered':
    case 'statistics':
      return false;
  }
}

/** The status that the rules give the connection; `undefined` where that depends on more than the record tells. */
function statusOf(
  emails: readonly (string | undefined)[],
  roleOf: ReadonlyMap<string | undefined, string>,
  { contract, given, dialogue, changes }: CaseWorld,
): string | undefined {
  const bad = emails.filter((key) => ['nonexistent', 'refused'].includes(roleOf.get(key) ?? '')).length;
  const last = changes.findLast(({ kind }) => kind === 'block');
  const isOver = bad > (contract.declaredLimits.badMailboxes ?? Infinity);
  // when each email came to its end is not told, and after unblocking the count starts anew
  if (isOver && (last !== undefined || dialogue.some(({ kind }) => kind === 'time'))) return undefined;
  const isBlocked = last?.kind === 'block' ? last.blocked : given.connection === 'blocked';
  if (isOver || isBlocked) return 'Blocked';
  if (changes.some(({ kind }) => kind === 'record' || kind === 'verify-domain')) return undefined;
  if (given.domain === 'unverified' || given.connection === 'not activated') return 'Not Activated';
  return given.domain === 'verified' ? 'Active' : undefined;
}

/** What becomes of an email, by the role of its recipient; the others are refused at RCPT. */
const FATES: Readonly<Record<string, string | undefined>> = {
  accepts: 'delivered',
  nonexistent: 'bounced',
  refused: 'rejected',
  unsubscribes: 'unsubscribed',
  complains: 'complained',
  suppressed: undefined,
  full: undefined,
};
