import { ruleIds, rules } from '../../contract/contract.ts';
import { documentedReplies } from '../../contract/documented-replies.ts';
import type { Role } from '../../contract/vocabulary.ts';
import { addressKeyOf } from '../../smtp/address-equality.ts';
import { showReply, type Reply } from '../../smtp/reply.ts';
import type { ThenExpectation } from '../scenario/scenario.ts';
import type { ServerExpectation } from '../scenario/server-expectation.ts';
import type { Submission } from './conversation.ts';
import type { DialogueLine } from '../scenario/dialogue.ts';
import type { Given } from '../situation/given.ts';
import type { Observation, Situation } from '../target/target.ts';

// Which expectations are their author's own: what no rule says, or where the record shows that the gateway kept its rules.

/** The reply codes that the RFCs know for each verb (RFC 5321 §4.3.2, RFC 4954 §4, RFC 3207 §4). */
const CODES: ReadonlyMap<string, readonly number[]> = new Map([
  ['connect', [220, 421, 554]],
  ['STARTTLS', [220, 421, 454, 500, 501, 502, 503, 530]],
  ['DATA', [354, 421, 450, 451, 452, 500, 501, 503, 530, 550, 554]],
  ['end of data', [250, 421, 450, 451, 452, 500, 550, 552, 554]],
  ['MAIL', [250, 421, 450, 451, 452, 455, 500, 501, 503, 504, 530, 550, 552, 553, 555]],
  ['RCPT', [250, 251, 252, 421, 450, 451, 452, 455, 500, 501, 503, 530, 550, 551, 552, 553, 554, 555]],
  ['QUIT', [221, 421, 500, 501]],
  ['RSET', [250, 421, 500, 501]],
  ['NOOP', [250, 421, 500, 501]],
]);

const PRESCRIBED: ReadonlySet<string> = new Set(ruleIds.flatMap((id) => rules[id].replies ?? []));
const UNAVAILABLE = documentedReplies['error.421-unavailable'].reply;

/** What the case has arranged, and what it says. */
interface CaseWorld {
  readonly given: Given;
  readonly dialogue: readonly DialogueLine[];
  readonly situation: Situation;
}

/** A reply that did not meet its line, and what it answered. */
export interface UnmetReplyRecord {
  readonly expectation:
    Pick<Extract<ServerExpectation, { kind: 'code' }>, 'code'> | { readonly text: string } | undefined;
  readonly received: Reply;
  readonly answers: string | undefined;
}

/** Whether no rule says what the line expects, or the reply is the one that the rules ask for at this moment. */
export function isOwnReply(
  { expectation, received, answers }: UnmetReplyRecord,
  { maintenance }: { readonly maintenance: boolean },
): boolean {
  const shown = showReply(received);
  if (maintenance && shown === UNAVAILABLE) return true;
  if (expectation === undefined) return false;
  const code = 'code' in expectation ? expectation.code : Number(expectation.text.slice(0, 3));
  const known = CODES.get(answers ?? '');
  if (known !== undefined && !known.includes(code)) return true;
  // the RFCs leave the words of a success to each gateway, and the documentation names none
  return 'text' in expectation && code === received.code && code < 400 && !PRESCRIBED.has(expectation.text);
}

/** Whether the end is what the rules make of the record, so that the key of `then` expects something else than they do. */
export function isOwnThen(
  expectation: ThenExpectation,
  observation: Observation,
  submissions: readonly Submission[],
  { given, dialogue, situation }: CaseWorld,
): boolean {
  const isPlain =
    expectation.rule === undefined &&
    given.secondLogin === undefined &&
    given.thirdLogin === undefined &&
    given.connection === 'active' &&
    given.domain === 'verified' &&
    given.triggers.length === 0 &&
    dialogue.every(
      (line) => line.kind !== 'time' && (line.kind !== 'world' || line.change.kind === 'settled'),
    );
  if (!isPlain) return false;
  const emails = submissions.flatMap(({ forwardPaths }) => [...new Set(forwardPaths.map(addressKeyOf))]);
  const roleOf = new Map(
    [...given.recipients].map(([name, role]) => [addressKeyOf(situation.recipients.get(name) ?? name), role]),
  );
  if (!emails.every((key) => roleOf.has(key))) return false;
  switch (expectation.kind) {
    case 'charged':
      return observation.charged === emails.length;
    case 'balance':
      return given.plans.length === 0 && observation.balance === given.balance - emails.length;
    case 'status': {
      const bad = emails.filter((key) => ['nonexistent', 'refused'].includes(roleOf.get(key) ?? '')).length;
      return observation.status === (bad > BAD_MAILBOXES ? 'Blocked' : 'Active');
    }
    case 'suppressed': {
      const sentTo = new Set(emails);
      const wanted = [...roleOf].filter(
        ([key, role]) =>
          role === 'suppressed' || (['unsubscribes', 'complains'].includes(role) && sentTo.has(key)),
      );
      const got = new Set((observation.suppressed ?? []).map(addressKeyOf));
      return got.size === wanted.length && wanted.every(([key]) => got.has(key));
    }
    case 'history':
      return (
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

/** More emails to bad mailboxes than these block a connection (rule `connection.block.limit`). */
const BAD_MAILBOXES = 10;

/** What becomes of an email, by the role of its recipient; the others are refused at RCPT. */
const FATES: Readonly<Record<Role, string | undefined>> = {
  accepts: 'delivered',
  nonexistent: 'bounced',
  refused: 'rejected',
  unsubscribes: 'unsubscribed',
  complains: 'complained',
  suppressed: undefined,
  full: undefined,
};
