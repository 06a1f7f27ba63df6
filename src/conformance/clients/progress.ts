import type { Grade } from './grade.ts';

/** How far one case of a self-driven check is. */
export interface CaseProgress {
  readonly case: string;
  /** TCP connections that its login's ports saw. */
  readonly sessions: number;
  /** Sends deducted. */
  readonly charged: number;
  /** The grade on the wire, were it over now. */
  readonly grade: Grade;
  readonly mark: string;
  readonly what: string;
}

/** How far each case is, as the page asks for it. */
export type Progress = readonly CaseProgress[];
