import { outcomes as worstFirst, type Outcome } from '../../result/result.ts';
import type { PageCase, PageData } from '../page-data.ts';
import type { ViewState } from './view-state.ts';

/** One cell of a matrix; `undefined` where there is nothing to show in that mode. */
export interface MatrixCell {
  readonly outcome: Outcome;
  readonly isKnown: boolean;
  readonly change: 'better' | 'worse' | undefined;
  /** What opens it. */
  readonly open: Pick<ViewState, 'rule' | 'ruleMode' | 'case'>;
}

/** One row of a matrix: a rule or a scenario, with a cell for each mode. */
export interface MatrixRow {
  readonly id: string;
  readonly topic: string;
  readonly title: string;
  /** Whether backticks in the title make code: in the contract's sentences, not in a tester's titles. */
  readonly hasCode: boolean;
  readonly cells: readonly (MatrixCell | undefined)[];
}

/** Sorts outcomes, worst first. */
export function byOutcome(a: Outcome, b: Outcome): number {
  return worstFirst.indexOf(a) - worstFirst.indexOf(b);
}

/** The rules that the run touched, in the order of the documentation; behind them the requirements of the authors' own. */
export function ruleRows({ rules, requirements, modes, cases }: PageData): readonly MatrixRow[] {
  return [...rules, ...requirements]
    .filter(({ outcome }) => outcome !== undefined)
    .map(({ id, basis, statement, byMode, changes, cases: own }) => ({
      id,
      topic: basis === 'own' ? 'requirements of your own' : id.replace(/\..*$/, ''),
      title: basis === 'own' ? id : statement,
      hasCode: true,
      cells: byMode.map((outcome, mode) => {
        if (outcome === null) return undefined;
        const failed = own.flatMap((at) => {
          const one = cases[at];
          return one?.mode === mode && one.outcome === 'failed' ? [one] : [];
        });
        return {
          outcome,
          isKnown: outcome === 'failed' && failed.length > 0 && failed.every(({ known }) => known === true),
          change: changes?.[mode] ?? undefined,
          open: { rule: id, ruleMode: modes[mode], case: undefined },
        };
      }),
    }));
}

/** The scenarios' cases; of several repeats the worst stands for all. */
export function scenarioRows({ groups, cases, modes }: PageData): readonly MatrixRow[] {
  const byGroup = Map.groupBy(cases, ({ group }) => group);
  return groups.map(({ id, title }, at) => ({
    id,
    topic: id.includes('/') ? id.replace(/\/[^/]*$/, '') : id,
    title,
    hasCode: false,
    cells: modes.map((_, mode) => {
      const own = byGroup.get(at)?.filter((one) => one.mode === mode) ?? [];
      const worst = own.toSorted((a, b) => byOutcome(a.outcome, b.outcome))[0];
      return worst === undefined ? undefined : cellOf(worst);
    }),
  }));
}

function cellOf({ id, outcome, known }: PageCase): MatrixCell {
  return {
    outcome,
    isKnown: known === true,
    change: undefined,
    open: { rule: undefined, ruleMode: undefined, case: id },
  };
}

/** Whether each word of a query is the beginning of a word in the text: `rate` finds a rate, and nothing that regenerates. */
export function matchesWords(text: string, query: string): boolean {
  return query
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => new RegExp(`(?<![\\p{L}\\p{N}])${escapeForPattern(word)}`, 'iu').test(text));
}

/** A text as a pattern that means itself. */
function escapeForPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

/** Keeps the rows that a filter asks for; a mode and an outcome together mean this outcome in this mode. */
export function filterRows(
  rows: readonly MatrixRow[],
  { query, outcomes, mode }: Pick<ViewState, 'query' | 'outcomes' | 'mode'>,
  modes: readonly string[],
): readonly MatrixRow[] {
  const at = mode === undefined ? -1 : modes.indexOf(mode);
  return rows.filter(({ id, title, cells }) => {
    const seen = at === -1 ? cells : [cells[at]];
    return (
      matchesWords(`${id} ${title}`, query) &&
      seen.some((cell) => cell !== undefined && (outcomes.length === 0 || outcomes.includes(cell.outcome)))
    );
  });
}
