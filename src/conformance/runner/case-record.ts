import type { DeclaredLimits, SuiteCheck } from '../../contract/checks.ts';
import type { ThenExpectation } from '../scenario/scenario.ts';
import type { Given } from '../situation/given.ts';
import type { WorldChange } from '../situation/world-change.ts';
import type { Observation } from '../target/target.ts';
import type { Conversation } from './conversation.ts';

/** All that a case leaves behind. Times in milliseconds of the case's clock. */
export interface CaseRecord {
  readonly given: Given;
  readonly changes: readonly WorldChange[];
  /** What the clock showed at the end. */
  readonly endedAt: number;
  readonly conversations: readonly Conversation[];
  /** The logins whose account is not the first one's. */
  readonly otherLogins: readonly string[];
  readonly observation: Observation;
  /** How many copies each address has in the mailbox, where it was looked into. */
  readonly copies: ReadonlyMap<string, number> | undefined;
  /** Whether the dialogue was played to its end: else replies may be on their way that nobody read. */
  readonly isWhole: boolean;
  /** What the contract declares where its page is silent; nothing on a target that may have chosen otherwise. */
  readonly declared: DeclaredLimits;
}

/** An invariant that the record breaks, and the key of `then` that shows the same. */
export interface BrokenRecord {
  readonly check: SuiteCheck;
  readonly concerns: ThenExpectation['kind'] | 'mails';
  /** Whether the record explains the fault; else whoever asks for that key knows the rule better. */
  readonly isExplained: boolean;
  readonly expected: string;
  readonly received: string;
  readonly message: string;
}
