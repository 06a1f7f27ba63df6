import { readFile, readdir } from 'node:fs/promises';
import { CannotProbe } from './probe.ts';

/** The most memory that a process had since its start, in octets (VmHWM); it must still be there. Linux alone tells. */
export async function peakMemory(pid: number): Promise<number> {
  return memoryLine(pid, 'VmHWM');
}

/** The memory that a process has now, in octets (VmRSS). */
export async function residentMemory(pid: number): Promise<number> {
  return memoryLine(pid, 'VmRSS');
}

/** How many file descriptors a process has open. */
export async function openDescriptors(pid: number): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length;
}

/**
 * Watches a process that ends by itself; the function it gives tells the most memory that was seen. The kernel keeps
 * the peak, so what is missed is only what came in the last moment.
 *
 * @public
 */
export function watchPeakMemory(pid: number): () => number {
  let peak = 0;
  const look = async (): Promise<void> => {
    const seen = await peakMemory(pid).catch(() => 0);
    // one that has just ended is still listed, without its memory
    if (seen > peak) peak = seen;
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  timer.unref();
  void look();
  return () => {
    clearInterval(timer);
    return peak;
  };
}

/** Milliseconds between two looks. */
const LOOK_MS = 50;

async function memoryLine(pid: number, field: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => {
    throw new CannotProbe('the memory of a process is read from /proc, which this machine does not have');
  });
  const kilobytes = new RegExp(String.raw`^${field}:\s+(\d+) kB$`, 'm').exec(status)?.[1];
  return Number(kilobytes) * 1_024;
}
