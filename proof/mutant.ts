/**
 * What proves the proof: gateways that are wrong in one way each, and the gate that a suite must pass on them. A mutant
 * enters through the seams of `createSandbox({ parts })` and nowhere else.
 */
import type { RuleId } from '../src/contract/contract.ts';
import type { Policy } from '../src/sandbox/policy/policy.ts';
import type { SandboxParts } from '../src/sandbox/sandbox.ts';

/** A gateway that is wrong in one way. */
export interface Mutant {
  readonly id: string;
  /** The rule that a suite must name. */
  readonly rule: RuleId;
  /** What is wrong, as a sentence about the gateway. */
  readonly wrong: string;
  /** Rules whose scenarios cannot be played to their end on such a gateway; all others must stay green. */
  readonly alsoTouches: readonly RuleId[];
  /** The wrong parts; `hit` is called each time the fault comes to bear. */
  readonly parts: (hit: () => void) => SandboxParts;
}

/** A mutant of the policy: some of its decisions replaced. */
export function policyMutant(
  mutant: Omit<Mutant, 'parts'>,
  change: (own: Policy, hit: () => void) => Partial<Policy>,
): Mutant {
  return { ...mutant, parts: (hit) => ({ policy: (own) => ({ ...own, ...change(own, hit) }) }) };
}
