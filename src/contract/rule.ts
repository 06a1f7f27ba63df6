import type { Moment } from './moments.ts';

/** The id of a rule: its name in code, scenarios and reports. Lower case, words parted by dots: `error.450.stage`. */
export type RuleId = string;

/** The levels of RFC 2119 that a standard rule can have. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/**
 * Where a rule comes from, which decides what a breach of it means: the documentation's own words, an RFC, what public
 * reports say of the real gateway, a choice that this project declares where all of them are silent, or a control that
 * only the sandbox has.
 */
export type Basis =
  | { readonly basis: 'documented' }
  | { readonly basis: 'standard'; readonly level: Level }
  | { readonly basis: 'observed' }
  | { readonly basis: 'inferred'; readonly level?: Level }
  | { readonly basis: 'sandbox' };

/** One thing that a gateway promises. Its id is the key under which it stands in the rules of a contract. */
export type RuleEntry = Basis & {
  /** The promise in a sentence, as reports print it. */
  readonly statement: string;
  /** Where it stands: a sentence of the documentation, word for word, the section of an RFC, or the public report. */
  readonly source: string;
  /** The replies that it prescribes, to the byte. */
  readonly replies?: readonly string[];
  /** What can show it: a scenario on the wire, or a test over the control API. */
  readonly shownBy: 'scenario' | 'control test';
  /** The moments that it speaks of: what an expectation at another moment finds is no breach of it. */
  readonly moments: readonly Moment[];
};
