import type { Mutant } from './mutant.ts';
import { borderMutants } from './mutants/at-the-border.ts';
import { balanceMutants } from './mutants/balance.ts';
import { billingMomentMutants } from './mutants/billing-moment.ts';
import { billingMutants } from './mutants/billing.ts';
import { dimensionMutants } from './mutants/by-dimension.ts';
import { betweenMutants } from './mutants/between-the-lines.ts';
import { neighbourMutants } from './mutants/by-neighbour.ts';
import { spellingMutants } from './mutants/by-spelling.ts';
import { connectionMutants } from './mutants/connections.ts';
import { deliveryMutants } from './mutants/delivery.ts';
import { headerReadingMutants } from './mutants/header-reading.ts';
import { historyMutants } from './mutants/history.ts';
import { limitMutants } from './mutants/limits.ts';
import { refusedLoginMutants } from './mutants/login-refused.ts';
import { loginMutants } from './mutants/login.ts';
import { messageMutants } from './mutants/messages.ts';
import { planAndBlockingMutants } from './mutants/plans-and-blocking.ts';
import { portMutants } from './mutants/ports-and-tls.ts';
import { octetMutants } from './mutants/protocol-octets.ts';
import { commandMutants } from './mutants/protocol.ts';
import { recipientMutants } from './mutants/recipients.ts';
import { sandboxMutants } from './mutants/sandbox.ts';
import { senderMutants } from './mutants/sender.ts';
import { sessionMutants } from './mutants/session.ts';
import { unavailableMutants } from './mutants/unavailable.ts';

/** All gateways that are wrong in one way. */
export const mutants: readonly Mutant[] = [
  ...portMutants,
  ...loginMutants,
  ...refusedLoginMutants,
  ...senderMutants,
  ...headerReadingMutants,
  ...recipientMutants,
  ...billingMutants,
  ...billingMomentMutants,
  ...balanceMutants,
  ...planAndBlockingMutants,
  ...limitMutants,
  ...unavailableMutants,
  ...connectionMutants,
  ...deliveryMutants,
  ...messageMutants,
  ...historyMutants,
  ...commandMutants,
  ...octetMutants,
  ...sessionMutants,
  ...sandboxMutants,
  ...dimensionMutants,
  ...neighbourMutants,
  ...spellingMutants,
  ...borderMutants,
  ...betweenMutants,
];
