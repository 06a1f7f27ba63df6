import { addressKeyOf } from '../../smtp/address-equality.ts';
import { mailboxText, parseAddressList } from '../../smtp/address-list.ts';
import { octetsToString, sameOctets } from '../../smtp/bytes.ts';
import {
  fieldsNamed,
  headerFields,
  hiddenRecipientFields,
  withoutFields,
  type HeaderField,
} from '../../smtp/message.ts';

/** How a copy in a mailbox compares with the message that was submitted. */
export type AsSent = { readonly kind: 'same' } | { readonly kind: 'differs'; readonly why: string };

/** What the way to the mailbox may add at the very top, and how often: the gateway's own fields and the mailbox's. */
export const ADDITIONS: ReadonlyMap<string, number> = new Map([
  ['received', 2],
  ['return-path', 1],
  ['x-gauntlet-email', 1],
  ['message-id', 1],
  ['date', 1],
  ['bcc', 1],
]);

/**
 * Compares a stored copy with the message as submitted (rule `delivery.content`). From the top of the copy, what the
 * gateway and the mailbox add is taken off: `Received` (one each), `Return-Path`, `X-Gauntlet-Email`; `Message-ID`
 * and `Date` only where the message lacks them; one `Bcc` that names this email's forward-path and nothing else. The
 * message's own `Bcc` and `Resent-Bcc` fields are taken off it. What is left must be the same octets.
 */
export function compareAsSent(message: Uint8Array, copy: Uint8Array, forwardPath: string): AsSent {
  const submitted = headerFields(message);
  const expected = withoutFields(message, hiddenRecipientFields(submitted));
  const received = copy.subarray(additionsEnd(submitted, headerFields(copy), forwardPath));
  if (sameOctets(expected, received)) return { kind: 'same' };
  return { kind: 'differs', why: describeDifference(expected, received) };
}

function additionsEnd(
  submitted: readonly HeaderField[],
  stored: readonly HeaderField[],
  forwardPath: string,
): number {
  const seen = new Map<string, number>();
  let end = 0;
  for (const field of stored) {
    const name = field.name.toLowerCase();
    const times = (seen.get(name) ?? 0) + 1;
    if (times > (ADDITIONS.get(name) ?? 0) || !mayBeAdded(name, field, submitted, forwardPath)) break;
    seen.set(name, times);
    end = field.end;
  }
  return end;
}

function mayBeAdded(
  name: string,
  field: HeaderField,
  submitted: readonly HeaderField[],
  forwardPath: string,
): boolean {
  if (name === 'message-id' || name === 'date') return fieldsNamed(submitted, name).length === 0;
  if (name !== 'bcc') return true;
  const list = parseAddressList(field.value);
  const [named, ...others] = list.kind === 'read' ? list.mailboxes : [];
  return (
    named !== undefined &&
    others.length === 0 &&
    addressKeyOf(mailboxText(named)) === addressKeyOf(forwardPath)
  );
}

/** Where two messages part, in a sentence that shows both lines. */
function describeDifference(expected: Uint8Array, received: Uint8Array): string {
  const wanted = octetsToString(expected).split('\n');
  const got = octetsToString(received).split('\n');
  const at = wanted.findIndex((line, index) => line !== got[index]);
  const line = at === -1 ? wanted.length : at;
  const show = (text: string | undefined) =>
    text === undefined ? 'the end of the message' : JSON.stringify(text);
  return `line ${line + 1} of the message: submitted ${show(wanted[line])}, in the mailbox ${show(got[line])}`;
}
