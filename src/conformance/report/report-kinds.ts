import { annotationsReport } from './annotations.ts';
import { htmlPieces } from './html.ts';
import { badgeEndpointReport, badgeReport } from './badge.ts';
import { compareRuns } from './compare-runs.ts';
import { junitPieces } from './junit.ts';
import { markdownReport } from './markdown.ts';
import { recordPieces } from './ndjson.ts';
import type { ReportInput } from './report-input.ts';
import { summaryPieces } from './summary.ts';
import { tapPieces } from './tap.ts';
import { writeTerminalReport } from './terminal.ts';

const renderers = {
  ndjson: ({ events }) => recordPieces(events),
  terminal: ({ events }) => [writeTerminalReport(events, { colour: false })],
  html: htmlPieces,
  junit: ({ events }) => junitPieces(events),
  json: ({ events }) => summaryPieces(events),
  markdown: ({ events, before }) => [markdownReport(events, before && compareRuns(events, before))],
  annotations: ({ events }) => [annotationsReport(events)],
  tap: ({ events }) => tapPieces(events),
  badge: ({ events }) => [badgeReport(events)],
  'badge-json': ({ events }) => [badgeEndpointReport(events)],
} as const satisfies Record<string, (input: ReportInput) => Iterable<string>>;

/** The kinds of reports that can be made from a run. */
export type ReportKind = keyof typeof renderers;

/** All kinds of reports. */
// Object.keys forgets the type of the keys; the table is closed, so they are these
export const reportKinds = Object.keys(renderers) as readonly ReportKind[];

/** Whether a text names a kind of report. */
export function isReportKind(text: string): text is ReportKind {
  return Object.hasOwn(renderers, text);
}

/** Makes a report of a run, in pieces: the whole of a long one may be longer than a string can be. */
export function renderReport(kind: ReportKind, input: ReportInput): Iterable<string> {
  return renderers[kind](input);
}
