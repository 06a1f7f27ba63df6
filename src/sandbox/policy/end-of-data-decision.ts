import { mailboxesIn } from '../../smtp/header-from.ts';
import { fieldsNamed, hasBareLineEnd, headerFields } from '../../smtp/message.ts';
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
    (facts.sendLimitLeft !== null && facts.recipients.size > facts.sendLimitLeft
      ? refuse('error.450', 'billing.send-limit')
      : undefined) ??
    (facts.recipients.size > facts.balance ? refuse('error.450', 'error.450.stage') : undefined) ??
    accept('250 Ok')
  );
}

/** The mailboxes of the one From field; none where there is no such field or more than one (`error.550-from.what`). */
export function headerFromMailboxes(message: Uint8Array): readonly string[] {
  const [field, ...others] = fieldsNamed(headerFields(message), 'From');
  return field === undefined || others.length > 0 ? [] : mailboxesIn(field.value);
}

/** The domain of a mailbox as written. */
export function domainOf(mailbox: string): string {
  return mailbox.slice(mailbox.lastIndexOf('@') + 1);
}

function refuseHeaderFrom({ message, standingOf }: EndOfDataFacts): Refusal | undefined {
  const mailboxes = headerFromMailboxes(message);
  if (mailboxes.length === 0) return refuse('error.550-from', 'error.550-from.what');
  const standings = mailboxes.map((mailbox) => standingOf(domainOf(mailbox)));
  // permanent before temporary: one that is not registered outweighs one that is not verified
  const worst =
    standings.find((each) => each === 'not registered') ?? standings.find((each) => each !== 'verified');
  return refuseDomain(worst ?? 'verified', 'sender.header-from', 'sender.header-from');
}
