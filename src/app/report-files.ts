import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { junitReport } from '../conformance/report/junit.ts';
import { createNdjsonWriter } from '../conformance/report/ndjson.ts';
import type { RunEvent } from '../conformance/result/run-event.ts';
import { UsageError } from './usage-error.ts';

/** Reports that are written when the run is over, by kind. */
const renderers = {
  junit: junitReport,
} as const satisfies Record<string, (events: readonly RunEvent[]) => string>;

/** A report that was asked for. */
export interface WantedReport {
  readonly kind: 'ndjson' | keyof typeof renderers;
  readonly path: string;
}

/** Reads `--report KIND=PATH`. */
export function parseReport(text: string): WantedReport {
  const [kind = '', path = ''] = text.split(/=(.*)/s);
  if ((kind !== 'ndjson' && !isRenderer(kind)) || path === '') {
    const kinds = ['ndjson', ...Object.keys(renderers)].join(', ');
    throw new UsageError(`"${text}" is no report. Write KIND=PATH; the kinds are ${kinds}.`);
  }
  return { kind, path };
}

/** The files of a run's reports, open from its beginning: what cannot be written is known before anything is played. */
export interface ReportFiles extends AsyncDisposable {
  /** Takes an event for the files that have them one by one, at once. */
  readonly write: (event: RunEvent) => void;
  /** Writes the reports that are made from the whole run. */
  readonly finish: (events: readonly RunEvent[]) => Promise<void>;
}

/** Opens the files of the reports, old ones are replaced; throws {@link UsageError} where one cannot be written. */
export async function openReports(wanted: readonly WantedReport[]): Promise<ReportFiles> {
  await using opened = new AsyncDisposableStack();
  const files: { readonly kind: WantedReport['kind']; readonly file: Writable }[] = [];
  for (const { kind, path } of wanted) {
    const file = await openFile(path);
    opened.defer(() => close(file));
    files.push({ kind, file });
  }
  const writers = files.flatMap(({ kind, file }) =>
    kind === 'ndjson' ? [createNdjsonWriter((text) => void file.write(text))] : [],
  );
  const closing = opened.move();
  return {
    write: (event) => {
      for (const write of writers) write(event);
    },
    finish: async (events) => {
      for (const { kind, file } of files) if (kind !== 'ndjson') file.write(renderers[kind](events));
      await closing.disposeAsync();
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
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

function isRenderer(kind: string): kind is keyof typeof renderers {
  return Object.hasOwn(renderers, kind);
}
