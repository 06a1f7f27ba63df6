import type { RunEvent, RunFinished, RunStarted } from '../result/run-event.ts';
import { RecordError } from './record-error.ts';

/** The events of one run, and the file that they were read from. */
export interface NamedRun {
  readonly file: string;
  readonly events: readonly RunEvent[];
}

/** How a whole ended of which one part ended so; worst first. */
const HOW_WORST_FIRST: readonly RunFinished['how'][] = [
  'untrustworthy',
  'smoke-failed',
  'interrupted',
  'bailed',
  'finished',
];

/**
 * Makes one run of several, such as the shards of a suite. A case that was played in more than one of them counts as
 * repeated. Throws {@link RecordError} where they are not of one target.
 */
export function mergeRuns(runs: readonly [NamedRun, ...NamedRun[]]): readonly RunEvent[] {
  const [first, ...others] = runs;
  if (others.length === 0) return first.events;
  for (const other of others) checkTarget(first, other);
  const started = runs.flatMap(({ events }) => events.find((event) => event.kind === 'run-started') ?? []);
  const seen = new Map<string, number>();
  return [
    ...mergeStarted(started),
    ...runs.flatMap(({ events }) => renameRepeated(events, seen)),
    ...mergeFinished(runs.map(({ events }) => events.find((event) => event.kind === 'run-finished'))),
  ];
}

function startOf({ events }: NamedRun): RunStarted | undefined {
  return events.find((event) => event.kind === 'run-started');
}

function checkTarget(first: NamedRun, other: NamedRun): void {
  const [one, two] = [startOf(first), startOf(other)];
  if (one?.target.name !== two?.target.name || one?.target.version !== two?.target.version) {
    const show = (start: RunStarted | undefined) =>
      `${start?.target.name ?? '?'} ${start?.target.version ?? '?'}`;
    throw new RecordError(
      other.file,
      undefined,
      `This run is of ${show(two)}, and ${first.file} of ${show(one)}. Runs of one target can be merged; two targets are compared with --compare.`,
    );
  }
  if (one?.contract.id === two?.contract.id && one?.contract.version === two?.contract.version) return;
  const show = (start: RunStarted | undefined) =>
    `${start?.contract.id ?? '?'} ${start?.contract.version ?? '?'}`;
  throw new RecordError(
    other.file,
    undefined,
    `This run was held to the contract ${show(two)}, and ${first.file} to ${show(one)}. Only runs that were held to the same contract can be merged.`,
  );
}

function mergeStarted(started: readonly RunStarted[]): readonly RunEvent[] {
  const [first] = started.toSorted((a, b) => a.clock.localeCompare(b.clock));
  if (first === undefined) return [];
  const { shard: _, ...whole } = first;
  return [{ ...whole, cases: started.reduce((sum, { cases }) => sum + cases, 0) }];
}

/** Without an end of every part the whole has none. */
function mergeFinished(finished: readonly (RunFinished | undefined)[]): readonly RunEvent[] {
  const ended = finished.filter((one) => one !== undefined);
  if (ended.length < finished.length) return [];
  const how = HOW_WORST_FIRST.find((each) => ended.some((one) => one.how === each)) ?? 'finished';
  const why = [...new Set(ended.flatMap((one) => one.why ?? []))].join(' ');
  const ms = ended.reduce((sum, one) => sum + one.ms, 0);
  return [{ kind: 'run-finished', how, ...(why === '' ? {} : { why }), ms }];
}

function renameRepeated(events: readonly RunEvent[], seen: Map<string, number>): readonly RunEvent[] {
  const names = new Map<string, { readonly id: string; readonly repeat: number }>();
  return events.flatMap((event): readonly RunEvent[] => {
    if (!('case' in event)) return [];
    if (event.kind === 'case-started') {
      const base = event.case.replace(/ ~\d+$/, '');
      const repeat = (seen.get(base) ?? 0) + 1;
      seen.set(base, repeat);
      names.set(event.case, { id: repeat === 1 ? base : `${base} ~${repeat}`, repeat });
    }
    const name = names.get(event.case);
    if (name === undefined) return [event];
    const renamed = { ...event, case: name.id };
    return [
      renamed.kind === 'case-started' && name.repeat > 1 ? { ...renamed, repeat: name.repeat } : renamed,
    ];
  });
}
