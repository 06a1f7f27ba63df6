import type { Probe } from '../probe.ts';
import { messageProbes } from './message-probes.ts';

/** Everything that a sandbox is abused with. */
export const sandboxProbes: readonly Probe[] = [...messageProbes];
