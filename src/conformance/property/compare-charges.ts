import { addressKeyOf } from '../../smtp/address-equality.ts';
import type { Conversation } from '../runner/conversation.ts';
import type { Situation } from '../target/target.ts';

/** A fuzzed session, and what its words and replies amount to. */
export interface Followed {
  readonly conversation: Conversation;
  /** Whether it ended with a reset, so that its last replies may be lost on the way. */
  wasReset: boolean;
}

/** Sends that one fuzzed session can be charged for at most. */
const MOST_IN_A_SESSION = 2;

/** Each send that was charged was promised with a 250, and each promise was charged. */
export async function compareCharges(
  situation: Situation,
  followed: readonly Followed[],
): Promise<string | undefined> {
  await situation.settle();
  const { charged } = await situation.observe();
  if (charged === undefined) return undefined;
  const promised = followed
    .flatMap(({ conversation }) => conversation.submissions())
    .reduce(
      (sum, { forwardPaths }) => sum + new Set(forwardPaths.map((path) => addressKeyOf(path) ?? path)).size,
      0,
    );
  // a gateway that closes on unread octets resets the connection, and its last replies may be lost on the way
  const lost = followed.filter(({ wasReset }) => wasReset).length * MOST_IN_A_SESSION;
  return charged >= promised && charged <= promised + lost
    ? undefined
    : `${charged} sends were charged, and 250 was said to ${promised}`;
}
