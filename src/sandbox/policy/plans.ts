import type { PlanWord } from '../../contract/words.ts';

/**
 * The price of so many sends in cents, rounded up: at the rate of the largest package that is not larger, or of the
 * smallest package.
 */
export function priceInCents({ packages }: Pick<PlanWord, 'packages'>, sends: number): number {
  const fitting = packages.findLast((each) => each.sends <= sends) ?? packages[0];
  return fitting === undefined ? 0 : Math.ceil((sends * fitting.cents) / fitting.sends);
}

/**
 * When a monthly subscription bought at `at` ends: the same time of day, to the millisecond, of the same day of the next
 * month in UTC; where that month is shorter, its last day. Milliseconds.
 */
export function subscriptionEnd(at: number): number {
  const start = new Date(at);
  const end = new Date(at);
  end.setUTCDate(1);
  end.setUTCMonth(start.getUTCMonth() + 1);
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  end.setUTCDate(Math.min(start.getUTCDate(), lastDay));
  return end.getTime();
}
