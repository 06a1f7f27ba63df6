import { documentedRuleOf, ruleOfCheck, type Contract } from '../../contract/contract.ts';
import { isReplyOf } from '../../contract/reply-parts.ts';
import { momentOfVerb } from '../../contract/moments.ts';
import { isOwnRequirement, type Requirement } from '../../contract/requirement.ts';
import type { RuleId } from '../../contract/rule.ts';
import { speaksOf } from '../../contract/speaks-of.ts';
import type { ThenExpectation } from './scenario.ts';

/** An unmet expectation of a reply. Replies are texts as people write them: `450 Balance not enough`. */
export interface UnmetReply {
  readonly contract: Contract;
  readonly about: Requirement;
  /** The tag of the line. */
  readonly tag: RuleId | undefined;
  /** The reply that was expected, where the line gives one in full. */
  readonly expected: string | undefined;
  /** The reply that came; `undefined` where none did. */
  readonly received: string | undefined;
  /** The verb that the reply answers, where it is known. */
  readonly answers?: string | undefined;
}

/**
 * The one rule that an unmet expectation of a reply holds: the first that applies. Under a requirement of the author's
 * own it is that requirement, unless the line's tag names a rule.
 */
export function ruleOfUnmetReply({
  contract,
  about,
  tag,
  expected,
  received,
  answers,
}: UnmetReply): Requirement {
  if (tag !== undefined) return tag;
  if (isOwnRequirement(about)) return about;
  const promised = expected === undefined ? undefined : documentedRuleOf(contract, expected);
  // a success that came instead breaks what should have come, whether or not the page prints it
  const came =
    received === undefined || /^[123]/.test(received) ? undefined : documentedRuleOf(contract, received);
  if (promised !== undefined && expected !== undefined && received !== undefined && came === undefined) {
    const example = Object.entries(contract.notReplies).find(([, line]) => line === received)?.[0];
    if (example !== undefined) return example;
    if (withoutEnhancedCode(expected) === withoutEnhancedCode(received))
      return ruleOfCheck(contract, 'known errors') ?? promised;
    if (/^[45]/.test(received)) return promised;
  }
  if (came !== undefined) return continuesRule(about, came) ? about : came;
  return prescribes(contract, expected, about, answers) ?? about;
}

/** The rule that prescribes a reply at a moment of which `about` does not speak. */
function prescribes(
  contract: Contract,
  expected: string | undefined,
  about: RuleId,
  answers: string | undefined,
): RuleId | undefined {
  if (expected === undefined || answers === undefined) return undefined;
  const moment = momentOfVerb(answers);
  if (speaksOf(contract, about, moment)) return undefined;
  return Object.entries(contract.rules).find(
    ([, { replies, moments }]) =>
      replies?.some((written) => isReplyOf(written, expected)) === true && moments.includes(moment),
  )?.[0];
}

/** The one rule that a key of `then` holds, met or not: the tag's, else `about` where it speaks of the key. */
export function ruleOfThen(
  contract: Contract,
  kind: ThenExpectation['kind'],
  about: Requirement,
  tag: RuleId | undefined,
): Requirement {
  if (tag !== undefined) return tag;
  if (isOwnRequirement(about)) return about;
  return speaksOf(contract, about, kind) ? about : contract.rulesOfThen[kind];
}

/**
 * The rules for which a met expectation of a reply counts. Under a requirement of the author's own a reply counts for no
 * other rule than the line's tag, since unmet it breaks no other.
 */
export function rulesOfMetReply(
  contract: Contract,
  about: Requirement,
  tag: RuleId | undefined,
  expected: string | undefined,
): readonly Requirement[] {
  const promised =
    expected === undefined || isOwnRequirement(about) ? undefined : documentedRuleOf(contract, expected);
  return [
    ...new Set([about, ...(tag === undefined ? [] : [tag]), ...(promised === undefined ? [] : [promised])]),
  ];
}

function continuesRule(about: Requirement, rule: RuleId): boolean {
  return about === rule || about.startsWith(`${rule}.`);
}

function withoutEnhancedCode(reply: string): string {
  return reply.replace(/^(\d{3}) [245]\.\d{1,3}\.\d{1,3} /, '$1 ');
}
