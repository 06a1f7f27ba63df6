import type { RunEvent } from '../../src/conformance/result/run-event.ts';

/** A finding as it is pinned: the same in every mode and run, or it is another one. */
export interface PinnedFinding {
  /** `protocol/syntax` or `protocol/order-of-checks#login-before-domain`. */
  readonly group: string;
  readonly rule: string;
  readonly text: string;
}

/** What was found, each once with its modes; what could not be found out stands there as errored. */
export function pinnedFindings(events: readonly RunEvent[]): readonly PinnedFinding[] {
  const started = new Map(
    events.flatMap((event) => (event.kind === 'case-started' ? [[event.case, event] as const] : [])),
  );
  const found = new Map<
    string,
    { readonly group: string; readonly rule: string; readonly modes: string[] }
  >();
  const add = (id: string, rule: string, line: string): void => {
    const { group, mode } = started.get(id) ?? { group: id, mode: '' };
    const key = `${group}${line}`;
    const known = found.get(key) ?? { group, rule, modes: [] };
    known.modes.push(mode);
    found.set(key, known);
  };
  for (const event of events) {
    if (event.kind === 'finding') {
      const { rule, source, outcome, expected, received } = event.finding;
      // how much of what should not come was read in time is chance
      const came = expected === 'nothing more' ? 'something' : steady(received);
      add(event.case, rule, `  ${rule} ${outcome} at ${source}  ${expected} was expected, ${came} came`);
    } else if (event.kind === 'case-finished' && event.outcome === 'errored') {
      add(event.case, 'errored', `  errored: ${event.why ?? ''}`);
    }
  }
  return [...found]
    .map(([key, { group, rule, modes }]) => ({
      group,
      rule,
      text: `${key}   (${modes.toSorted().join(', ')})`,
    }))
    .toSorted((left, right) => (left.text < right.text ? -1 : 1));
}

/** Only the first line, without what is another one in each run or on each machine. */
function steady(received: string): string {
  const [first = '', ...more] = received.trimEnd().split('\n');
  const text = first
    .replace('session was reset', 'session was closed')
    .replace(/queued as \S+/, 'queued as …')
    .replace(/^250-\S+( greets)?.*/, '250-…');
  return more.length === 0 ? text : `${text} and more`;
}
