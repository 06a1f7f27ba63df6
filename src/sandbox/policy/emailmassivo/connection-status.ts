import type { ConnectionStatus } from '../../../contract/emailmassivo/vocabulary.ts';
import type { ConnectionStatusFacts } from '../policy.ts';

/** The status of a connection (rules `connection.status`, `connection.not-activated`). */
export function connectionStatus({ blocked, domainVerified }: ConnectionStatusFacts): ConnectionStatus {
  if (blocked) return 'Blocked';
  return domainVerified ? 'Active' : 'Not Activated';
}
