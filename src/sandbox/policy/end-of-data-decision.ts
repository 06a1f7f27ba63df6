import { parseAddressList, type Mailbox } from '../../smtp/address-list.ts';
import { fieldsNamed, hasBareLineEnd, headerSection } from '../../smtp/message.ts';
import { accept, refuse, refuseAndClose, refuseBy, type Decision, type Refusal } from './decision.ts';
import type { EndOfDataFacts } from './facts.ts';
import { refuseDomain } from './mail-decisions.ts';

/** The end of the data, its checks in the order of rule `order.checks`. What is refused costs nothing. */
export function decideEndOfData(facts: EndOfDataFacts): Decision {
  if (facts.size > facts.choices.sizeLimit) return refuseBy('protocol.size', 'messageTooLarge');
  if (hasBareLineEnd(facts.message)) return refuseBy('protocol.line-ends.refused', 'bareLineEnd');
  if (facts.blocked) return refuseAndClose('error.421-unavailable', 'connection.block.effect');
  return (
    refuseHeaderFrom(facts) ??
    refuseHeaderSection(facts.message) ??
    (facts.sendLimitLeft !== null && facts.recipients.size > facts.sendLimitLeft
      ? refuse('error.450', 'billing.send-limit')
      : undefined) ??
    (facts.recipients.size > facts.balance ? refuse('error.450', 'error.450.stage') : undefined) ??
    accept('250 Ok')
  );
}

/** Octets of a From that is read, at most; a longer one counts as unreadable. */
const LONGEST_FROM = 65_536;

/**
 * All mailboxes of the one From field; none where there is no such field, more than one, or one that cannot be read
 * as a whole (`error.550-from.what`).
 */
export function headerFromMailboxes(message: Uint8Array): readonly Mailbox[] {
  const [field, ...others] = fieldsNamed(headerSection(message).fields, 'From');
  if (field === undefined || others.length > 0 || field.end - field.start > LONGEST_FROM) return [];
  const list = parseAddressList(field.value);
  return list.kind === 'read' ? list.mailboxes : [];
}

function refuseHeaderFrom({ message, standingOf }: EndOfDataFacts): Refusal | undefined {
  const mailboxes = headerFromMailboxes(message);
  if (mailboxes.length === 0) return refuse('error.550-from', 'error.550-from.what');
  const standings = mailboxes.map(({ domain }) => standingOf(domain));
  // permanent before temporary: one that is not registered outweighs one that is not verified
  const worst =
    standings.find((each) => each === 'not registered') ?? standings.find((each) => each !== 'verified');
  return refuseDomain(worst ?? 'verified', 'sender.header-from', 'sender.header-from');
}

/** Rule `protocol.header-section`: receivers disagree about what a header section is that breaks off. */
function refuseHeaderSection(message: Uint8Array): Refusal | undefined {
  switch (headerSection(message).endedBy) {
    case 'no field':
      return refuseBy('protocol.header-section', 'malformedHeader');
    case 'too many fields':
      return refuseBy('protocol.header-section', 'tooManyFields');
    case undefined:
      return undefined;
  }
}
