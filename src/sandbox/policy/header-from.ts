import { parseAddressList, type Mailbox } from '../../smtp/address-list.ts';
import { fieldsNamed, type HeaderSection } from '../../smtp/message.ts';

/** Octets of a From that is read, at most; a longer one counts as unreadable. */
const LONGEST_FROM = 65_536;

/** All mailboxes of the one From field; none where there is no such field, more than one, or one that cannot be read whole. */
export function headerFromMailboxes({ fields }: HeaderSection): readonly Mailbox[] {
  const [field, ...others] = fieldsNamed(fields, 'From');
  if (field === undefined || others.length > 0 || field.end - field.start > LONGEST_FROM) return [];
  const list = parseAddressList(field.value);
  return list.kind === 'read' ? list.mailboxes : [];
}
