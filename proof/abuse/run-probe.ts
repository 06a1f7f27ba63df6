import { CannotProbe, overrunsOf, type Effort, type Overrun, type Probe } from './probe.ts';

/** How a probe ended, and the line that says it. */
export interface Verdict {
  readonly kind: 'held' | 'passed a bound' | 'failed' | 'cannot be done here';
  readonly line: string;
}

/** Runs one probe and holds its figures against its bounds. */
export async function runProbe(probe: Probe, effort: Effort): Promise<Verdict> {
  const begun = performance.now();
  try {
    const measured = await probe.run(effort);
    const figures = { milliseconds: performance.now() - begun, ...measured };
    const overruns = overrunsOf(probe.bounds, figures);
    const counts = Object.entries(figures.counts ?? {}).map(([what, count]) => `${number(count)} ${what}`);
    const columns = [
      `${number(figures.octets).padStart(13)} octets`,
      `${number(figures.milliseconds).padStart(7)} ms`,
      `${number(figures.memory / 1_000_000).padStart(5)} MB`,
      ...counts,
    ];
    return {
      kind: overruns.length === 0 ? 'held' : 'passed a bound',
      line: [
        mark(overruns.length === 0),
        probe.name.padEnd(NAME_WIDTH),
        ...columns,
        ...overruns.map(describe),
      ].join('  '),
    };
  } catch (fault) {
    const kind = fault instanceof CannotProbe ? 'cannot be done here' : 'failed';
    const why = fault instanceof Error ? fault.message : String(fault);
    return { kind, line: [mark(false), probe.name.padEnd(NAME_WIDTH), `${kind}: ${why}`].join('  ') };
  }
}

const NAME_WIDTH = 28;

function mark(held: boolean): string {
  return held ? '✓' : '✗';
}

function describe({ what, measured, bound }: Overrun): string {
  return `MORE ${what.toUpperCase()} THAN ${number(bound)}: ${number(measured)}`;
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en');
}
