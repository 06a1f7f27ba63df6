import type { Charge, ChargeFacts, ChargeSource } from '../charge.ts';

const PREPAID: ChargeSource = { kind: 'prepaid' };
const PREPAID_ALONE: readonly ChargeSource[] = [PREPAID];

/**
 * One send per recipient (rule `billing.per-recipient`), from subscriptions first, the soonest-ending before others, then
 * from the prepaid ones (rule `billing.plans.kinds`).
 */
export function chargeFor({ now, recipients, subscriptions }: ChargeFacts): Charge {
  const sends = recipients.size;
  return { sends, sources: sourcesAt(subscriptions, now), ofSendLimit: sends, quotas: [] };
}

function sourcesAt(subscriptions: ChargeFacts['subscriptions'], now: number): readonly ChargeSource[] {
  const usable = subscriptions.filter(({ endsAt }) => endsAt > now);
  if (usable.length === 0) return PREPAID_ALONE;
  const soonestFirst = usable.toSorted(
    (left, right) => left.endsAt - right.endsAt || left.sequence - right.sequence,
  );
  return [...soonestFirst.map(({ sequence }) => ({ kind: 'subscription', sequence }) as const), PREPAID];
}
