/**
 * The dimensions in which a fault can hide behind a rule that is kept in the plain case, as data: for which rules each
 * makes sense, and why it makes none elsewhere. What covers a cell is derived from the scenarios, never listed here.
 */
/** The name of a dimension. */
export type DimensionId =
  | 'another account'
  | 'another connection'
  | 'another session'
  | 'the second time'
  | 'behind RSET'
  | 'behind EHLO'
  | 'behind a refusal'
  | 'behind a cut'
  | 'behind STARTTLS'
  | 'letter case'
  | 'U-label and A-label'
  | 'header forms'
  | 'at a limit'
  | 'around 64 KiB'
  | 'each mode'
  | 'a moved clock'
  | 'side by side'
  | 'after a restart';

/** One dimension: the rules behind which a fault can hide in it. */
export interface Dimension {
  readonly id: DimensionId;
  /** What it varies, in a sentence. */
  readonly varies: string;
  /** Ids of rules, or the beginning of ids with a star behind it. */
  readonly concerns: readonly string[];
  /** Why it makes no sense for any other rule. */
  readonly elsewhere: string;
}
