import { isMet, type Bar, type NotRun, type Row } from './row.ts';

/** A whole run. */
export interface BenchReport {
  readonly runtime: string;
  readonly quick: boolean;
  readonly rounds: number;
  readonly rows: readonly Row[];
  readonly notRun: readonly NotRun[];
}

/** The report for programs: each row has name, ours, peer, ratio, bar, met. */
export function renderJson({ rows, ...rest }: BenchReport): string {
  const shown = rows.map((row) => ({
    ...row,
    bar: row.bar === undefined ? null : showBar(row.bar),
    peerName: row.peerName ?? null,
    peer: row.peer ?? null,
    ratio: row.ratio ?? null,
    met: isMet(row) ?? null,
  }));
  return `${JSON.stringify({ ...rest, rows: shown }, undefined, 2)}\n`;
}

/** The report for people: what was held against what, a plot of the ratios, what was not run. */
export function renderMarkdown(report: BenchReport): string {
  const { rows, notRun, runtime, rounds, quick } = report;
  return [
    '# Bench',
    '',
    `Medians of ${rounds} paired rounds after a warm-up, in one run on ${runtime}${quick ? ' (a quick run: short rounds)' : ''}.`,
    'Ratios hold on other machines, absolute figures do not. Ours runs with all rules on, the debit committed to a',
    'WAL file, the rate limit raised out of the way, relaying to a discarding smarthost meanwhile. *bare* is',
    'smtp-server without the 100 ms that it waits before each greeting, *smtp-server* is it as it comes; both discard.',
    'A peer that is not being measured stands still.',
    '',
    '| work | unit | ours | peer | its figure | ratio | bar | met |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map(tableLine),
    '',
    '## Latency in milliseconds, and microseconds of processor time a message',
    '',
    '| work | peer | ours p50 | ours p99 | peer p50 | peer p99 | ours µs | peer µs |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.flatMap(latencyLine),
    '',
    '## Plot: ours to peer, the bar as `|`',
    '',
    '```text',
    ...rows.flatMap(plotLine),
    '```',
    '',
    '## Notes',
    '',
    ...rows.map(({ name, peerName, notes }) => `- ${name}${beside(peerName)}: ${notes.join('; ')}`),
    ...(notRun.length === 0
      ? []
      : [
          '',
          '## Not run',
          '',
          ...notRun.map((each) => `- ${each.name}${beside(each.peerName)}: ${each.reason}`),
        ]),
    '',
  ].join('\n');
}

function tableLine(row: Row): string {
  const met = isMet(row);
  const cells = [
    row.name,
    row.unit,
    round(row.ours),
    row.peerName ?? '',
    row.peer === undefined ? '' : round(row.peer),
    row.ratio === undefined ? '' : row.ratio.toFixed(2),
    row.bar === undefined ? '' : showBar(row.bar),
    met === undefined ? '' : met ? 'yes' : '**no**',
  ];
  return `| ${cells.join(' | ')} |`;
}

function latencyLine({ name, peerName, latency, processor }: Row): readonly string[] {
  if (latency === undefined) return [];
  const figures = [latency.ours.p50, latency.ours.p99, latency.peer.p50, latency.peer.p99];
  const cells = [
    ...figures.map((each) => each.toFixed(2)),
    ...(processor === undefined ? ['', ''] : [round(processor.ours), round(processor.peer)]),
  ];
  return [`| ${name} | ${peerName ?? ''} | ${cells.join(' | ')} |`];
}

const PLOT_WIDTH = 50;

/** A bar of a logarithmic scale from 1/10 to 100, on which half and twice are equally far from 1. */
function plotLine({ name, peerName, ratio, bar }: Row): readonly string[] {
  if (ratio === undefined) return [];
  const place = (value: number) =>
    Math.max(0, Math.min(PLOT_WIDTH - 1, Math.round(((Math.log10(value) + 1) / 3) * PLOT_WIDTH)));
  const cells = Array.from<unknown, string>({ length: PLOT_WIDTH }, (_, at) =>
    at <= place(ratio) ? '█' : ' ',
  );
  if (bar !== undefined && bar.kind !== 'ours below') cells[place(bar.value)] = '|';
  return [`${`${name}${beside(peerName)}`.padEnd(64)} ${cells.join('')} ${ratio.toFixed(2)}`];
}

function beside(peerName: string | undefined): string {
  return peerName === undefined ? '' : `, beside ${peerName}`;
}

function showBar({ kind, value }: Bar): string {
  switch (kind) {
    case 'ratio at least':
      return `≥ ${value}`;
    case 'ratio at most':
      return `≤ ${value}`;
    case 'ours below':
      return `< ${value}`;
  }
}

function round(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(1);
}
