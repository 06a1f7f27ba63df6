import type { Contract } from '../../contract/contract.ts';
import type { Checks } from './checks.ts';
import type { ChoiceRules, Choices } from './choices.ts';
import type { Policy } from './policy.ts';

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
