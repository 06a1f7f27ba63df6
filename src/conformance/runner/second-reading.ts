/**
 * Delivered mail, read a second time. The gateway and `compareAsSent` read messages with the same functions, so a fault in
 * these could hide from both; here a MIME library reads the header section, and the body is what stands behind it.
 */
import PostalMime from 'postal-mime';
import type { Copy, WantedCopies, WrongDelivery } from './compare-delivered.ts';
import { keyOf } from './path-key.ts';

/** A message as the library reads it. */
interface SecondReading {
  /** In order; names in small letters, values unfolded. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly body: Uint8Array;
}

/** The name of a field at the begin of its line. */
const FIELD = /^([\x21-\x39\x3B-\x7E]+)[ \t]*:/;

/** The fields that name hidden recipients (RFC 5322 §3.6.3, §3.6.6). */
const HIDDEN: ReadonlySet<string> = new Set(['bcc', 'resent-bcc']);

/** Octets of a header section that is read twice; what is longer is left to the first reading. */
const LONGEST_HEADER = 64 * 1024;

/** Reads a message; `undefined` where its header section is none that RFC 5322 §2.2 knows, or is too long. */
async function readAgain(message: Uint8Array): Promise<SecondReading | undefined> {
  const end = Buffer.from(message.buffer, message.byteOffset, message.length).indexOf('\r\n\r\n');
  if (end === -1 || end > LONGEST_HEADER) return undefined;
  const lines = Buffer.from(message.subarray(0, end)).toString('latin1').split('\r\n');
  if (!lines.every((line, at) => FIELD.test(line) || (at > 0 && /^[ \t]/.test(line)))) return undefined;
  // the library knows no blanks before the colon, which RFC 5322 §4.5 lets stand
  const head = lines.map((line) => line.replace(FIELD, '$1:')).join('\r\n');
  const { headers } = await PostalMime.parse(Buffer.from(`${head}\r\n`, 'latin1'));
  return {
    fields: headers.map(({ key, value }) => ({ name: key, value })),
    body: message.subarray(end + 4),
  };
}

/** What may stand on top of a copy; the last two only where the message has none. */
const ADDED: ReadonlySet<string> = new Set([
  'received',
  'return-path',
  'x-gauntlet-email',
  'bcc',
  'message-id',
  'date',
]);

/** What an added field looks like (RFC 5322 §3.3, §3.6.4). */
const FORM: Readonly<Record<string, RegExp>> = {
  date: /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? [+-]\d{4}$/,
  'message-id': /^<[^<>@\s]+@[^<>@\s]+>$/,
};

/**
 * Compares a recipient's one copy with the one message submitted for it, by the second reading; `undefined` where they
 * agree, where there is not one of each, or where the library cannot read them.
 */
export async function compareAgain(
  { name, address, messages, reversePaths }: WantedCopies,
  copies: readonly Copy[],
): Promise<WrongDelivery | undefined> {
  const [message, ...otherMessages] = messages;
  const [copy, ...otherCopies] = copies;
  if (message === undefined || copy === undefined || otherMessages.length + otherCopies.length > 0)
    return undefined;
  const [submitted, stored] = await Promise.all([readAgain(message), readAgain(copy.octets)]);
  if (submitted === undefined || stored === undefined) return undefined;
  const content = compareContent(submitted, stored, address);
  const why = content ?? compareEnvelope(stored, address, reversePaths);
  return why === undefined
    ? undefined
    : {
        check: content === undefined ? 'envelope' : 'content',
        expected: `${name}: as sent, read by a MIME library`,
        received: why,
      };
}

function compareContent(
  submitted: SecondReading,
  stored: SecondReading,
  address: string,
): string | undefined {
  const wanted = submitted.fields.filter(({ name }) => !HIDDEN.has(name));
  const added = stored.fields.slice(0, Math.max(0, stored.fields.length - wanted.length));
  const kept = stored.fields.slice(added.length);
  const differs = wanted.find(({ name, value }, at) => kept[at]?.name !== name || kept[at].value !== value);
  if (differs !== undefined) return `the field ${differs.name} is not as it was submitted`;
  const own = new Set(wanted.map(({ name }) => name));
  const stranger = added.find(
    ({ name }) => !ADDED.has(name) || ((name === 'message-id' || name === 'date') && own.has(name)),
  );
  if (stranger !== undefined) return `a field ${stranger.name} was added`;
  // a mailbox may note there whose copy it keeps
  const told = added.find(({ name, value }) => name === 'bcc' && keyOf(bare(value)) !== keyOf(address));
  if (told !== undefined) return `a Bcc tells of ${told.value}`;
  const malformed = added.find(({ name, value }) => FORM[name]?.test(value) === false);
  if (malformed !== undefined) return `the ${malformed.name} that was added is ${malformed.value}`;
  return Buffer.from(submitted.body).equals(stored.body) ? undefined : 'the body is not as it was submitted';
}

/** An address without its brackets. */
function bare(value: string): string {
  return value.replace(/^<(.*)>$/s, '$1');
}

/** What stands on top tells one forward-path, and the reverse-path (RFC 5321 §4.4). */
function compareEnvelope(
  { fields }: SecondReading,
  address: string,
  reversePaths: readonly string[],
): string | undefined {
  const own = fields.findIndex(({ name }) => !ADDED.has(name));
  const top = own === -1 ? fields : fields.slice(0, own);
  const values = (wanted: string) => top.flatMap(({ name, value }) => (name === wanted ? [value] : []));
  const stranger = values('received')
    .flatMap((value) => /\sfor\s+<?([^\s<>;]+)>?/i.exec(value)?.[1] ?? [])
    .find((path) => keyOf(path) !== keyOf(address));
  if (stranger !== undefined) return `its Received names <${stranger}>`;
  const reversePath = values('return-path')[0]?.replaceAll(/[<>]/g, '');
  const isKnown =
    reversePath === undefined || reversePaths.length === 0 || reversePaths.includes(reversePath);
  return isKnown ? undefined : `its Return-Path is <${reversePath}>`;
}
