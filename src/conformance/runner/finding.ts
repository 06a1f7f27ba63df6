import { ruleOf, type Contract } from '../../contract/contract.ts';
import { momentOfVerb } from '../../contract/moments.ts';
import { isOwnRequirement, type Requirement } from '../../contract/requirement.ts';
import { rulesSpeakingOf } from '../../contract/speaks-of.ts';
import { createSecretBook } from '../../smtp/secret-book.ts';
import { withoutSecrets } from '../../smtp/secret-stream.ts';
import type { Finding } from '../result/finding.ts';
import { gradeUnmet } from '../result/grade.ts';
import type { BrokenInvariant } from './invariants.ts';
import type { Unmet } from './stop.ts';

/** Characters of each of a finding's texts; a target may say more. */
const TEXT_KEPT = 2_000;

/** A text no longer than a report needs it, marked where it was cut. */
export function cut(text: string): string {
  return text.length <= TEXT_KEPT
    ? text
    : `${text.slice(0, TEXT_KEPT)}… (cut: ${text.length} characters in all)`;
}

/** Secrets of a case at most. */
const SECRETS = 64;

/** What a finding is made with. */
export interface FindingContext {
  readonly contract: Contract;
  readonly file: string;
  readonly declaresChoices: boolean;
  /** The last lines on the wire up to the moment of the finding, secrets blanked. */
  readonly wire: readonly string[];
  readonly secrets: readonly string[];
}

/** Makes a finding of an unmet expectation; none where its rule is not held against this target. */
export function makeFinding(unmet: Unmet, context: FindingContext): Finding | undefined {
  const outcome = gradeUnmet(context.contract, unmet.rule, context.declaresChoices);
  if (outcome === 'never-run') return undefined;
  const book = createSecretBook(SECRETS);
  for (const secret of context.secrets) book.add(secret);
  const blank = (text: string) => withoutSecrets(text, [book]);
  const hinted = hintsOf(context.contract, unmet).hints?.[0];
  // what says nothing of the moment is not named
  const rule = isOwnRequirement(unmet.rule) ? unmet.rule : (hinted ?? unmet.rule);
  return {
    rule,
    ...basisOf(context.contract, rule),
    outcome,
    file: context.file,
    line: unmet.position.line,
    column: unmet.position.column + unmet.offset,
    source: unmet.source,
    offset: unmet.offset,
    expected: cut(blank(unmet.expected)),
    received: cut(blank(unmet.received)),
    wire: unmet.isOfTheEnd === true ? [] : context.wire,
    message: cut(blank(unmet.message)),
    ...((unmet.own === true || isOwnRequirement(unmet.rule)) && { own: true as const }),
    ...hintsOf(context.contract, unmet),
  };
}

/** The rules that speak of the moment, where the requirement is the author's own or says nothing of it. */
function hintsOf(contract: Contract, { rule, own, hints, reply }: Unmet): Pick<Finding, 'hints'> {
  if (isOwnRequirement(rule)) {
    const verb = reply?.answers;
    return { hints: hints ?? (verb === undefined ? [] : rulesSpeakingOf(contract, momentOfVerb(verb))) };
  }
  return own === true && hints !== undefined && hints.length > 0 ? { hints } : {};
}

/** Where a requirement comes from; one that the author names comes from no document. */
function basisOf(contract: Contract, requirement: Requirement): Pick<Finding, 'basis' | 'level'> {
  if (isOwnRequirement(requirement)) return { basis: 'own' };
  const entry = ruleOf(contract, requirement);
  return { basis: entry.basis, level: 'level' in entry ? entry.level : undefined };
}

/** A broken invariant as an unmet expectation of the line that was being played. */
export function unmetInvariant({ line, rule, expected, received, message }: BrokenInvariant): Unmet {
  return { rule, expected, received, message, position: line.position, source: line.source, offset: 0 };
}
