import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the engine's young generation at the size that it has. What many sessions allocate while they log in makes it grow
 * to some 100 MB, which it never gives back; ten thousand idle sessions need less than that. Nothing becomes slower by it
 * (`npm run bench`). For a process that is a gateway and nothing else: the flag is the whole process's.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
