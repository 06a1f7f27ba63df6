/**
 * What the gateway decides: facts in, decision out, one function a verb. It never waits, throws, reads a clock or a
 * store, and never writes a byte. What the RFCs prescribe is code here; what a provider prescribes comes from its folder
 * as ordered lists of checks.
 */
import type { TokenMechanism } from '../../contract/vocabulary.ts';
import type { BlockFacts } from './block.ts';
import type { Charge, ChargeFacts, QuotaWindow } from './charge.ts';
import { firstRefusal } from './check.ts';
import type { Checks } from './checks.ts';
import type { Choices } from './choices.ts';
import { accept, type CredentialDecision, type Decision, type Refusal } from './decision.ts';
import type {
  AuthFacts,
  CredentialFacts,
  DataFacts,
  EndOfDataFacts,
  ExchangeFault,
  HelloFacts,
  Identity,
  LineFacts,
  ListenerFacts,
  MailFacts,
  MessageAddresses,
  RcptFacts,
  StarttlsFacts,
} from './facts.ts';
import type { Fate, RecipientFacts } from './fate.ts';
import type { ProtocolReplies } from './protocol-replies.ts';
import { tokenError, tokenFault, type TokenFacts, type TokenFault } from './tokens.ts';
import {
  challengeOf,
  helloReply,
  protocolVerbs,
  type Interruption,
  type PlainVerb,
} from './protocol-verbs.ts';

/** What the status of a connection follows from. */
export interface ConnectionStatusFacts {
  readonly blocked: boolean;
  /** Whether the domain of its sender is. */
  readonly domainVerified: boolean;
}

/** All that can be asked of a policy; a seam, so that a wrong one can be put in its place to prove the suite. */
export interface Policy {
  connect(facts: ListenerFacts, gatewayName: string): Decision;
  /** Before every verb but QUIT. */
  anyVerb(facts: LineFacts): Decision;
  hello(facts: HelloFacts): Decision;
  starttls(facts: StarttlsFacts): Decision;
  plainVerb(verb: PlainVerb, argument: string): Decision;
  unknownVerb(): Refusal;
  /** Where it is accepted without an initial response, the reply asks for the first one. */
  auth(facts: AuthFacts): Decision;
  /** A line that ends an AUTH exchange. */
  brokenExchange(fault: ExchangeFault): Refusal;
  /** What asks for the password of AUTH LOGIN. */
  passwordChallenge(): Decision;
  credentials(facts: CredentialFacts): CredentialDecision;
  /** What is wrong with a token; `undefined` where it is as good as a password. */
  tokenFault(facts: TokenFacts): TokenFault | undefined;
  /** What tells a client why its token is refused; the refusal itself follows the client's next line (RFC 7628 §3.2.3). */
  tokenError(mechanism: TokenMechanism, fault: TokenFault): Decision;
  mail(facts: MailFacts): Decision;
  rcpt(facts: RcptFacts): Decision;
  data(facts: DataFacts): Decision;
  /** What an identity is that a message is judged by: a domain with a connection, or whatever the account has as an identity. */
  readonly identityKind: 'domain' | 'address or domain';
  /** The addresses that a message is judged by. */
  identitiesOf(addresses: MessageAddresses, choices: Choices): readonly Identity[];
  /** The quotas whose use the end of the data is decided on, at `now` of the account's clock. */
  quotasAt(now: number, choices: Choices): readonly QuotaWindow[];
  endOfData(facts: EndOfDataFacts): Decision;
  /** What an accepted message costs and what it is taken from, as a value that the store carries out. */
  charge(facts: ChargeFacts): Charge;
  /** An answer out of turn, to nothing that was decided. */
  interruption(why: Interruption): Refusal;
  /** The role that is built into an address, given by its key (`smtp/address-equality.ts`). */
  reservedRole(addressKey: string): string | undefined;
  /** What becomes of an accepted email. */
  fateOf(recipient: RecipientFacts): Fate;
  /** Whether an outcome puts the recipient, given by its key, on the suppression list. */
  suppresses(status: string, addressKey: string): boolean;
  /** Whether an outcome counts towards a block of its connection. */
  countsTowardsBlock(status: string): boolean;
  /** The status that is shown of a connection, a word of the provider. */
  connectionStatus(facts: ConnectionStatusFacts): string;
  /** Whether one more such outcome blocks the connection. */
  block(facts: BlockFacts): boolean;
}

/** What a provider decides by itself, not in lists. */
type OwnDecision =
  | 'identityKind'
  | 'identitiesOf'
  | 'quotasAt'
  | 'charge'
  | 'reservedRole'
  | 'fateOf'
  | 'suppresses'
  | 'countsTowardsBlock'
  | 'connectionStatus'
  | 'block';

/** What a provider's policy is made of. */
export interface PolicyDefinition extends Pick<Policy, OwnDecision> {
  readonly checks: Checks;
  readonly replies: ProtocolReplies;
}

/** The policy that keeps a provider's contract. */
export function definePolicy({ checks, replies, ...own }: PolicyDefinition): Policy {
  const { acceptances } = replies;
  const ok = accept(acceptances.ok);
  const startTls = accept(acceptances.startTls);
  const authenticated = accept(acceptances.authenticated);
  const startData = accept(acceptances.startData);
  const messageTaken = accept(acceptances.messageTaken);
  const passwordChallenge = accept(acceptances.passwordChallenge);
  return {
    ...own,
    ...protocolVerbs(replies),
    connect: (facts, gatewayName) =>
      firstRefusal(checks.connect, facts) ?? accept(acceptances.greeting(gatewayName)),
    anyVerb: (facts) => firstRefusal(checks['any verb'], facts) ?? ok,
    hello: (facts) => firstRefusal(checks.EHLO, facts) ?? helloReply(facts),
    starttls: (facts) => firstRefusal(checks.STARTTLS, facts) ?? startTls,
    auth: (facts) => firstRefusal(checks.AUTH, facts) ?? challengeOf(replies, facts),
    passwordChallenge: () => passwordChallenge,
    tokenFault,
    tokenError,
    credentials: (facts) => firstRefusal(checks.credentials, facts) ?? authenticated,
    mail: (facts) => firstRefusal(checks.MAIL, facts) ?? ok,
    rcpt: (facts) => firstRefusal(checks.RCPT, facts) ?? ok,
    data: (facts) => firstRefusal(checks.DATA, facts) ?? startData,
    endOfData: (facts) => firstRefusal(checks['end of data'], facts) ?? messageTaken,
  };
}
