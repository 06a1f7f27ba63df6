import type { PlanWord } from '../words.ts';
import { planKindMeanings } from './meanings.ts';

/**
 * The two plan options of the documentation (rule `billing.plans`), as declared choices (`billing.plans.kinds`). The
 * documentation prints no price, so what each package costs is ours.
 */
export const plans: readonly PlanWord[] = [
  {
    kind: 'prepaid',
    meaning: planKindMeanings.prepaid,
    packages: [
      { sends: 1_000, cents: 500 },
      { sends: 10_000, cents: 4_000 },
      { sends: 100_000, cents: 30_000 },
    ],
  },
  {
    kind: 'monthly',
    meaning: planKindMeanings.monthly,
    packages: [
      { sends: 1_000, cents: 300 },
      { sends: 10_000, cents: 2_500 },
      { sends: 100_000, cents: 20_000 },
    ],
  },
];
