import { isOwnRequirement } from '../result/requirement-schema.ts';
import { nameOfHeld, ownExpectation, showHeldRule, type ExplainedFinding } from '../result/show-held-rule.ts';
import { block, clip, code, plain, prose } from './markdown-text.ts';
import { groupCases, outcomeOf, titleOf, type CaseGroup, type ReportedRun } from './report.ts';
import { shareFindings, showModes, type SharedFinding } from './shared-findings.ts';

const WIRE_LINES = 6;

/** Each finding and each error, folded, new failures first. */
export function renderMarkdownFailures(run: ReportedRun): readonly string[] {
  const groups = groupCases(run);
  const found = groups.flatMap((group) => shareFindings(group).map((shared) => ({ group, shared })));
  return [
    ...found
      .toSorted((a, b) => weight(a.shared) - weight(b.shared))
      .map(({ group, shared }) => renderFinding(group, shared)),
    ...groups.flatMap(renderErrors),
  ];
}

function weight({ finding: { outcome, known } }: SharedFinding): number {
  if (known === true) return 2;
  return outcome === 'failed' ? 0 : 1;
}

function renderFinding(group: CaseGroup, shared: SharedFinding): string {
  const { finding } = shared;
  const { file, line, column, expected, received, wire, message, source, known } = finding;
  const mark = known === true ? 'known' : finding.outcome === 'failed' ? '✗' : '≠ differs';
  return [
    `<details><summary>${mark} <b>${plain(clip(titleOf(group.first.started)))}</b> — ${plain(nameOfHeld(finding))}, ${plain(showModes(shared))}</summary>\n`,
    `${code(`${file}:${line}:${column}`)}: ${plain(clip(message))}\n`,
    block(
      [
        ...wire.slice(-WIRE_LINES).map((one) => `  ${clip(one)}`),
        `# ${clip(source)}`,
        ...clip(expected)
          .split('\n')
          .map((one) => `- ${one}`),
        ...clip(received)
          .split('\n')
          .map((one) => `+ ${one}`),
      ],
      'diff',
    ),
    `\n${renderHeldRule(finding)}`,
    '\n</details>\n',
  ].join('\n');
}

function renderHeldRule(finding: ExplainedFinding): string {
  const { rule, basis, own, statement } = finding;
  if (isOwnRequirement(rule)) return prose(showHeldRule(finding));
  return `${own === true ? `${prose(ownExpectation)}: ` : ''}${code(rule)} (${basis}): ${prose(statement)}`;
}

function renderErrors({ cases, first }: CaseGroup): readonly string[] {
  const errored = [...cases].filter(([, one]) => outcomeOf(one) === 'errored');
  return [...Map.groupBy(errored, ([, one]) => one.finished?.why ?? 'the run broke off')].map(
    ([why, own]) =>
      `! **${plain(clip(titleOf(first.started)))}** errored in ${plain(own.map(([mode]) => mode).join(', '))}: ${plain(clip(why))}\n`,
  );
}
