import { isRuleOf, ruleIdsOf, type Contract } from '../contract/contract.ts';
import { readOwnRequirement, type Requirement } from '../contract/requirement.ts';
import type { CaseChoice } from '../conformance/runner/choose-cases.ts';
import { readDuration } from '../conformance/scenario/read-time.ts';
import { suggest } from '../conformance/scenario/suggest.ts';
import { parseNumber } from './options.ts';
import { UsageError } from './usage-error.ts';

/** The options that choose among cases, as they were typed. */
export interface ChoiceTexts {
  readonly rule: readonly string[];
  readonly grep?: string;
  readonly shard?: string;
  readonly repeat: string;
}

/** Reads `--rule`, `--grep`, `--shard` and `--repeat`. */
export function parseChoice({ rule, grep, shard, repeat }: ChoiceTexts, contract: Contract): CaseChoice {
  return {
    rules: rule.length === 0 ? undefined : rule.flatMap((text) => parseRule(text, contract)),
    grep: grep === undefined ? undefined : parsePattern(grep),
    shard: shard === undefined ? undefined : parseShard(shard),
    repeat: parseNumber(repeat, '--repeat', 1),
  };
}

/** A rule's id, all below one (`billing.*`), or a requirement of the author's own. */
function parseRule(text: string, contract: Contract): readonly Requirement[] {
  const ruleIds = ruleIdsOf(contract);
  if (isRuleOf(contract, text)) return [text];
  const own = readOwnRequirement(text);
  if (own !== undefined) return [own];
  const below = text.endsWith('.*') ? ruleIds.filter((id) => id.startsWith(text.slice(0, -1))) : [];
  if (below.length > 0) return below;
  throw new UsageError(
    `"${text}" is no rule.${suggest(text, ruleIds)} \`gauntlet coverage\` lists them; billing.* is all below billing.`,
  );
}

function parsePattern(text: string): RegExp {
  try {
    return new RegExp(text, 'iu');
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    throw new UsageError(`--grep takes a regular expression, and "${text}" is none: ${why}.`);
  }
}

function parseShard(text: string): { readonly index: number; readonly of: number } {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const index = Number(match?.[1] ?? 0);
  const of = Number(match?.[2] ?? 0);
  if (index < 1 || index > of) {
    throw new UsageError(`--shard takes a part and how many there are, as 2/5, not "${text}".`);
  }
  return { index, of };
}

/** Reads `--bail`, which alone means 1. */
export function parseBail(given: string | true | undefined): number | undefined {
  if (given === undefined) return undefined;
  return given === true ? 1 : parseNumber(given, '--bail', 1);
}

/** Reads `--case-timeout`, into milliseconds. */
export function parseCaseTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = readDuration(text);
  if (ms === undefined || ms === 0) {
    throw new UsageError(`--case-timeout takes a time such as 500ms, 30s or 2m, not "${text}".`);
  }
  return ms;
}
