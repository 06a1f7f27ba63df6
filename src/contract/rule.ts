/** The levels of RFC 2119 that a standard rule can have. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/**
 * Where a rule comes from, which decides what a breach of it means: the documentation's own words, an RFC, a choice
 * that this project declares where the page is silent, or a control that only the sandbox has.
 */
export type Basis =
  | { readonly basis: 'documented' }
  | { readonly basis: 'standard'; readonly level: Level }
  | { readonly basis: 'inferred'; readonly level?: Level }
  | { readonly basis: 'sandbox' };

/** One thing that the gateway promises. Its id is the key under which it stands in {@link rules}. */
export type RuleEntry = Basis & {
  /** The promise in a sentence, as reports print it. */
  readonly statement: string;
  /** Where it stands: a sentence of the documentation, word for word, or the section of an RFC. */
  readonly source: string;
  /** The replies that it prescribes, to the byte. */
  readonly replies?: readonly string[];
  /** What can show it: a scenario on the wire, or a test over the control API. */
  readonly shownBy: 'scenario' | 'control test';
  /** True once the gateway keeps all of it. */
  readonly built: boolean;
};
