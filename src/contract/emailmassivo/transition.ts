import { documentedRuleOf as ruleOfReply, isRuleOf, modeOf, ruleIdsOf, ruleOf } from '../contract.ts';
import type { Mode, ModeEntry } from '../modes.ts';
import type { RuleEntry, RuleId } from '../rule.ts';
import type { documentedReplies } from './documented-replies.ts';
import { emailmassivo } from './emailmassivo.ts';

// For rooms that do not take a contract as a parameter yet: the first provider's.

/** See {@link ruleIdsOf}. */
export const ruleIds = ruleIdsOf(emailmassivo);
/** See {@link isRuleOf}. */
export const isRuleId = (text: string): boolean => isRuleOf(emailmassivo, text);
/** See {@link ruleOf}. */
export const ruleNamed = (id: RuleId): RuleEntry => ruleOf(emailmassivo, id);
/** See {@link ruleOfReply}. */
export const documentedRuleOf = (reply: string): DocumentedRuleId | undefined =>
  // the table of this contract is closed, so its keys are these
  ruleOfReply(emailmassivo, reply) as DocumentedRuleId | undefined;
/** The modes by name. */
export const modes: readonly Mode[] = emailmassivo.modes.map(({ mode }) => mode);
/** Whether a text names a mode. */
export const isMode = (text: string): boolean => modes.includes(text);
/** See {@link modeOf}. */
export const modeNamed = (mode: Mode): ModeEntry => modeOf(emailmassivo, mode);
/** The rules that prescribe a documented reply. */
export type DocumentedRuleId = keyof typeof documentedReplies;
