import { QUOTA_WINDOW_MS, quotasOfAccess } from '../../../contract/amazon-ses/limits.ts';
import type { Access } from '../../../contract/amazon-ses/words.ts';
import type { Charge, ChargeFacts, QuotaWindow } from '../charge.ts';
import type { Choices } from '../choices.ts';
import type { Recipients } from '../facts.ts';
import { isOfSimulator } from './simulator.ts';

const SANDBOX: Access = 'sandbox';

/** The quota that rolls over a day, and the one that a burst may use up. */
export const DAILY = 'daily';
export const RATE = 'rate';

/** The windows in which use counts, at `now` of the account's clock: what is exactly their length ago counts no more. */
export function quotasAt(
  now: number,
  { sendBurstMs }: Pick<Choices, 'sendBurstMs'>,
): readonly [daily: QuotaWindow, rate: QuotaWindow] {
  return [
    { quota: DAILY, since: now - QUOTA_WINDOW_MS },
    { quota: RATE, since: now - sendBurstMs },
  ];
}

/** What the quotas of an account allow, in recipients: in a day, and within the time of a burst. */
export function quotasOf({ access, sendQuota, sendRate, sendBurstMs }: Choices): {
  readonly daily: number;
  readonly burst: number;
} {
  const usual = quotasOfAccess[access === SANDBOX ? 'sandbox' : 'production'];
  const rate = sendRate ?? usual.sendRate;
  return {
    daily: sendQuota ?? usual.sendQuota,
    // a burst shorter than a second has the whole rate of that second
    burst: Math.max(rate, Math.floor((rate * sendBurstMs) / 1_000)),
  };
}

/** Recipients that count in the daily quota: all but those of the simulator (rule `simulator.quota`). */
export function countedDaily(recipients: Recipients): number {
  return [...recipients.keys()].filter((key) => !isOfSimulator(key)).length;
}

/** Every recipient is billed and uses the rate; those that count use the daily quota. */
export function chargeFor({ now, recipients, choices }: ChargeFacts): Charge {
  const [daily, rate] = quotasAt(now, choices);
  const allowed = quotasOf(choices);
  const counted = countedDaily(recipients);
  return {
    sends: recipients.size,
    sources: [{ kind: 'bill' }],
    ofSendLimit: 0,
    quotas: [
      // a quota that was lowered meanwhile must not hold up what does not count in it
      ...(counted === 0 ? [] : [{ ...daily, sends: counted, most: allowed.daily }]),
      { ...rate, sends: recipients.size, most: allowed.burst },
    ],
  };
}
