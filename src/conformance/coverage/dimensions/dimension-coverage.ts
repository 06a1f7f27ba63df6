import { isRuleOf, type Contract } from '../../../contract/contract.ts';
import type { RuleId } from '../../../contract/rule.ts';
import { counted } from '../../result/counted.ts';
import { coveredRules } from '../../scenario/covered-rules.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { cellsOf } from './case-dimensions.ts';
import type { Dimension } from '../../../contract/dimensions.ts';
import { concernedRules } from './concerned-rules.ts';

/** One dimension with the rules that it concerns, and the cases that ask for each in it. */
export interface DimensionCoverage {
  readonly dimension: Dimension;
  readonly cells: readonly { readonly rule: RuleId; readonly heldBy: readonly string[] }[];
}

/** Which cases cover each cell, dimension by dimension. */
export function dimensionCoverage(
  contract: Contract,
  scenarios: readonly Scenario[],
): readonly DimensionCoverage[] {
  const held = new Map<string, Set<string>>();
  const seenModes = new Map<RuleId, Set<string>>();
  const note = (dimension: string, rule: RuleId, id: string): void => {
    const key = `${dimension}\n${rule}`;
    held.set(key, (held.get(key) ?? new Set()).add(id));
  };
  for (const scenario of scenarios) {
    if (scenario.withdrawn !== undefined) continue;
    for (const each of scenario.cases) {
      for (const { dimension, rule } of cellsOf(contract, scenario, each)) note(dimension, rule, each.id);
      for (const rule of coveredRules(contract, each).filter((id) => isRuleOf(contract, id))) {
        const seen = seenModes.get(rule) ?? new Set<string>();
        for (const mode of each.modes) seen.add(mode);
        seenModes.set(rule, seen);
        if (seen.size === contract.modes.length) note('each mode', rule, each.id);
      }
    }
  }
  return contract.dimensions.map((dimension) => ({
    dimension,
    cells: concernedRules(contract, dimension).map((rule) => ({
      rule,
      heldBy: [...(held.get(`${dimension.id}\n${rule}`) ?? [])],
    })),
  }));
}

/** Cells that no case covers. */
export function emptyCells(coverage: readonly DimensionCoverage[]): number {
  return coverage.flatMap(({ cells }) => cells).filter(({ heldBy }) => heldBy.length === 0).length;
}

/** The table for a terminal: the empty cells under each dimension, and why it makes no sense elsewhere. */
export function writeDimensions(coverage: readonly DimensionCoverage[]): string {
  const width = Math.max(...coverage.map(({ dimension }) => dimension.id.length));
  const lines = coverage.flatMap(({ dimension, cells }) => {
    const empty = cells.filter(({ heldBy }) => heldBy.length === 0);
    return [
      `${empty.length > 0 ? '✗' : ' '} ${dimension.id.padEnd(width)}  ${cells.length - empty.length} of ${counted(cells.length, 'rule')}: ${dimension.varies}`,
      ...empty.map(({ rule }) => `    empty: ${rule}`),
      `    elsewhere: ${dimension.elsewhere}`,
    ];
  });
  const all = coverage.flatMap(({ cells }) => cells).length;
  const empty = emptyCells(coverage);
  return [
    ...lines,
    '',
    `${all - empty} of ${counted(all, 'cell')} are covered, ${counted(empty, 'cell')} empty.`,
    '',
  ].join('\n');
}
