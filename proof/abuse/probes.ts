import type { Probe } from './probe.ts';
import { runnerProbes } from './runner/runner-probes.ts';
import { sandboxProbes } from './sandbox/sandbox-probes.ts';

/** All probes, in the order in which they run. */
export const probes: readonly Probe[] = [...sandboxProbes, ...runnerProbes];
