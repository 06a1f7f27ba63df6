import { amazonSes, DEFAULT_REGION, gatewayNameIn } from '../../../contract/amazon-ses/amazon-ses.ts';
import type { SandboxProvider } from '../provider.ts';
import { choiceRules, choices } from './choices.ts';
import { orderOfChecks } from './order-of-checks.ts';
import { amazonSesPolicy } from './policy.ts';

/** Amazon SES in a region, by whose name clients reach it. */
export function amazonSesSandboxIn(region: string): SandboxProvider {
  return {
    contract: { ...amazonSes, gatewayName: gatewayNameIn(region) },
    policy: amazonSesPolicy(region),
    checks: orderOfChecks(region),
    choices,
    choiceRules,
  };
}

/** The second provider, in its default region. */
export const amazonSesSandbox: SandboxProvider = {
  ...amazonSesSandboxIn(DEFAULT_REGION),
  contract: amazonSes,
};
