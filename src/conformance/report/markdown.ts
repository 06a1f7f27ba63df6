import type { Mode, RecordedRule, RuleId } from '../result/recorded-contract.ts';
import type { Outcome } from '../result/result.ts';
import type { RunEvent } from '../result/run-event.ts';
import type { RunComparison } from './compare-runs.ts';
import { fitParts } from './fit-parts.ts';
import { clip, code, plain, prose } from './markdown-text.ts';
import { renderMarkdownFailures } from './markdown-failures.ts';
import { marks } from './paint.ts';
import { gatherRun, outcomeOf, type ReportedRun } from './report.ts';
import {
  countOwnExpectations,
  countRequirements,
  countRules,
  requirementVerdicts,
  ruleVerdicts,
  showOwnExpectations,
} from './rule-verdicts.ts';
import { counted } from '../result/counted.ts';

/** Octets that a comment on GitHub may have; a job's summary may have more. A few are kept back for the caller. */
const LIMIT = 65_000;

/**
 * The run for a pull request, as Markdown of GitHub: verdict, table of the rules, each failure folded. It stays within
 * what a comment may have; what is left out is counted.
 */
export function markdownReport(events: readonly RunEvent[], comparison?: RunComparison): string {
  const run = gatherRun(events);
  const verdicts = ruleVerdicts(run.contract, run.cases);
  const head = [renderHead(run, verdicts), ...renderComparison(comparison), ...renderNotShown(run)].join(
    '\n',
  );
  const [open, folded] = renderRules(run, verdicts);
  return fitParts(
    [
      { parts: [head], left: () => '' },
      {
        before: '',
        parts: open,
        left: (count) =>
          `\n… and ${counted(count, 'more rule that does not hold', 'more rules that do not hold')}.\n`,
      },
      {
        before: '\n',
        parts: renderMarkdownFailures(run),
        left: (count) =>
          `\n**${counted(count, 'more finding is', 'more findings are')} not shown here**, for a comment on GitHub has no room for them. The HTML page and the record have all.\n`,
      },
      {
        before: '\n',
        parts: folded,
        left: () => '\nThe table of the rules that hold is left out for want of room.\n',
      },
    ],
    LIMIT,
  );
}

function renderHead(run: ReportedRun, verdicts: ReadonlyMap<RuleId, Outcome>): string {
  const { started, finished, cases } = run;
  const bad = [...verdicts.values()].filter((one) => one === 'failed' || one === 'errored').length;
  const own = showOwnExpectations(countOwnExpectations(cases));
  const isWhole = finished?.how === 'finished';
  const broken =
    bad > 0 ? [`${bad} of ${counted(verdicts.size, 'rule')} ${bad === 1 ? 'does' : 'do'} not hold`] : [];
  const wrong = [...broken, ...(own === undefined ? [] : [own])];
  const verdict =
    wrong.length > 0
      ? `✗ ${wrong.join('; ')}`
      : isWhole
        ? `✓ No rule is broken`
        : 'The run did not come to its end';
  const target = started === undefined ? '' : plain(clip(`${started.target.name} ${started.target.version}`));
  const time = finished === undefined ? '' : `, ${(finished.ms / 1000).toFixed(1)} s`;
  const date = started?.clock.slice(0, 16).replace('T', ' ') ?? '';
  const why = finished === undefined ? 'The run broke off.' : finished.why;
  return [
    `### ${verdict}`,
    '',
    ...(why === undefined ? [] : [`> ${plain(clip(why))}`, '']),
    `${[countRules(verdicts), ...countRequirements(requirementVerdicts(cases))].join('; ')} — ${counted(cases.length, 'case')} on ${target}${time}, ${date} UTC`,
    '',
  ].join('\n');
}

function renderComparison(comparison: RunComparison | undefined): readonly string[] {
  if (comparison === undefined) return [];
  const { appeared, gone, stayed, before } = comparison;
  const date = before.started?.clock.slice(0, 16).replace('T', ' ') ?? 'unknown date';
  return [
    `Since the run of ${date} UTC: **${appeared.length} new**, ${gone.length} gone, ${stayed.length} still there.`,
    '',
  ];
}

/** Unknown is never green: it stands above what is known. */
function renderNotShown({ cases }: ReportedRun): readonly string[] {
  const unknown = cases.filter((one) => ['not-arranged', 'not-observed'].includes(outcomeOf(one)));
  if (unknown.length === 0) return [];
  const byWhy = [...Map.groupBy(unknown, (one) => one.finished?.why ?? 'no reason')].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  const shown = byWhy.slice(0, 10);
  return [
    `**Not shown**: ${counted(unknown.length, 'case')}`,
    ...shown.map(([why, own]) => `- ${plain(clip(why))} (${own.length})`),
    ...(byWhy.length > shown.length
      ? [`- … and ${counted(byWhy.length - shown.length, 'more reason')}`]
      : []),
    '',
  ];
}

const TABLE_HEAD = `|  | rule | what it says | basis |\n|---|---|---|---|`;

/** The rules that do not hold in the open, the others folded. */
function renderRules(
  { cases, contract }: ReportedRun,
  verdicts: ReadonlyMap<RuleId, Outcome>,
): readonly [readonly string[], readonly string[]] {
  const inMode = new Map(
    contract.modes.map((mode) => [
      mode,
      ruleVerdicts(
        contract,
        cases.filter(({ started }) => started.mode === mode),
      ),
    ]),
  );
  const row = (rule: RecordedRule) => renderRule(rule, inMode);
  const told = contract.rules.filter(({ id }) => verdicts.has(id));
  const bad = told.filter(({ id }) => verdicts.get(id) !== 'passed').map(row);
  const good = told.filter(({ id }) => verdicts.get(id) === 'passed');
  const [first, ...others] = bad;
  const open = first === undefined ? [] : [`${TABLE_HEAD}\n${first}`, ...others];
  const folded = [
    '<details><summary>',
    `${counted(good.length, 'rule holds', 'rules hold')}</summary>\n`,
    TABLE_HEAD,
    ...good.map(row),
    '\n</details>\n',
  ].join('\n');
  return [open, good.length === 0 ? [] : [folded]];
}

function renderRule(
  { id, statement, basis }: RecordedRule,
  inMode: ReadonlyMap<Mode, ReadonlyMap<RuleId, Outcome>>,
): string {
  const inModes = [...inMode.values()].map((verdicts) => {
    const outcome = verdicts.get(id);
    return outcome === undefined ? '\u00a0' : marks[outcome].mark;
  });
  return `| ${code(inModes.join(''))} | ${code(id)} | ${prose(statement)} | ${basis} |`;
}
