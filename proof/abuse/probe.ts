/** What a probe of abuse is, and how its figures are held against its bounds. */

/** How much a probe asks for: a few seconds for the gate, or all that the bound is about. */
export type Effort = 'short' | 'whole';

/** How much of something a probe does at an effort. */
export function ofEffort(effort: Effort, short: number, whole: number): number {
  return effort === 'short' ? short : whole;
}

/** What a probe measured. */
export interface Figures {
  /** Octets that the abuse led to: sent, answered, kept or written, as the probe says. */
  readonly octets: number;
  /** Octets of memory (resident set) that the abused process had at its peak. */
  readonly memory: number;
  /** Milliseconds; where a probe leaves it out, how long it ran. */
  readonly milliseconds?: number;
  /** Numbers of this probe alone, such as `copies`; each may have a bound. */
  readonly counts?: Readonly<Record<string, number>>;
}

/** The most that a probe may measure; what has no bound here is printed only. */
export interface Bounds {
  readonly octets?: number;
  readonly memory?: number;
  readonly milliseconds?: number;
  readonly counts?: Readonly<Record<string, number>>;
}

/** One way to abuse the sandbox, the runner or the client check. */
export interface Probe {
  /** Short and stable, such as `hostile From`; `npm run abuse -- --only NAME` takes it. */
  readonly name: string;
  /** What is done, in a few words. */
  readonly what: string;
  readonly bounds: Bounds;
  /**
   * Does it and measures. Throws {@link CannotProbe} where this machine lacks what it needs; any other fault fails the
   * probe.
   */
  run(effort: Effort): Promise<Figures>;
}

/** This machine lacks what a probe needs; in CI that fails. */
export class CannotProbe extends Error {
  override readonly name = 'CannotProbe';
}

/** One bound that was passed. */
export interface Overrun {
  /** `octets`, `memory`, `milliseconds`, or a count. */
  readonly what: string;
  readonly measured: number;
  readonly bound: number;
}

/** What a probe passed; a count that was not measured counts as passed, so that no bound is silently idle. */
export function overrunsOf(
  bounds: Bounds,
  figures: Figures & { readonly milliseconds: number },
): readonly Overrun[] {
  const pairs: readonly (readonly [string, number | undefined, number | undefined])[] = [
    ['octets', figures.octets, bounds.octets],
    ['memory', figures.memory, bounds.memory],
    ['milliseconds', figures.milliseconds, bounds.milliseconds],
    ...Object.entries(bounds.counts ?? {}).map(
      ([what, bound]) => [what, figures.counts?.[what], bound] as const,
    ),
  ];
  return pairs.flatMap(([what, measured = Number.NaN, bound]) =>
    bound === undefined || measured <= bound ? [] : [{ what, measured, bound }],
  );
}
