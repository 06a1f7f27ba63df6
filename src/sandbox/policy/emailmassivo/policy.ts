import { headerFromMailboxes } from '../header-from.ts';
import { definePolicy, type Policy } from '../policy.ts';
import { chargeFor } from './charge.ts';
import { decideBlock, isBadOutcome } from './block-decision.ts';
import { connectionStatus } from './connection-status.ts';
import { fateOf, suppresses } from './fate.ts';
import { orderOfChecks } from './order-of-checks.ts';
import { acceptances, refusals } from './protocol-replies.ts';
import { reservedRole } from './reserved-recipients.ts';

/** The policy that keeps the first provider's contract. */
export const emailmassivoPolicy: Policy = definePolicy({
  checks: orderOfChecks,
  replies: { refusals, acceptances },
  identityKind: 'domain',
  identitiesOf: ({ header }) => headerFromMailboxes(header),
  // there are none: what runs out is the balance
  quotasAt: () => [],
  charge: chargeFor,
  reservedRole,
  fateOf,
  suppresses,
  countsTowardsBlock: isBadOutcome,
  connectionStatus,
  block: decideBlock,
});
