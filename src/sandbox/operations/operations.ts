import { moveClockState } from '../clock.ts';
import { OperationError, type SandboxOperations } from '../control/operations.ts';
import { createAccountLookup } from './account-lookup.ts';
import { accountOperations } from './account-operations.ts';
import { billingOperations } from './billing-operations.ts';
import { domainOperations } from './domain-operations.ts';
import { emailOperations } from './email-operations.ts';
import { historyOperations } from './history-operations.ts';
import { keyedListOperations } from './keyed-list-operations.ts';
import { listingOperations } from './listing-operations.ts';
import type { OperationParts } from './operation-parts.ts';
import { reportOperations } from './report-operations.ts';
import { sessionOperations } from './session-operations.ts';
import { triggerOperations } from './trigger-operations.ts';
import { showClock, showGateway } from './operation-views.ts';
import { showVocabulary } from './vocabulary-view.ts';

/** What a sandbox lets be done from outside, over its parts. */
export function createOperations(parts: OperationParts): SandboxOperations {
  const lookup = createAccountLookup(parts);
  return {
    showGateway: async () => showGateway(parts),
    setGatewayMaintenance: async (on) => {
      parts.gateway.setMaintenance(on);
      parts.log.publishToAll({ kind: 'gateway' });
      return showGateway(parts);
    },
    moveGatewayClock: async (move) => {
      const moved = moveClockState(parts.clock.state, parts.wallClock.now(), move);
      if (moved.kind === 'cannot') throw new OperationError('clock-cannot', moved.why);
      parts.clock.set(moved.state);
      parts.log.publishToAll({ kind: 'gateway' });
      return showClock(moved.state, parts.wallClock.now());
    },
    showVocabulary: async () => showVocabulary(parts.provider, parts.choices),
    ...listingOperations(parts, lookup),
    ...keyedListOperations(parts, lookup),
    ...emailOperations(parts),
    ...sessionOperations(parts),
    ...reportOperations(parts),
    ...accountOperations(parts, lookup),
    ...domainOperations(parts, lookup),
    ...triggerOperations(parts, lookup),
    ...billingOperations(parts, lookup),
    ...historyOperations(parts, lookup),
  };
}
