import { isMap, isScalar, Scalar, visit } from 'yaml';
import { isRuleOf, ruleIdsOf, type Contract } from '../../contract/contract.ts';
import type { RuleId } from '../../contract/rule.ts';
import type { Position } from './dialogue.ts';
import type { Problem } from './problem.ts';
import { suggest } from './suggest.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

/** What stood under a `then` that no schema can say. */
export interface ThenExtras {
  /** The tag under each key. */
  readonly tags: ReadonlyMap<string, RuleId>;
  /** The keys of the form `history(…)`. */
  readonly filtered: readonly FilteredHistory[];
  readonly problems: readonly Problem[];
}

/** A key `history(status=…)` with its value as data. */
export interface FilteredHistory {
  readonly key: string;
  readonly value: unknown;
  readonly position: Position;
}

/**
 * Takes tags (`charged: 2   [billing.split]`) and `history(…)` keys out of the map at `path`, so that what is left has
 * a fixed shape. The document is changed.
 */
export function takeThenExtras(contract: Contract, source: YamlSource, path: YamlPath): ThenExtras {
  const map = source.document.getIn(path, true);
  const tags = new Map<string, RuleId>();
  const filtered: FilteredHistory[] = [];
  const problems: Problem[] = [];
  if (!isMap(map)) return { tags, filtered, problems };
  // pairs are taken out on the way
  for (const pair of map.items.slice()) {
    if (!isScalar(pair.key) || typeof pair.key.value !== 'string') continue;
    const key = pair.key.value;
    visit(isMap(pair.value) || isScalar(pair.value) ? pair.value : null, {
      Scalar: (_, scalar) => takeTag(contract, source, scalar, (rule) => tags.set(key, rule), problems),
    });
    if (key.startsWith('history(') && pair.key.range) {
      filtered.push({
        key,
        value: isMap(pair.value) ? pair.value.toJS(source.document) : undefined,
        position: source.positionOf(pair.key.range[0]),
      });
      map.delete(key);
    }
  }
  return { tags, filtered, problems };
}

function takeTag(
  contract: Contract,
  source: YamlSource,
  scalar: Scalar,
  keep: (rule: RuleId) => void,
  problems: Problem[],
): void {
  if (scalar.type !== Scalar.PLAIN || typeof scalar.value !== 'string') return;
  const match = /^(.*?)\s+\[([^\]\s]*)\]$/s.exec(scalar.value);
  if (match?.[1] === undefined || match[2] === undefined) return;
  const offset = scalar.value.length - match[2].length - 1;
  // the scalar that is left is a number again where it looks like one
  scalar.value = /^\d+$/.test(match[1]) ? Number(match[1]) : match[1];
  if (isRuleOf(contract, match[2])) keep(match[2]);
  else {
    problems.push({
      code: 'unknown-rule',
      sentence: `There is no rule "${match[2]}".${suggest(match[2], ruleIdsOf(contract))}`,
      position: source.positionOf((scalar.range?.[0] ?? 0) + offset),
    });
  }
}
