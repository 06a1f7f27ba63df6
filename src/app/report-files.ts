import { mkdir, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { dirname } from 'node:path';
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

/** Writes events to the files that take them one by one, at once; an old file is replaced. */
export async function openRecord(path: string): Promise<{
  readonly write: (event: RunEvent) => void;
  readonly close: () => Promise<void>;
}> {
  await mkdir(dirname(path), { recursive: true });
  const file = createWriteStream(path, { flags: 'w' });
  return {
    write: createNdjsonWriter((text) => void file.write(text)),
    close: async () => {
      file.end();
      await finished(file);
    },
  };
}

/** Writes the reports that are made from the whole run. */
export async function writeReports(
  wanted: readonly WantedReport[],
  events: readonly RunEvent[],
): Promise<void> {
  for (const { kind, path } of wanted) {
    if (kind === 'ndjson') continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, renderers[kind](events));
  }
}

function isRenderer(kind: string): kind is keyof typeof renderers {
  return Object.hasOwn(renderers, kind);
}
