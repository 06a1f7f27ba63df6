import { addressKeyOf } from '../../smtp/address-equality.ts';

/** The address in a command's path, as {@link keyOf} has it. */
export function addressIn(line: string): string {
  return keyOf(/<([^>]*)>/.exec(utf8(line))?.[1] ?? '');
}

/** One spelling of an address for comparisons: domains as A-labels, no letter case. What is no address stays as it is. */
export function keyOf(address: string): string {
  return addressKeyOf(address) ?? address.toLowerCase();
}

/** A line of a transcript, which has one character an octet, as UTF-8. */
function utf8(line: string): string {
  return /[\x80-\xff]/.test(line) ? Buffer.from(line, 'latin1').toString('utf8') : line;
}
