import { emailmassivo } from '../../../contract/emailmassivo/emailmassivo.ts';
import { defaultChoices } from '../choices.ts';
import type { SandboxProvider } from '../provider.ts';
import { choiceRules } from './choice-rules.ts';
import { orderOfChecks } from './order-of-checks.ts';
import { emailmassivoPolicy } from './policy.ts';

/** The first provider. */
export const emailmassivoSandbox: SandboxProvider = {
  contract: emailmassivo,
  policy: emailmassivoPolicy,
  checks: orderOfChecks,
  choices: defaultChoices,
  choiceRules,
};
