import type { Probe } from '../probe.ts';
import { diskProbes } from './disk-probes.ts';
import { messageProbes } from './message-probes.ts';
import { sessionProbes } from './session-probes.ts';

/** Everything that a sandbox is abused with. */
export const sandboxProbes: readonly Probe[] = [...messageProbes, ...sessionProbes, ...diskProbes];
