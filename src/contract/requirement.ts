import { sandboxRules } from './sandbox-rules.ts';

/** A requirement of the author's own: `SHOP-123`, or `own:` with a short name. No rule of the contract says it. */
export type OwnRequirement = `own:${string}` | `${string}-${number}`;

/** What a scenario is about: the id of a rule of the contract, or an {@link OwnRequirement}. */
export type Requirement = string;

/** The form of a requirement of one's own, bounded; rule ids are lower case with dots and never have it. */
export const ownRequirementPattern = /^(?:[A-Z][A-Z0-9]{1,19}-\d{1,10}|own:[A-Za-z0-9][A-Za-z0-9._-]{0,39})$/;

/** The forms of a requirement of one's own, for people. */
export const ownRequirementForms =
  'A requirement of your own is written SHOP-123, or own: with a name of 40 letters, digits, ".", "-" and "_" at most.';

/** Whether a requirement is its author's own, and no rule. */
export function isOwnRequirement(requirement: Requirement): requirement is OwnRequirement {
  return ownRequirementPattern.test(requirement);
}

/** The requirement of the author's own that a text names; `undefined` where it has no such form. */
export function readOwnRequirement(text: string): OwnRequirement | undefined {
  // the pattern lets through what the type allows, and less
  return ownRequirementPattern.test(text) ? (text as OwnRequirement) : undefined;
}

/** Whether it is a rule that only the sandbox has. */
export function isOfSandbox(requirement: Requirement): boolean {
  return Object.hasOwn(sandboxRules, requirement);
}
