import type { Given } from './given.ts';
import type { WorldChange } from './world-change.ts';

/** All that a case asks of its target beyond speaking SMTP: derived from what it says, since nobody writes it down. */
export interface Needs extends Given {
  /** The kinds of change that it makes in the world. */
  readonly changes: readonly WorldChange['kind'][];
}
