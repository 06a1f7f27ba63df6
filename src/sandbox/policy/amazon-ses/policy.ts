import { definePolicy, type Policy } from '../policy.ts';
import { fateOf, suppresses } from './fate.ts';
import { identitiesOf } from './identities.ts';
import { orderOfChecks } from './order-of-checks.ts';
import { acceptances, refusals } from './protocol-replies.ts';
import { chargeFor, quotasAt } from './quotas.ts';
import { simulatedRole } from './simulator.ts';

/** The policy that keeps the contract of Amazon SES in a region. */
export function amazonSesPolicy(region: string): Policy {
  return definePolicy({
    checks: orderOfChecks(region),
    replies: { refusals, acceptances },
    identityKind: 'address or domain',
    identitiesOf,
    quotasAt,
    charge: chargeFor,
    reservedRole: simulatedRole,
    fateOf,
    suppresses,
    // credentials are denied by a policy alone
    countsTowardsBlock: () => false,
    connectionStatus: ({ blocked }) => (blocked ? 'Denied' : 'Active'),
    block: () => false,
  });
}
