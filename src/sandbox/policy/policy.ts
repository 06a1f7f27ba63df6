/**
 * What the gateway decides: facts in, decision out, one function a verb. It never waits, throws, reads a clock or a
 * store, and never writes a byte.
 */
import { decideAuth, decideCredentials, type CredentialDecision } from './auth-decisions.ts';
import { decideBlock, type BlockFacts } from './block-decision.ts';
import type { Decision } from './decision.ts';
import { decideEndOfData } from './end-of-data-decision.ts';
import type {
  AuthFacts,
  CredentialFacts,
  DataFacts,
  EndOfDataFacts,
  HelloFacts,
  ListenerFacts,
  MailFacts,
  RcptFacts,
  SessionFacts,
} from './facts.ts';
import { decideMail, decideRcpt } from './mail-decisions.ts';
import {
  decideAnyVerb,
  decideConnect,
  decideData,
  decideHello,
  decidePlainVerb,
  decideStarttls,
} from './session-decisions.ts';

/** All that can be asked of a policy; a seam, so that a wrong one can be put in its place to prove the suite. */
export interface Policy {
  connect(facts: ListenerFacts, gatewayName: string): Decision;
  anyVerb(facts: Pick<ListenerFacts, 'maintenance'>): Decision;
  hello(facts: HelloFacts): Decision;
  starttls(session: SessionFacts, argument: string): Decision;
  plainVerb(verb: 'RSET' | 'NOOP' | 'VRFY' | 'HELP' | 'QUIT', argument: string): Decision;
  auth(facts: AuthFacts): Decision;
  credentials(facts: CredentialFacts): CredentialDecision;
  mail(facts: MailFacts): Decision;
  rcpt(facts: RcptFacts): Decision;
  data(facts: DataFacts): Decision;
  endOfData(facts: EndOfDataFacts): Decision;
  /** Whether one more outcome blocks the connection. */
  block(facts: BlockFacts): boolean;
}

/** The policy that keeps the contract. */
export const referencePolicy: Policy = {
  connect: decideConnect,
  anyVerb: decideAnyVerb,
  hello: decideHello,
  starttls: decideStarttls,
  plainVerb: decidePlainVerb,
  auth: decideAuth,
  credentials: decideCredentials,
  mail: decideMail,
  rcpt: decideRcpt,
  data: decideData,
  endOfData: decideEndOfData,
  block: decideBlock,
};
