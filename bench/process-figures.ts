import { readFile } from 'node:fs/promises';

/** Ticks of a second in which the kernel counts processor time. */
const TICKS = 100;

/** Seconds of processor time that a process has taken, its threads included; nothing where there is no `/proc`. */
export async function processorSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // the second field is a name in parentheses, which may hold blanks; time in user and kernel are the 14th and 15th
  const [user, kernel] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return ((user ?? Number.NaN) + (kernel ?? Number.NaN)) / TICKS;
}

/** Megabytes of memory that a process holds (VmRSS). */
export async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_000;
}
