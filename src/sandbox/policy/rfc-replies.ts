import { protocolRefusals } from '../../contract/rfc/protocol-refusals.ts';
import { protocolAcceptances } from '../../contract/rfc/protocol-acceptances.ts';
import type { ProtocolAcceptances, ProtocolRefusals } from './protocol-replies.ts';

/** The refusals of the protocol under the rules of the standards, for a provider that has no words of its own for them. */
export const rfcRefusals = protocolRefusals satisfies ProtocolRefusals;

/** The replies with which commands are accepted, where a provider has no words of its own for them. */
export const usualAcceptances: ProtocolAcceptances = protocolAcceptances;
