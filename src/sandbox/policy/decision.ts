import { documentedReplies } from '../../contract/emailmassivo/documented-replies.ts';
import type { DocumentedRuleId } from '../../contract/emailmassivo/transition.ts';
import { ownReplies } from '../../contract/rfc/own-replies.ts';
import type { RuleId } from '../../contract/rule.ts';
import { replyFrom, type Reply } from '../../smtp/reply.ts';

/** Yes, and the reply that says so. */
export interface Acceptance {
  readonly kind: 'accept';
  readonly reply: Reply;
}

/** No: the reply, the rule that prescribes it, and whether the session ends with it. */
export interface Refusal {
  readonly kind: 'refuse' | 'refuse and close';
  readonly reply: Reply;
  readonly rule: RuleId;
}

/** What the policy says to a command. */
export type Decision = Acceptance | Refusal;

/** Says yes with this reply. */
export function accept(reply: string): Acceptance {
  return { kind: 'accept', reply: replyFrom(reply) };
}

/** Says no with a documented reply, under the rule that settles its stage where there is one of its own. */
export function refuse(documented: DocumentedRuleId, rule: RuleId = documented): Refusal {
  return { kind: 'refuse', reply: replyFrom(documentedReplies[documented].reply), rule };
}

/** The same, and ends the session (RFC 5321 §3.8). */
export function refuseAndClose(documented: DocumentedRuleId, rule: RuleId = documented): Refusal {
  return { ...refuse(documented, rule), kind: 'refuse and close' };
}

/** Says no with one of the protocol's own replies. */
export function refuseBy(rule: RuleId, reply: keyof typeof ownReplies): Refusal {
  return { kind: 'refuse', reply: replyFrom(ownReplies[reply]), rule };
}
