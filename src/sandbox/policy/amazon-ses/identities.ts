import { parseAddressList } from '../../../smtp/address-list.ts';
import { addressKeyOf } from '../../../smtp/address-equality.ts';
import { fieldsNamed, type HeaderField, type HeaderSection } from '../../../smtp/message.ts';
import type { Access } from '../../../contract/amazon-ses/words.ts';
import type { Choices } from '../choices.ts';
import type { Identity, MessageAddresses } from '../facts.ts';
import { isOfSimulator } from './simulator.ts';

/** Octets of a field that are read, at most; a longer one counts as unreadable. */
const LONGEST_FIELD = 65_536;
const SANDBOX: Access = 'sandbox';

/** The fields whose addresses must be verified (rule `error.554-identity`). */
const SENDER_FIELDS = ['From', 'Sender', 'Return-Path'] as const;

/**
 * The identities of a message: those of From, Sender and Return-Path, its reverse-path, and in the sandbox its recipients but for
 * those of the simulator; each address once.
 */
export function identitiesOf(
  { header, reversePath, recipients }: MessageAddresses,
  { access }: Pick<Choices, 'access'>,
): readonly Identity[] {
  const ofHeader = SENDER_FIELDS.flatMap((name) =>
    fieldsNamed(header.fields, name).flatMap((field) => addressesIn(field) ?? []),
  );
  const ofEnvelope = reversePath === 'null' ? [] : [reversePath];
  const ofRecipients =
    access === SANDBOX ? [...recipients].filter(([key]) => !isOfSimulator(key)).map(([, path]) => path) : [];
  return onceEach([...ofHeader, ...ofEnvelope, ...ofRecipients]);
}

/** The sender field that holds no address, or not only addresses, in its own spelling; `undefined` where all can be read. */
export function unreadableSender({ fields }: HeaderSection): string | undefined {
  return SENDER_FIELDS.flatMap((name) => fieldsNamed(fields, name)).find(
    (field) => addressesIn(field) === undefined,
  )?.name;
}

/** The addresses of a field; `undefined` where it cannot be read whole. */
function addressesIn(field: HeaderField): readonly Identity[] | undefined {
  if (field.end - field.start > LONGEST_FIELD) return undefined;
  const list = parseAddressList(field.value);
  return list.kind === 'read' && list.mailboxes.length > 0 ? list.mailboxes : undefined;
}

function onceEach(identities: readonly Identity[]): readonly Identity[] {
  const seen = new Set<string>();
  return identities.filter((identity) => {
    const text = identityText(identity);
    const key = addressKeyOf(text) ?? text;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** An identity as replies name it. */
export function identityText({ localPart, domain }: Identity): string {
  return domain === '' ? localPart : `${localPart}@${domain}`;
}
