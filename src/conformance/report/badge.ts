import { recordedRuleOf } from '../result/recorded-contract.ts';
import type { RunEvent } from '../result/run-event.ts';
import { escapeControls } from './escape-controls.ts';
import { escapeXml } from './escape-xml.ts';
import { gatherRun, outcomeOf, type ReportedRun } from './report.ts';
import { requirementVerdicts, ruleVerdicts } from './rule-verdicts.ts';
import { counted } from '../result/counted.ts';

/** What a badge says, and in which colour. */
interface Badge {
  readonly message: string;
  readonly colour: 'green' | 'red' | 'orange' | 'grey';
}

const LABEL = 'gauntlet';

/** The run as a badge in SVG: rules passed of those checked, date, version of the target. */
export function badgeReport(events: readonly RunEvent[]): string {
  return writeSvg(badgeOf(gatherRun(events)));
}

/** The same as JSON for an endpoint that draws badges (shields.io). */
export function badgeEndpointReport(events: readonly RunEvent[]): string {
  const { message, colour } = badgeOf(gatherRun(events));
  return `${JSON.stringify({ schemaVersion: 1, label: LABEL, message, color: colour })}\n`;
}

function badgeOf(run: ReportedRun): Badge {
  const verdicts = ruleVerdicts(run.contract, run.cases);
  const passed = [...verdicts.values()].filter((outcome) => outcome === 'passed').length;
  const date = run.started?.clock.slice(0, 10) ?? 'no date';
  const version = escapeControls(run.started?.target.version ?? 'no version');
  return {
    message: `${passed}/${counted(verdicts.size, 'rule')} · ${date} · ${version}`,
    colour: colourOf(run, verdicts),
  };
}

/** Grey while anything documented is unknown: what was not shown is never green. */
function colourOf(run: ReportedRun, verdicts: ReturnType<typeof ruleVerdicts>): Badge['colour'] {
  const found = new Set(verdicts.values());
  // an expectation that no rule says fails its case and breaks no rule
  if (found.has('failed') || run.cases.some((one) => outcomeOf(one) === 'failed')) return 'red';
  const unknown = run.cases.some(
    (one) =>
      ['not-arranged', 'not-observed', 'errored'].includes(outcomeOf(one)) &&
      recordedRuleOf(run.contract, one.started.about)?.basis === 'documented',
  );
  if (
    unknown ||
    run.finished?.how !== 'finished' ||
    (verdicts.size === 0 && requirementVerdicts(run.cases).size === 0)
  )
    return 'grey';
  if (found.has('errored')) return 'red';
  return found.has('differs') ? 'orange' : 'green';
}

const FILLS: Readonly<Record<Badge['colour'], string>> = {
  green: '#1a7f4b',
  red: '#b3261e',
  orange: '#9a5b00',
  grey: '#5f6570',
};

/** Width of a text in Verdana of 11 px, near enough; `textLength` makes the browser keep to it. */
function widthOf(text: string): number {
  return text.length * 7 - (text.match(/[il.·/ ]/g)?.length ?? 0) * 3;
}

function writeSvg({ message, colour }: Badge): string {
  const left = widthOf(LABEL) + 12;
  const right = widthOf(message) + 12;
  const text = (x: number, value: string) =>
    `<text x="${x}" y="14" textLength="${widthOf(value)}">${escapeXml(value)}</text>`;
  const label = escapeXml(`${LABEL}: ${message}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${label}">`,
    `<title>${label}</title>`,
    `<clipPath id="r"><rect width="${left + right}" height="20" rx="3"/></clipPath>`,
    `<g clip-path="url(#r)"><rect width="${left}" height="20" fill="#33373e"/>`,
    `<rect x="${left}" width="${right}" height="20" fill="${FILLS[colour]}"/></g>`,
    `<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">`,
    text(6, LABEL),
    text(left + 6, message),
    '</g></svg>',
    '',
  ].join('\n');
}
