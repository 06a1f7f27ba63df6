import { Session } from 'node:inspector/promises';

/** Of what every spread, destructuring and loop over an array asks for its next element. */
const arrayIterator = Object.getPrototypeOf([][Symbol.iterator]()) as Iterator<unknown>;

/**
 * How many steps some work takes: the calls of functions in this repository, call-backs included, and the elements that
 * spreads and loops take from arrays. It does not depend on how busy the machine is.
 */
export async function countSteps(work: () => void): Promise<number> {
  const session = new Session();
  session.connect();
  const { next } = arrayIterator;
  let taken = 0;
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    arrayIterator.next = function countedNext(this: Iterator<unknown>, ...given) {
      taken += 1;
      return next.apply(this, given);
    };
    work();
    arrayIterator.next = next;
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const calls = result
      .filter(({ url }) => url.includes('/src/') && !url.includes('count-steps-fixture'))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges[0]?.count ?? 0));
    return calls.reduce((sum, count) => sum + count, taken);
  } finally {
    arrayIterator.next = next;
    session.disconnect();
  }
}
