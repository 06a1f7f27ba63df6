/** What a target tells, held against what it must tell. */
import type { BrokenRecord } from './case-record.ts';

/** The first entry of a list that is not as it must be, as a broken record; nothing where the lists agree. */
export function compareTold(
  check: BrokenRecord['check'],
  what: string,
  wanted: readonly unknown[] | undefined,
  got: readonly unknown[],
): readonly BrokenRecord[] {
  const [expected, received] = [wanted ?? [], got].map((all) => all.map((one) => JSON.stringify(one)));
  if (expected === undefined || received === undefined || expected.join() === received.join()) return [];
  const at = expected.findIndex((one, place) => one !== received[place]);
  const place = at === -1 ? expected.length : at;
  return [
    brokenTold(
      check,
      expected[place] ?? 'nothing more',
      received[place] ?? 'nothing more',
      `${what} are not what they must be`,
    ),
  ];
}

/** A broken record about what the target tells; a finding of its own where no key of `then` is about it. */
export function brokenTold(
  check: BrokenRecord['check'],
  expected: string,
  received: string,
  message: string,
): BrokenRecord {
  return { check, concerns: 'mails', isExplained: true, expected, received, message };
}
