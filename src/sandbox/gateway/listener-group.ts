import type { Choices } from '../policy/choices.ts';

/**
 * Listeners that belong together: the shared ones, or an account's own (rule `sandbox.listeners`). What belongs to
 * them and to no account stands here.
 */
export interface ListenerGroup {
  /** The account that they belong to; `undefined` for the shared ones. */
  readonly owner: string | undefined;
  maintenance: boolean;
  /** Sessions open on them. */
  openSessions: number;
  /** What holds for a session before its login says whose it is. */
  choices(): Promise<Choices>;
}
