import { addressKeyOf } from '../../smtp/address-equality.ts';
import { compareAsSent } from '../../smtp/as-sent.ts';
import { stringToOctets } from '../../smtp/bytes.ts';
import { headerFields } from '../../smtp/message.ts';
import type { Submission } from './conversation.ts';

/** A copy in the mailbox. */
export interface Copy {
  readonly octets: Uint8Array;
  /** The forward-path that its `Received` names; `undefined` where none does. */
  readonly forwardPath: string | undefined;
}

/** What a recipient must have: messages as submitted, one copy each. */
export interface WantedCopies {
  readonly name: string;
  readonly address: string;
  readonly messages: readonly Uint8Array[];
}

/** A recipient whose mail is not what was wanted, in words. */
export interface WrongDelivery {
  readonly expected: string;
  readonly received: string;
}

/** The fields that the way to the mailbox writes on top; below the first other one they are the sender's own. */
const ON_TOP: ReadonlySet<string> = new Set([
  'received',
  'return-path',
  'x-gauntlet-email',
  'message-id',
  'date',
  'bcc',
]);

/** The forward-path in the topmost `Received … for <…>` (RFC 5321 §4.4). */
export function forwardPathOf(copy: Uint8Array): string | undefined {
  for (const field of headerFields(copy)) {
    const name = field.name.toLowerCase();
    if (!ON_TOP.has(name)) return undefined;
    const path = name === 'received' ? /\sfor\s+<?([^\s<>;]+)>?/i.exec(field.value)?.[1] : undefined;
    if (path !== undefined) return path;
  }
  return undefined;
}

/** What must be in the mailbox of an address after these submissions, where each is delivered as sent. */
export function messagesFor(address: string, submissions: readonly Submission[]): readonly Uint8Array[] {
  const key = addressKeyOf(address);
  return submissions
    .filter(({ forwardPaths }) => forwardPaths.some((path) => addressKeyOf(path) === key))
    .map(({ message }) => stringToOctets(message));
}

/** Compares one recipient's copies with what was wanted: each message once, and nothing else. */
export function compareDelivered(wanted: WantedCopies, copies: readonly Copy[]): WrongDelivery | undefined {
  const { name, address, messages } = wanted;
  const [only] = messages;
  const [onlyCopy] = copies;
  if (messages.length === 1 && copies.length === 1 && only !== undefined && onlyCopy !== undefined) {
    const compared = compareAsSent(only, onlyCopy.octets, address);
    return compared.kind === 'same' ? undefined : { expected: `${name}: as sent`, received: compared.why };
  }
  let left = copies;
  let missing = 0;
  for (const message of messages) {
    const found = left.find((copy) => compareAsSent(message, copy.octets, address).kind === 'same');
    if (found === undefined) missing += 1;
    left = left.filter((copy) => copy !== found);
  }
  if (missing === 0 && left.length === 0) return undefined;
  return {
    expected: `${name}: ${count(messages.length, 'copy', 'copies')}, as sent`,
    received: `${count(copies.length, 'copy', 'copies')}; ${missing} missing, ${left.length} that should not be there`,
  };
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
