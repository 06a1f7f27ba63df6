import type { SessionFacts } from '../policy/facts.ts';
import type { DialogueState } from './dialogue-state.ts';
import type { GatewayParts } from './gateway-parts.ts';
import type { ListenerGroup } from './listener-group.ts';

/** What every handler of a verb is given. */
export interface SessionContext {
  readonly state: DialogueState;
  readonly group: ListenerGroup;
  readonly parts: GatewayParts;
  readonly starttlsOffered: boolean;
  readonly clientAddress: string;
  readonly sessionId: string;
}

/** The session as the policy sees it. */
export function sessionFacts(state: DialogueState): SessionFacts {
  return {
    tls: state.tls,
    helloSaid: state.hello !== undefined,
    loggedIn: state.connection !== undefined,
    inTransaction: state.transaction !== undefined,
  };
}
