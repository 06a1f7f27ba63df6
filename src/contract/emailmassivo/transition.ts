import { isRuleOf, modeOf, ruleIdsOf, ruleOf } from '../contract.ts';
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
/** The modes by name. */
export const modes: readonly Mode[] = emailmassivo.modes.map(({ mode }) => mode);
/** Whether a text names a mode. */
export const isMode = (text: string): boolean => modes.includes(text);
/** See {@link modeOf}. */
export const modeNamed = (mode: Mode): ModeEntry => modeOf(emailmassivo, mode);
/** The rules that prescribe a documented reply. */
export type DocumentedRuleId = keyof typeof documentedReplies;
