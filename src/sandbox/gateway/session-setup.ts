import type { Port } from '../../contract/modes.ts';
import type { GatewayParts } from './gateway-parts.ts';
import type { ListenerGroup } from './listener-group.ts';

/** What a session is told of the place where it began. */
export interface SessionSetup<Session> {
  readonly parts: GatewayParts;
  readonly group: ListenerGroup;
  readonly port: Port;
  readonly implicitTls: boolean;
  readonly onEnd: (session: Session) => void;
}
