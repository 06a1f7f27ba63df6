import type { Mode } from '../result/recorded-contract.ts';
import { showHeldRule } from '../result/show-held-rule.ts';
import { escapeControls } from './escape-controls.ts';
import type { Paint } from './paint.ts';
import { quoteForShell } from './quote-for-shell.ts';
import type { CaseGroup } from './report.ts';
import { shareFindings, showModes, type SharedFinding } from './shared-findings.ts';

/** Sentences that say no more than what was expected and received. */
const TOLD_ALREADY = /^(?:another reply came|the reply did not come|\w+ is not what it must be)$/;

/** How many lines of the wire stand before the expectation. */
const SHOWN_WIRE_LINES = 4;

/** The findings of a case's modes, each told once, as the lines below the case's own line. */
export function renderFindings(group: CaseGroup, paint: Paint, columns: number): readonly string[] {
  return shareFindings(group).flatMap((shared) =>
    shared.finding.known === true
      ? [renderKnown(shared, paint)]
      : renderFinding(group, shared, paint, columns),
  );
}

/** What the baseline has is told in a line. */
function renderKnown(shared: SharedFinding, paint: Paint): string {
  const { finding } = shared;
  const { file, line, column, rule } = finding;
  return paint(
    'dim',
    `      ${escapeControls(file)}:${line}:${column}   ${showModes(shared)}   known: ${rule}`,
  );
}

function renderFinding(
  group: CaseGroup,
  shared: SharedFinding,
  paint: Paint,
  columns: number,
): readonly string[] {
  const { finding, modes: inModes } = shared;
  const { file, line, column, source, offset, expected, received, wire, message } = finding;
  const [first] = inModes;
  const where = showModes(shared);
  const indent = ' '.repeat(offset);
  const gutter = '      | ';
  const clip = (text: string) => shorten(escapeControls(text), columns - gutter.length);
  const title = finding.outcome === 'differs' ? paint('yellow', 'differs') : '';
  return [
    `      ${escapeControls(file)}:${line}:${column}   ${where}${title && `   ${title}`}`,
    ...wire.slice(-SHOWN_WIRE_LINES).map((text) => paint('dim', `${gutter}${clip(text)}`)),
    `${String(line).padStart(5)} | ${clip(source)}`,
    ...labelled(
      `${gutter}${indent}${paint('red', '^^^^')} expected  `,
      `${gutter}${indent}               `,
      expected,
    ),
    ...labelled(`${gutter}${indent}     received  `, `${gutter}${indent}               `, received),
    `      = ${showHeldRule(finding)}`,
    ...(TOLD_ALREADY.test(message) ? [] : [`      = ${escapeControls(message)}`]),
    ...renderAgain(group, first),
  ];
}

function renderAgain({ group, first, cases }: CaseGroup, mode: Mode): readonly string[] {
  const again = cases.get(mode)?.started.again;
  const isBuiltIn = first.started.file.startsWith('(');
  return [
    ...(again === undefined && isBuiltIn
      ? []
      : [`      = again: ${escapeControls(again ?? `gauntlet run ${quoteForShell(group)} --mode ${mode}`)}`]),
    ...(isBuiltIn ? [`      = open: gauntlet show ${group}`] : []),
  ];
}

function labelled(first: string, others: string, text: string): readonly string[] {
  return text.split(/\r?\n/).map((line, at) => `${at === 0 ? first : others}${escapeControls(line)}`);
}

/** A text of at most so many characters; what is cut is cut at the end. */
export function shorten(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(1, columns - 1))}…`;
}
