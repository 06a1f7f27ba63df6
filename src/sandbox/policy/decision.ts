import type { RuleId } from '../../contract/rule.ts';
import { replyFrom, type Reply } from '../../smtp/reply.ts';

/** Yes, and the reply that says so. */
export interface Acceptance {
  readonly kind: 'accept';
  readonly reply: Reply;
}

/** No: the reply, the rule that prescribes it, and whether the session ends with it. */
export interface Refusal<Rule extends RuleId = RuleId> {
  readonly kind: 'refuse' | 'refuse and close';
  readonly reply: Reply;
  readonly rule: Rule;
}

/** What the policy says to a command. */
export type Decision = Acceptance | Refusal;

/** No to a login and its password: it also says whether the attempt counts towards a lock. */
export type CredentialRefusal<Rule extends RuleId = RuleId> = Refusal<Rule> & {
  readonly attempt: 'failed' | 'not counted';
};

/** What a login and a password are worth. */
export type CredentialDecision = Acceptance | CredentialRefusal;

/** A reply as text, and the rule under which it is given. */
export interface PrescribedReply<Rule extends RuleId = RuleId> {
  readonly rule: Rule;
  /** To the byte, without the line's end. */
  readonly reply: string;
}

/** Says yes with this reply. */
export function accept(reply: string): Acceptance {
  return { kind: 'accept', reply: replyFrom(reply) };
}

/** Says no with a prescribed reply. */
export function refuseWith<Rule extends RuleId>({ reply, rule }: PrescribedReply<Rule>): Refusal<Rule> {
  return { kind: 'refuse', reply: replyFrom(reply), rule };
}

/** The same refusal, and the session ends with it (RFC 5321 §3.8). */
export function closing<Rule extends RuleId>(refusal: Refusal<Rule>): Refusal<Rule> {
  return { ...refusal, kind: 'refuse and close' };
}
