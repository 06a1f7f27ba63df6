import { addressKeyOf } from '../../smtp/address-equality.ts';
import { isAddressLiteral } from '../../smtp/address-literal.ts';
import { ADDITIONS, compareAsSent } from './as-sent.ts';
import { headerFields } from '../../smtp/message.ts';
import { isAsciiDomain } from '../../smtp/path.ts';
import { compareTrace, type Trace } from './compare-trace.ts';
import type { AcceptedMessage } from './conversation.ts';

/** A copy in the mailbox. */
export interface Copy {
  readonly octets: Uint8Array;
  /** The forward-path that its `Received` names; `undefined` where none does. */
  readonly forwardPath: string | undefined;
  /** What the way to the mailbox tells of the envelope. */
  readonly envelope: CopyEnvelope;
}

/** The forward-paths that the `Received` fields on top name, and the reverse-path, where it is told. */
export interface CopyEnvelope {
  readonly forwardPaths: readonly string[];
  /** The words behind `from` that are no domain and no address literal (RFC 5321 §4.4). */
  readonly strangeNames: readonly string[];
  readonly reversePath: string | undefined;
}

/** What a recipient must have: messages as submitted, one copy each. */
export interface WantedCopies {
  readonly name: string;
  readonly address: string;
  readonly messages: readonly Uint8Array[];
  /** The reverse-paths of what was submitted for it. */
  readonly reversePaths: readonly string[];
  /** The forward-paths that were accepted for it, as they were written; empty where a target may write them anew. */
  readonly spellings: readonly string[];
  /** How and when they were taken; empty where the target's `Received` is its own affair. */
  readonly taken: readonly Trace[];
}

/** A recipient whose mail is not what was wanted, in words. */
export interface WrongDelivery {
  /** What the fault is about; `undefined` where copies are missing or too many, which has many reasons. */
  readonly check?: 'content' | 'envelope' | 'trace';
  readonly expected: string;
  readonly received: string;
}

/** Reads the envelope from what stands on top: `Received … for <…>` and `Return-Path` (RFC 5321 §4.4). */
export function envelopeOf(copy: Uint8Array): CopyEnvelope {
  const forwardPaths: string[] = [];
  const strangeNames: string[] = [];
  let reversePath: string | undefined;
  for (const { name, value } of headerFields(copy)) {
    const lower = name.toLowerCase();
    // below the first other field they are the sender's own
    if (!ADDITIONS.has(lower)) break;
    const path = lower === 'received' ? /\sfor\s+<?([^\s<>;]+)>?/i.exec(value)?.[1] : undefined;
    if (path !== undefined) forwardPaths.push(path);
    const from = lower === 'received' ? /^\s*from\s+(\S+)/i.exec(value)?.[1] : undefined;
    if (from !== undefined && !isAsciiDomain(from) && !isAddressLiteral(from)) strangeNames.push(from);
    if (lower === 'return-path') reversePath ??= value.replaceAll(/[<>]/g, '');
  }
  return { forwardPaths, strangeNames, reversePath };
}

/** Gives the submissions that were accepted for an address, each once; a look-up costs the same however many there are. */
export function indexSubmissions(
  submissions: readonly AcceptedMessage[],
): (address: string) => readonly AcceptedMessage[] {
  const byKey = new Map<string | undefined, AcceptedMessage[]>();
  for (const submission of submissions) {
    for (const key of new Set(submission.forwardPaths.map(addressKeyOf))) {
      const own = byKey.get(key);
      if (own === undefined) byKey.set(key, [submission]);
      else own.push(submission);
    }
  }
  return (address) => byKey.get(addressKeyOf(address)) ?? [];
}

/** Compares one recipient's copies with what was wanted: each message once, and nothing else. */
export function compareDelivered(wanted: WantedCopies, copies: readonly Copy[]): WrongDelivery | undefined {
  const { name, address, messages } = wanted;
  const [only, ...otherMessages] = messages;
  const [onlyCopy, ...otherCopies] = copies;
  const areSingle = otherMessages.length === 0 && otherCopies.length === 0;
  const single =
    areSingle && only !== undefined && onlyCopy !== undefined
      ? compareAsSent(only, onlyCopy.octets, address)
      : undefined;
  if (single?.kind === 'differs')
    return { check: 'content', expected: `${name}: as sent`, received: single.why };
  const wrongEnvelope = copies.flatMap(
    (copy) => compareEnvelope(wanted, copy.envelope) ?? compareTrace(name, wanted.taken, copy.octets) ?? [],
  )[0];
  if (wrongEnvelope !== undefined || single !== undefined) return wrongEnvelope;
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

/** Each email has the transaction's reverse-path and exactly one forward-path (rule `delivery.envelope`). */
function compareEnvelope(
  { name, address, reversePaths, spellings }: WantedCopies,
  { forwardPaths, strangeNames, reversePath }: CopyEnvelope,
): WrongDelivery | undefined {
  const [strange] = strangeNames;
  if (strange !== undefined) {
    return {
      expected: `${name}: a Received from a domain or an address literal`,
      received: `its Received is from ${strange}`,
    };
  }
  const stranger = forwardPaths.find((path) => addressKeyOf(path) !== addressKeyOf(address));
  if (stranger !== undefined) {
    return {
      check: 'envelope',
      expected: `${name}: one forward-path, <${address}>`,
      received: `its Received names <${stranger}>`,
    };
  }
  const locals = new Set(spellings.map(localPart));
  const respelled = forwardPaths.find((path) => !locals.has(localPart(path)));
  if (respelled !== undefined && locals.size > 0) {
    return {
      check: 'envelope',
      expected: `${name}: the forward-path as it was given, <${spellings.join('> or <')}>`,
      received: `its Received names <${respelled}>`,
    };
  }
  if (reversePath === undefined || reversePaths.length === 0 || reversePaths.includes(reversePath))
    return undefined;
  return {
    check: 'envelope',
    expected: `${name}: the reverse-path <${reversePaths.join('> or <')}>`,
    received: `its Return-Path is <${reversePath}>`,
  };
}

/** What stands before the domain, whose letter case is the recipient's own affair (RFC 5321 §2.4). */
function localPart(path: string): string {
  return path.replace(/^@[^:]*:/, '').replace(/@[^@]*$/, '');
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
