import type { Mode } from '../result/recorded-contract.ts';
import type { Finding } from '../result/finding.ts';
import { findingKey } from './compare-runs.ts';
import { readRunEvents, type RecordOptions } from './ndjson.ts';
import { RecordError } from './record-error.ts';
import { gatherRun } from './report.ts';
import { summarySchema } from './summary-schema.ts';

/** The findings of an earlier run, which a later one may have without failing. */
export interface Baseline {
  readonly size: number;
  readonly knows: (
    place: { readonly group: string; readonly mode: Mode },
    finding: Pick<Finding, 'rule' | 'source'>,
  ) => boolean;
}

/** Reads a baseline: the record of an earlier run, or its JSON summary. Throws {@link RecordError} where it is neither. */
export function readBaseline(text: string, options: Pick<RecordOptions, 'file' | 'former'>): Baseline {
  const keys = new Set(readKeys(text, options));
  return { size: keys.size, knows: (place, finding) => keys.has(findingKey(place, finding)) };
}

function readKeys(text: string, options: Pick<RecordOptions, 'file' | 'former'>): readonly string[] {
  const summary = summarySchema.safeParse(tryJson(text));
  if (summary.success) {
    return summary.data.cases.flatMap((one) => one.findings.map((finding) => findingKey(one, finding)));
  }
  if (!text.startsWith('{"kind":')) {
    const sentence =
      'This is no baseline. One is the record of an earlier run (--report ndjson=FILE) or its summary (--report json=FILE), of this version.';
    throw new RecordError(options.file, undefined, sentence);
  }
  const { cases } = gatherRun(readRunEvents(text, options));
  return cases.flatMap(({ started, findings }) => findings.map((finding) => findingKey(started, finding)));
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
