import type { RuleId } from '../../contract/rule.ts';
import type { Check } from './check.ts';
import type { CredentialRefusal } from './decision.ts';

import type {
  AuthFacts,
  CredentialFacts,
  DataFacts,
  EndOfDataFacts,
  HelloFacts,
  LineFacts,
  ListenerFacts,
  MailFacts,
  RcptFacts,
  StarttlsFacts,
} from './facts.ts';

/** The checks of a provider, verb by verb, each list in its order. */
export interface Checks<Rule extends RuleId = RuleId> {
  /** In place of the greeting. */
  readonly connect: readonly Check<ListenerFacts, Rule>[];
  /** Before every verb but QUIT. */
  readonly 'any verb': readonly Check<LineFacts, Rule>[];
  readonly EHLO: readonly Check<HelloFacts, Rule>[];
  readonly STARTTLS: readonly Check<StarttlsFacts, Rule>[];
  readonly AUTH: readonly Check<AuthFacts, Rule>[];
  /** A login with its password. */
  readonly credentials: readonly Check<CredentialFacts, Rule, CredentialRefusal<Rule>>[];
  readonly MAIL: readonly Check<MailFacts, Rule>[];
  readonly RCPT: readonly Check<RcptFacts, Rule>[];
  readonly DATA: readonly Check<DataFacts, Rule>[];
  /** A whole message. */
  readonly 'end of data': readonly Check<EndOfDataFacts, Rule>[];
}
