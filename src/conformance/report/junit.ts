import { isOwnRequirement } from '../result/requirement-schema.ts';
import { showHeldRule, type ExplainedFinding } from '../result/show-held-rule.ts';
import type { Finding } from '../result/finding.ts';
import { showOutcome, type Outcome } from '../result/result.ts';
import type { RunEvent } from '../result/run-event.ts';
import { escapeControls } from './escape-controls.ts';
import { escapeXml } from './escape-xml.ts';
import { gatherRun, isKnown, outcomeOf, titleOf, type ReportedCase } from './report.ts';

/**
 * The run as JUnit XML: a test suite for each scenario file, a test case for each case in each mode, the rule as the
 * failure's type, the transcript in system-out. What is neither passed nor failed is skipped, with its reason.
 */
export function* junitPieces(events: readonly RunEvent[]): Generator<string> {
  const run = gatherRun(events);
  const name = run.started === undefined ? 'gauntlet' : `gauntlet ${run.started.suite}`;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites ${attributes({ name, ...totals(run.cases) })}>\n`;
  for (const [scenario, cases] of Map.groupBy(run.cases, ({ started }) => started.scenario)) {
    yield `  <testsuite ${attributes({ name: scenario, ...totals(cases) })}>\n`;
    for (const reported of cases) yield `${renderCase(reported)}\n`;
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

/** The same as one text. */
export function junitReport(events: readonly RunEvent[]): string {
  return [...junitPieces(events)].join('');
}

function totals(cases: readonly ReportedCase[]): Readonly<Record<string, string>> {
  const count = (...kinds: readonly ResultKind[]) =>
    String(cases.filter((one) => kinds.includes(kindOf(one))).length);
  const ms = cases.reduce((sum, { finished }) => sum + (finished?.costs.ms ?? 0), 0);
  return {
    tests: String(cases.length),
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: seconds(ms),
  };
}

type ResultKind = 'passed' | 'failure' | 'error' | 'skipped';

const KINDS: Readonly<Record<Outcome, ResultKind>> = {
  passed: 'passed',
  failed: 'failure',
  errored: 'error',
  differs: 'skipped',
  'not-arranged': 'skipped',
  'not-observed': 'skipped',
  withdrawn: 'skipped',
  skipped: 'skipped',
};

function kindOf(reported: ReportedCase): ResultKind {
  return isKnown(reported) ? 'skipped' : KINDS[outcomeOf(reported)];
}

function renderCase(reported: ReportedCase): string {
  const { started, finished } = reported;
  const head = attributes({
    name: `${titleOf(started)} @${started.mode}${started.repeat === undefined ? '' : ` ~${started.repeat}`}`,
    classname: started.group,
    file: started.file,
    line: String(started.line),
    time: seconds(finished?.costs.ms ?? 0),
  });
  const transcript = reported.wire.map(
    ({ direction, session, tls, octets, cut }) =>
      `${direction}${session} ${tls ? 'TLS ' : ''}${octets}${cut === undefined ? '' : ` … ${cut} octets more`}`,
  );
  return [
    `    <testcase ${head}>`,
    ...renderResult(reported),
    ...(transcript.length === 0 ? [] : [`      <system-out>${text(showOctets(transcript))}</system-out>`]),
    '    </testcase>',
  ].join('\n');
}

function renderResult(reported: ReportedCase): readonly string[] {
  const { findings, finished } = reported;
  const why =
    finished === undefined ? 'the run broke off' : (finished.why ?? findings.map(showFinding).join('\n'));
  switch (kindOf(reported)) {
    case 'passed':
      return [];
    case 'failure':
      return findings
        .filter((finding) => finding.outcome === 'failed' && finding.known !== true)
        .map((finding) => {
          const message = `expected ${finding.expected}, received ${finding.received}`;
          return `      <failure ${attributes({ type: typeOf(finding), message })}>${text(showFinding(finding))}</failure>`;
        });
    case 'error':
      return [`      <error ${attributes({ type: 'errored', message: why })}/>`];
    case 'skipped':
      return [
        `      <skipped ${attributes({ message: `${isKnown(reported) ? 'known from the baseline' : showOutcome(outcomeOf(reported))}: ${why}` })}/>`,
      ];
  }
}

/** What fails as a type for programs: the rule, the requirement of the author's own, or that no rule says it. */
function typeOf({ rule, own }: Finding): string {
  return own === true && !isOwnRequirement(rule) ? 'own expectation' : rule;
}

function showFinding(finding: ExplainedFinding): string {
  const { file, line, column, source, expected, received, message } = finding;
  return [
    `${file}:${line}:${column}: ${source}`,
    `expected ${expected}`,
    `received ${received}`,
    showHeldRule(finding),
    message,
  ].join('\n');
}

/** The transcript, one write a line; its line ends are visible, for they are part of what was said. */
function showOctets(lines: readonly string[]): string {
  return lines.map((line) => escapeControls(line).replaceAll(/[\u0080-\u00ff]/g, hex)).join('\n');
}

function hex(octet: string): string {
  return String.raw`\x${octet.charCodeAt(0).toString(16)}`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(escapeControls(value))}"`)
    .join(' ');
}

function text(value: string): string {
  return escapeXml(escapeControls(value, 'line feeds'));
}
