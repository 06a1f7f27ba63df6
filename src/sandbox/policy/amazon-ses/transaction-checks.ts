import { observedReplies } from '../../../contract/amazon-ses/own-replies.ts';
import type { AmazonSesRuleId } from '../../../contract/amazon-ses/rules.ts';
import { parsePath } from '../../../smtp/path.ts';
import { checkWith, type Check } from '../check.ts';
import { refuseWith, type Refusal } from '../decision.ts';
import type { MailFacts, RcptFacts } from '../facts.ts';
import { refuse, roomFor, showable } from './refuse.ts';

type MailCheck = Check<MailFacts, AmazonSesRuleId>;
type RcptCheck = Check<RcptFacts, AmazonSesRuleId>;

const noSender = refuseWith<AmazonSesRuleId>({ rule: 'error.501', reply: observedReplies.noSender });
const noRecipientAddress = refuseWith<AmazonSesRuleId>({
  rule: 'error.501',
  reply: observedReplies.noRecipientAddress,
});

/** The null reverse-path: notices cannot be sent through this gateway. */
export const nullReversePath: MailCheck = checkWith(
  'null reverse-path',
  noSender,
  ({ argument }) => argument.kind === 'read' && argument.mail.reversePath === 'null',
);

/** A reverse-path that is no address; one whose parameters alone are wrong passes. */
export const senderSyntax: MailCheck = {
  name: 'no address in the reverse-path',
  rule: 'error.553-sender',
  refusal: ({ argument }) =>
    argument.kind === 'unreadable' ? refusePath(argument.text, noSender, 'error.553-sender') : undefined,
};

/** The same of a forward-path. */
export const recipientSyntax: RcptCheck = {
  name: 'no address in the forward-path',
  rule: 'error.553-recipient',
  refusal: ({ argument }) =>
    argument.kind === 'unreadable'
      ? refusePath(argument.text, noRecipientAddress, 'error.553-recipient')
      : undefined,
};

/** What is nothing like an address gets the one refusal, an address with a mistake in it the other (rule `error.501.what`). */
function refusePath(
  argument: string,
  noAddress: Refusal<AmazonSesRuleId>,
  mistaken: 'error.553-sender' | 'error.553-recipient',
): Refusal<AmazonSesRuleId> | undefined {
  const inside = pathIn(argument);
  if (inside === undefined || !inside.includes('@')) return noAddress;
  if (parsePath(inside) !== undefined) return undefined;
  const address = showable(inside, roomFor(mistaken, 'email-address'));
  return refuse(mistaken, mistaken, { 'email-address': address });
}

/** What stands between the first angle bracket and the last one before a blank or the end. */
function pathIn(argument: string): string | undefined {
  const start = argument.indexOf('<');
  if (start === -1) return undefined;
  const end = argument.lastIndexOf('>');
  return end > start ? argument.slice(start + 1, end) : argument.slice(start + 1);
}
