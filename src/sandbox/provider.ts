import type { Contract } from '../contract/contract.ts';
import { emailmassivo } from '../contract/emailmassivo/emailmassivo.ts';
import type { Checks } from './policy/checks.ts';
import { choiceRules, defaultChoices, type ChoiceRules, type Choices } from './policy/choices.ts';
import { orderOfChecks } from './policy/emailmassivo/order-of-checks.ts';
import { emailmassivoPolicy } from './policy/emailmassivo/policy.ts';
import type { Policy } from './policy/policy.ts';

/** The sandbox's half of a provider: what it promises, how it decides, and what it chooses where nothing is promised. */
export interface SandboxProvider {
  readonly contract: Contract;
  readonly policy: Policy;
  /** The checks of the policy, in the order in which they are asked. */
  readonly checks: Checks;
  readonly choices: Choices;
  /** The rule under which each choice is declared. */
  readonly choiceRules: ChoiceRules;
}

/** The first provider. */
export const emailmassivoSandbox: SandboxProvider = {
  contract: emailmassivo,
  policy: emailmassivoPolicy,
  checks: orderOfChecks,
  choices: defaultChoices,
  choiceRules,
};
