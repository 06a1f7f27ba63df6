/** How many of the times fall into the window (now − length, now]: one is forgotten at exactly its length. */
export function countInWindow(times: readonly number[], now: number, length: number): number {
  return times.filter((at) => at > now - length && at <= now).length;
}
