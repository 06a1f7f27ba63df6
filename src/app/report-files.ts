import { mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { readPage } from '../conformance/report/built-page.ts';
import { createNdjsonWriter } from '../conformance/report/ndjson.ts';
import type { ReportInput } from '../conformance/report/report-input.ts';
import {
  isReportKind,
  renderReport,
  reportKinds,
  type ReportKind,
} from '../conformance/report/report-kinds.ts';
import type { RunEvent } from '../conformance/result/run-event.ts';
import { UsageError } from './usage-error.ts';

/** A report that was asked for. */
export interface WantedReport {
  readonly kind: ReportKind;
  /** `-` is the standard output, which the report has for itself. */
  readonly path: string;
}

/** Where the record of a run is where nothing is said. */
export const usualRecord = 'reports/run.ndjson';

/** What a run leaves where nothing is said. */
export const usualReports: readonly WantedReport[] = [
  { kind: 'ndjson', path: usualRecord },
  { kind: 'html', path: 'reports/run.html' },
  { kind: 'junit', path: 'reports/junit.xml' },
  { kind: 'json', path: 'reports/summary.json' },
  { kind: 'markdown', path: 'reports/summary.md' },
  { kind: 'badge', path: 'reports/badge.svg' },
];

/** Reads all `--report KIND=PATH`. */
export function parseReports(texts: readonly string[]): readonly WantedReport[] {
  const wanted = texts.map(parseReport);
  const files = wanted.filter(({ path }) => path !== '-').map(({ path }) => resolve(path));
  const twice = files.find((path, at) => files.indexOf(path) < at);
  if (twice !== undefined)
    throw new UsageError(`Two reports would be written to ${twice}. Give each a file.`);
  return wanted;
}

function parseReport(text: string): WantedReport {
  const [kind = '', path = ''] = text.split(/=(.*)/s);
  if (!isReportKind(kind) || path === '') {
    throw new UsageError(
      `"${text}" is no report. Write KIND=PATH; the kinds are ${reportKinds.join(', ')}, and the path - is the standard output.`,
    );
  }
  return { kind, path };
}

/** The files of a run's reports, open from its beginning: what cannot be written is known before anything is played. */
export interface ReportFiles extends AsyncDisposable {
  /** Takes an event for the files that have them one by one, at once. */
  readonly write: (event: RunEvent) => void;
  /** Writes the reports that are made from the whole run. */
  readonly finish: (input: ReportInput) => Promise<void>;
}

/**
 * Opens the files of the reports, old ones are replaced; throws {@link UsageError} where one cannot be written, and
 * `MissingPageError` where an HTML report is wanted whose page was not built. Of a run under way records are written event
 * by event; of one that is over `finish` writes all.
 */
export async function openReports(
  wanted: readonly WantedReport[],
  output: (text: string) => void,
  when: 'under way' | 'over' = 'under way',
): Promise<ReportFiles> {
  if (wanted.some(({ kind }) => kind === 'html')) readPage('report');
  await using opened = new AsyncDisposableStack();
  const files: OpenReport[] = [];
  for (const { kind, path } of wanted) {
    if (path === '-') {
      files.push({ kind, write: output, drained: () => Promise.resolve() });
      continue;
    }
    const file = await openFile(path);
    opened.defer(() => close(file));
    files.push({ kind, write: (text) => void file.write(text), drained: () => drained(file) });
  }
  const isLive = ({ kind }: { readonly kind: ReportKind }) => kind === 'ndjson' && when === 'under way';
  const writers = files.filter(isLive).map(({ write }) => createNdjsonWriter(write));
  const closing = opened.move();
  return {
    write: (event) => {
      for (const write of writers) write(event);
    },
    finish: async (input) => {
      for (const file of files) if (!isLive(file)) await writePieces(file, renderReport(file.kind, input));
      await closing.disposeAsync();
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

/** A report that is being written. */
interface OpenReport {
  readonly kind: ReportKind;
  readonly write: (text: string) => void;
  /** Resolves when what was written is no longer in memory, or will never be written. */
  readonly drained: () => Promise<void>;
}

/** Characters that are handed over at a time. */
const HANDED_OVER = 64 * 1024;

async function writePieces({ write, drained: wait }: OpenReport, pieces: Iterable<string>): Promise<void> {
  let held: string[] = [];
  let length = 0;
  const handOver = async (): Promise<void> => {
    write(held.join(''));
    held = [];
    length = 0;
    await wait();
  };
  for (const piece of pieces) {
    held.push(piece);
    length += piece.length;
    if (length >= HANDED_OVER) await handOver();
  }
  if (held.length > 0) await handOver();
}

async function drained(file: Writable): Promise<void> {
  if (!file.writableNeedDrain || file.destroyed) return;
  const { promise, resolve: goOn } = Promise.withResolvers<void>();
  file.on('drain', goOn).on('close', goOn);
  await promise;
  file.off('drain', goOn).off('close', goOn);
}

async function openFile(path: string): Promise<Writable> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = (await open(path, 'w')).createWriteStream();
    // a fault shows itself when the file is closed; one that nobody listens to would end the process
    file.on('error', () => undefined);
    return file;
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    throw new UsageError(`The report ${path} cannot be written: ${why}.`);
  }
}

async function close(file: Writable): Promise<void> {
  file.end();
  await finished(file);
}
