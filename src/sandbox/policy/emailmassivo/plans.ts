/** The two plan options of the documentation (rule `billing.plans`), as declared choices (`billing.plans.kinds`). */
export const planKinds = ['prepaid', 'monthly'] as const;
export type PlanKind = (typeof planKinds)[number];

/** A package that can be bought: how many sends, for how many cents. */
export interface PlanPackage {
  readonly sends: number;
  readonly cents: number;
}

/** What each plan costs by the number of emails; the documentation prints no price, so these are ours. */
export const planPackages: Readonly<Record<PlanKind, readonly PlanPackage[]>> = {
  prepaid: [
    { sends: 1_000, cents: 500 },
    { sends: 10_000, cents: 4_000 },
    { sends: 100_000, cents: 30_000 },
  ],
  monthly: [
    { sends: 1_000, cents: 300 },
    { sends: 10_000, cents: 2_500 },
    { sends: 100_000, cents: 20_000 },
  ],
};

/**
 * The price of so many sends in cents, rounded up: at the rate of the largest package that is not larger, or of the
 * smallest package.
 */
export function priceInCents(kind: PlanKind, sends: number): number {
  const packages = planPackages[kind];
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
