import type { Given } from '../situation/given.ts';
import type { WorldChange } from '../situation/world-change.ts';

/** What a case asks of its target before it begins. */
export interface Needs extends Given {
  /** The kinds of change that will be asked for. */
  readonly changes: readonly WorldChange['kind'][];
}
