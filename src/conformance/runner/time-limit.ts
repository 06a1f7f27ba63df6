/**
 * Waits for work, but no longer than so many milliseconds of real time; without a limit to its end. When time is up
 * `tooLate` is called, and what it returns is taken: the work must not reject, for nobody hears it any more.
 */
export async function withinLimit<Value>(
  work: Promise<Value>,
  limitMs: number | undefined,
  tooLate: () => Value,
): Promise<Value> {
  if (limitMs === undefined) return work;
  const { promise, resolve } = Promise.withResolvers<'up'>();
  const timer = setTimeout(() => resolve('up'), limitMs);
  const first = await Promise.race([work.then((value) => ({ value })), promise]);
  clearTimeout(timer);
  return first === 'up' ? tooLate() : first.value;
}
