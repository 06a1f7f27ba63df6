/** The header section of a message as a client sent it, one character an octet. Pure. */
import { addressParser, decodeWords } from 'postal-mime';
import { showHeaderText } from '../../smtp/header-text.ts';
import { fieldsNamed, headerFields, type HeaderField } from '../../smtp/message.ts';
import { keyOf } from './address-in.ts';

/** The longest field that is read. */
const LONGEST_FIELD = 4_000;

/** All fields in their order; a bare CR or LF ends a line too, as careless servers have it. */
export function fieldsOf(message: string): readonly HeaderField[] {
  return headerFields(Buffer.from(message.replaceAll(/\r\n|\r|\n/g, '\r\n'), 'latin1'));
}

/** The text of the first field of a name, with encoded words decoded; `undefined` where there is none. */
export function fieldText(message: string, name: string): string | undefined {
  const value = fieldsNamed(fieldsOf(message), name)[0]?.value;
  return value === undefined ? undefined : decodeWords(showHeaderText(value, LONGEST_FIELD));
}

/** The mailboxes of the first field of a name; groups are taken apart. */
export function mailboxesOf(
  message: string,
  name: string,
): readonly { readonly name: string; readonly address: string }[] {
  const value = fieldsNamed(fieldsOf(message), name)[0]?.value;
  if (value === undefined) return [];
  return addressParser(showHeaderText(value, LONGEST_FIELD), { flatten: true }).flatMap((one) =>
    one.address === undefined ? [] : [{ name: decodeWords(one.name), address: keyOf(one.address) }],
  );
}
