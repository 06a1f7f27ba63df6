import { documentedReplies } from '../../../contract/emailmassivo/documented-replies.ts';
import type { EmailmassivoRuleId } from '../../../contract/emailmassivo/rules.ts';
import { closing, refuseWith, type Refusal } from '../decision.ts';

/** The rules that prescribe a documented reply. */
export type DocumentedRuleId = keyof typeof documentedReplies;

/** Says no with a documented reply, under the rule that settles its stage where there is one of its own. */
export function refuse(
  documented: DocumentedRuleId,
  rule: EmailmassivoRuleId = documented,
): Refusal<EmailmassivoRuleId> {
  return refuseWith({ reply: documentedReplies[documented].reply, rule });
}

/** The same, and the session ends with it. */
export function refuseAndClose(
  documented: DocumentedRuleId,
  rule: EmailmassivoRuleId = documented,
): Refusal<EmailmassivoRuleId> {
  return closing(refuse(documented, rule));
}
