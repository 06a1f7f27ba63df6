import type { PageCase, PageData, PageFinding } from '../page-data.ts';

/** One thing that went wrong, in the cases in which it did. */
export interface Trouble {
  readonly weight: number;
  readonly cases: readonly PageCase[];
  /** Absent where a case could not be judged. */
  readonly finding: PageFinding | undefined;
}

/** What went wrong, each thing once, the worst and the widest first. */
export function troublesOf({ cases }: Pick<PageData, 'cases'>): readonly Trouble[] {
  const found = cases.flatMap((one) => [
    ...(one.findings ?? []).map((finding) => ({
      one,
      finding,
      key: `${one.group}\n${finding.rule}\n${finding.line}\n${finding.message}`,
    })),
    ...(one.outcome === 'errored'
      ? [{ one, finding: undefined, key: `${one.group}\nerrored\n${one.why ?? ''}` }]
      : []),
  ]);
  return [...Map.groupBy(found, ({ key }) => key).values()]
    .map((own) => ({
      weight: weightOf(own[0]?.finding),
      cases: own.map(({ one }) => one),
      finding: own[0]?.finding,
    }))
    .toSorted((a, b) => a.weight - b.weight || b.cases.length - a.cases.length);
}

/** What broke its word first, then what could not be judged, what differs, and what was known. */
function weightOf(finding: PageFinding | undefined): number {
  if (finding === undefined) return 1;
  if (finding.known === true) return 3;
  return finding.outcome === 'failed' ? 0 : 2;
}

/** How many things went wrong. */
export function countFindings(data: Pick<PageData, 'cases'>): number {
  return troublesOf(data).length;
}
