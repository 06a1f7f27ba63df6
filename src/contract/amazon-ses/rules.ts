import type { RuleEntry } from '../rule.ts';
import { sandboxRules } from '../sandbox-rules.ts';
import { accessRules } from './rules-access.ts';
import { accountRules } from './rules-account.ts';
import { mailRules } from './rules-mail.ts';
import { protocolRules } from './rules-protocol.ts';

const table = { ...accessRules, ...mailRules, ...accountRules, ...protocolRules, ...sandboxRules };

/** The ids of this provider's rules. */
export type AmazonSesRuleId = keyof typeof table;

/** All rules under their ids. */
export const rules: Readonly<Record<AmazonSesRuleId, RuleEntry>> = table;
