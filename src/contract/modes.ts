import type { RuleId } from './rule.ts';

/** A documented port, by which listeners and rules are named, whatever the real number. */
export type Port = number;

/** How a session gets its encryption, if it does. */
export type Encryption = 'implicit' | 'starttls' | 'none';

/** A way to reach a gateway, named by port and encryption: `587+starttls`. */
export type Mode = string;

/** What a mode means on the wire, and the rule that promises it. */
export interface ModeEntry {
  readonly mode: Mode;
  readonly port: Port;
  readonly encryption: Encryption;
  readonly rule: RuleId;
}
