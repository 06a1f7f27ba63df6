import type { Requirement } from '../../contract/requirement.ts';
import type { RuleId } from '../../contract/rule.ts';
import type { Position } from '../scenario/dialogue.ts';
import type { SeenReply } from './case-session.ts';

/** An expectation that was not met. Texts may hold secrets until a finding is made of it. */
export interface Unmet {
  readonly rule: Requirement;
  /** The rules that speak of this moment, where the requirement is the author's own. */
  readonly hints?: readonly RuleId[] | undefined;
  readonly position: Position;
  readonly source: string;
  /** Where in `source` the expectation begins. */
  readonly offset: number;
  readonly expected: string;
  readonly received: string;
  readonly message: string;
  /** No rule says it; the rule only speaks of this moment. */
  readonly own?: boolean | undefined;
  /** The end was looked at, not the wire: its last lines tell nothing. */
  readonly isOfTheEnd?: boolean | undefined;
  /** The reply that did not meet it: judged once, the invariants leave it alone. */
  readonly reply?: SeenReply | undefined;
}

/** Why a dialogue goes no further. */
export type Stop =
  | { readonly kind: 'unmet'; readonly unmet: Unmet }
  | { readonly kind: 'errored'; readonly why: string }
  | { readonly kind: 'not-arranged'; readonly missing: string }
  /** A macro got another reply than it goes on with, and the next line says which: no reason to stop the dialogue. */
  | { readonly kind: 'answered' }
  /** An open stage got its reply: the case ends here, and ends well. */
  | { readonly kind: 'ended' };

/** Goes on, or stops. */
export type Step = Stop | undefined;
