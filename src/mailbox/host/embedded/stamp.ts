import { isAddress, readAddresses } from './address-list.ts';
import { firstValue, readHeaderSection, setHeaderField, type HeaderField } from './header-section.ts';
import { trimCharacters } from './linear-text.ts';
import { createShortId } from './short-id.ts';

/** A message as it came in, with its envelope. */
export interface TakenMessage {
  readonly helloName: string;
  readonly clientIp: string;
  readonly hostname: string;
  readonly reversePath: string;
  readonly forwardPaths: readonly string[];
  /** The octets of DATA, unstuffed. */
  readonly data: Buffer;
  readonly takenAt: Date;
}

/**
 * What Mailpit stores for a message: its own fields on top, in its order, and CR CR LF repaired.
 * Undefined for a header section that it cannot read, which it refuses with 451.
 */
export function stampMessage(taken: TakenMessage): Buffer | undefined {
  const received = Buffer.from(receivedField(taken), 'latin1');
  const arrived = repairLineEndings(Buffer.concat([received, taken.data]));
  const fields = readHeaderSection(arrived);
  if (fields === undefined) return undefined;
  return addMissingRecipients(
    addMessageId(setReturnPath(arrived, fields, taken.reversePath), fields),
    fields,
    taken,
  );
}

function receivedField(taken: TakenMessage): string {
  const first = taken.forwardPaths[0] ?? '';
  // RFC 5322 date with a comment for the zone; the day without a leading zero
  const date = taken.takenAt.toUTCString().replace(/, 0/, ', ').replace('GMT', '+0000 (UTC)');
  return (
    `Received: from ${taken.helloName} (unknown [${taken.clientIp}])\r\n` +
    `        by ${taken.hostname} (Mailpit) with SMTP\r\n` +
    `        for <${Buffer.from(first, 'utf8').toString('latin1')}>; ${date}\r\n`
  );
}

function repairLineEndings(message: Buffer): Buffer {
  if (!message.includes('\r\r\n')) return message;
  return Buffer.from(message.toString('latin1').replaceAll('\r\r\n', '\r\n'), 'latin1');
}

function setReturnPath(message: Buffer, fields: readonly HeaderField[], reversePath: string): Buffer {
  const octets = Buffer.from(reversePath, 'utf8').toString('latin1');
  if (trimCharacters(firstValue(fields, 'Return-Path'), '<>') === octets) return message;
  return setHeaderField(message, 'Return-Path', `<${reversePath}>`);
}

function addMessageId(message: Buffer, fields: readonly HeaderField[]): Buffer {
  if (trimCharacters(firstValue(fields, 'Message-ID'), '<>') !== '') return message;
  return Buffer.concat([Buffer.from(`Message-ID: <${createShortId()}@mailpit>\r\n`), message]);
}

function addMissingRecipients(message: Buffer, fields: readonly HeaderField[], taken: TakenMessage): Buffer {
  const inHeader = (name: string): readonly string[] =>
    readAddresses(firstValue(fields, name)).map((entry) => entry.Address.toLowerCase());
  const bcc = inHeader('Bcc');
  const named = new Set([...inHeader('To'), ...inHeader('Cc'), ...bcc]);
  const missing = taken.forwardPaths.filter((path) => isAddress(path) && !named.has(path.toLowerCase()));
  if (missing.length === 0) return message;
  // a message that has a Bcc loses the missing ones and gains a comma: so it is in Mailpit 1.27
  const value =
    bcc.length > 0 ? `, ${Buffer.from(firstValue(fields, 'Bcc'), 'latin1').toString()}` : missing.join(', ');
  return setHeaderField(message, 'Bcc', value);
}
