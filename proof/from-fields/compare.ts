/**
 * From fields read twice: by the gateway's own reader and by others that share no line with it. What matters is one
 * direction: no other reader may show an address that ours, having read the field, does not hold to the sender rule.
 */
import { spawn } from 'node:child_process';
import { text as textOfStream } from 'node:stream/consumers';
import { z } from 'zod';
import { mailboxText, parseAddressList, type AddressList } from '../../src/smtp/address-list.ts';
import { encodeUtf8 } from '../../src/smtp/bytes.ts';

const secondReading = z.object({
  /** `null` where the package met a fault of its own. */
  addresses: z.array(z.string()).nullable(),
  defects: z.array(z.string()),
  lenient: z.array(z.string()),
});

/** What Python made of a field. */
type SecondReading = z.output<typeof secondReading>;

/** How the readings of one field go together; a difference that has no explanation is `unexplained`. */
export interface Verdict {
  readonly field: string;
  readonly kind: 'the same' | 'both refuse' | 'explained' | 'unexplained';
  readonly why: string;
  readonly readings: string;
}

/** Reads all fields with both and compares; `python` is the program, with Python 3.11 or later behind it. */
export async function compareFields(
  fields: readonly string[],
  python = 'python3',
): Promise<readonly Verdict[]> {
  const readings = await readWithPython(fields, python);
  return fields.map((field, at) => {
    const second = readings[at];
    if (second === undefined) throw new Error(`Python gave no reading of field ${at}.`);
    return judge(field, second);
  });
}

async function readWithPython(fields: readonly string[], python: string): Promise<readonly SecondReading[]> {
  const script = new URL('second_reader.py', import.meta.url).pathname;
  const reader = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  reader.stdin.end(fields.map((field) => `${Buffer.from(field).toString('base64')}\n`).join(''));
  const lines = (await textOfStream(reader.stdout)).trimEnd().split('\n');
  return lines.map((line) => secondReading.parse(JSON.parse(line)));
}

/** Defects that Python notes of what RFC 5322 §4 or RFC 6532 allows. */
const ALLOWED: ReadonlySet<string> = new Set([
  'ObsoleteHeaderDefect',
  'NonASCIILocalPartDefect',
  'UndecodableBytesDefect',
]);

function judge(field: string, second: SecondReading): Verdict {
  const own = parseAddressList(field.trim());
  const verdict = (kind: Verdict['kind'], why: string): Verdict => ({
    field,
    kind,
    why,
    readings: `ours ${showOwn(own)}; Python ${JSON.stringify(second.addresses)} ${second.defects.join(' ')}`,
  });
  if (own.kind === 'unreadable') return verdict(...judgeRefused(field, own.why, second));
  const mine = own.mailboxes.map((mailbox) => plain(mailboxText(mailbox)));
  if (second.lenient.some((address) => !mine.includes(plain(address)))) {
    return verdict('unexplained', `the lenient reader shows more: ${JSON.stringify(second.lenient)}`);
  }
  const theirs = second.addresses?.map(plain);
  if (theirs?.join() === mine.join()) return verdict('the same', '');
  if (theirs === undefined) {
    return verdict(
      'explained',
      `Python meets a fault of its own (${second.defects.join()}), and shows no more`,
    );
  }
  if (/\[[^\]]*[ \t][^\]]*\]/.test(field)) {
    return verdict(
      'explained',
      'Python breaks off at a literal with a blank in its middle, and shows no more',
    );
  }
  return verdict('unexplained', `Python reads it otherwise: ${second.defects.join()}`);
}

/** Whether the field holds what begins and ends like an encoded word, with a special or a blank in it. */
function holdsEncodedSpecial(field: string): boolean {
  return field
    .split('=?')
    .some((text, at) => at > 0 && /["(),.:;<>@[\]\\ \t]/.test(text.split('?=', 1).join()));
}

function judgeRefused(field: string, why: string, second: SecondReading): readonly [Verdict['kind'], string] {
  const defects = second.defects.filter((defect) => !ALLOWED.has(defect));
  if (defects.length > 0 || second.addresses === null) return ['both refuse', defects.join()];
  if (second.addresses.filter((address) => address !== '@').length === 0)
    return ['both refuse', 'no address'];
  if (why === 'an encoded word stands in an address') {
    return [
      'explained',
      'RFC 2047 §5 forbids an encoded word in an address; Python takes it, and may decode it',
    ];
  }
  if (why === 'a literal is broken') {
    return ['explained', 'RFC 5321 §4.1.3 has no literal with such a character; Python takes any'];
  }
  if (holdsEncodedSpecial(field)) {
    return [
      'explained',
      'RFC 2047 §5 (3) forbids specials and blanks in an encoded word; Python takes the word for one token',
    ];
  }
  return ['unexplained', `only ours refuses: ${why}`];
}

/** An address without quotes and blanks, which each reader keeps in a way of its own. */
function plain(address: string): string {
  return address.replaceAll(/["\\ \t]/g, '');
}

function showOwn(own: AddressList): string {
  return own.kind === 'read' ? JSON.stringify(own.mailboxes.map(mailboxText)) : `refuses: ${own.why}`;
}

/** Octets of all fields together. */
export function octetsOfFields(fields: readonly string[]): number {
  return fields.reduce((sum, field) => sum + encodeUtf8(field).length, 0);
}
