import { amazonSes, DEFAULT_REGION, gatewayNameIn } from '../contract/amazon-ses/amazon-ses.ts';
import type { Contract } from '../contract/contract.ts';
import { emailmassivo } from '../contract/emailmassivo/emailmassivo.ts';
import {
  choiceRules as amazonSesChoiceRules,
  choices as amazonSesChoices,
} from './policy/amazon-ses/choices.ts';
import { orderOfChecks as amazonSesOrderOfChecks } from './policy/amazon-ses/order-of-checks.ts';
import { amazonSesPolicy } from './policy/amazon-ses/policy.ts';
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

/** Amazon SES in a region, by whose name clients reach it. */
export function amazonSesSandboxIn(region: string): SandboxProvider {
  return {
    contract: { ...amazonSes, gatewayName: gatewayNameIn(region) },
    policy: amazonSesPolicy(region),
    checks: amazonSesOrderOfChecks(region),
    choices: amazonSesChoices,
    choiceRules: amazonSesChoiceRules,
  };
}

/** The second provider, in its default region. */
export const amazonSesSandbox: SandboxProvider = {
  ...amazonSesSandboxIn(DEFAULT_REGION),
  contract: amazonSes,
};
