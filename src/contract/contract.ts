/**
 * What the gateway promises, as data: every rule with its id, basis and sentence. Names in code, scenarios and reports
 * come from here. It decides nothing and imports nothing that could.
 */
import { accessRules } from './rules-access.ts';
import { accountRules } from './rules-account.ts';
import { mailRules } from './rules-mail.ts';
import { protocolRules } from './rules-protocol.ts';
import { sandboxRules } from './rules-sandbox.ts';
import type { RuleEntry } from './rule.ts';

const table = { ...accessRules, ...mailRules, ...accountRules, ...protocolRules, ...sandboxRules };

/** The id of a rule: its name in code, scenarios and reports. */
export type RuleId = keyof typeof table;

/** All rules under their ids. */
export const rules: Readonly<Record<RuleId, RuleEntry>> = table;

/** The ids of all rules, in the order of the documentation. */
// Object.keys forgets the type of the keys; the table is closed, so they are these
export const ruleIds = Object.keys(table) as readonly RuleId[];

/** Whether a text is the id of a rule. */
export function isRuleId(text: string): text is RuleId {
  return Object.hasOwn(table, text);
}
