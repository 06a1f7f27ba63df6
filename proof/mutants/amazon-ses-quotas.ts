import type { Charge, ChargeFacts } from '../../src/sandbox/policy/charge.ts';
import type { EndOfDataFacts, Recipients } from '../../src/sandbox/policy/facts.ts';
import { accepted, policyMutant, says, type Hit, type Mutant, type MutantFacts } from '../mutant.ts';
import { sesFacts } from './amazon-ses.ts';

/** A mutant that counts otherwise: what it decides on, and what it charges. */
function countingMutant(
  facts: MutantFacts,
  decided: (asked: EndOfDataFacts) => Partial<EndOfDataFacts>,
  charged: (charge: Charge, asked: ChargeFacts) => Charge,
): Mutant {
  return policyMutant(facts, (own, hit: Hit) => ({
    endOfData: (asked) => own.endOfData({ ...asked, ...decided(asked) }),
    charge: (asked) => {
      hit();
      return charged(own.charge(asked), asked);
    },
  }));
}

const unlimited = (name: string) => (charge: Charge) => ({
  ...charge,
  quotas: charge.quotas.map((each) =>
    each.quota === name ? { ...each, most: Number.MAX_SAFE_INTEGER } : each,
  ),
});
const unused = (name: string) => (asked: EndOfDataFacts) => ({
  quotaUse: new Map([...asked.quotaUse, [name, Number.NEGATIVE_INFINITY]]),
});
const shifted = (name: string, by: number) => (charge: Charge) => ({
  ...charge,
  quotas: charge.quotas.map((each) => (each.quota === name ? { ...each, since: each.since + by } : each)),
});
const HOUR = 60 * 60_000;

/** A mutant whose window of a quota is longer or shorter. */
const windowMutant = (facts: MutantFacts, name: string, by: number): Mutant =>
  policyMutant(facts, (own, hit) => ({
    quotasAt: (now, choices) => {
      hit();
      return own
        .quotasAt(now, choices)
        .map((each) => (each.quota === name ? { ...each, since: each.since + by } : each));
    },
    charge: (asked) => shifted(name, by)(own.charge(asked)),
  }));

const isOfSimulator = (key: string) => key.endsWith('@simulator.amazonses.com');

/** Gateways of the second provider that count, suppress or simulate wrongly. */
export const sesQuotaMutants: readonly Mutant[] = [
  countingMutant(
    sesFacts('quota-unlimited', 'error.454-quota', 'has no quota'),
    unused('daily'),
    unlimited('daily'),
  ),
  countingMutant(
    sesFacts('rate-unlimited', 'error.454-rate', 'has no rate'),
    unused('rate'),
    unlimited('rate'),
  ),
  windowMutant(
    sesFacts('quota-never-ends', 'error.454-quota', 'has a quota for ever'),
    'daily',
    -365 * 24 * HOUR,
  ),
  windowMutant(
    sesFacts('quota-a-millisecond-long', 'error.454-quota', 'counts what was sent exactly 24 hours ago', [
      'quota.window.end',
    ]),
    'daily',
    -1,
  ),
  countingMutant(
    sesFacts('production-of-ten', 'error.454-rate', 'gives production ten recipients a second'),
    ({ choices }) => ({ choices: { ...choices, sendRate: choices.sendRate ?? 10 } }),
    (charge) => charge,
  ),
  policyMutant(
    sesFacts('bills-messages', 'billing.recipients', 'bills messages', [
      'quota.recipients',
      'quota.duplicate',
    ]),
    (own, hit) => ({
      charge: (asked) => {
        hit();
        return { ...own.charge(asked), sends: 1 };
      },
    }),
  ),
  policyMutant(
    sesFacts('suppressed-refused', 'suppression.accepted', 'refuses a recipient on the suppression list', [
      'suppression.status',
      'suppression.counts',
      'suppression.filled',
    ]),
    (own, hit) => ({
      rcpt: (asked) => {
        if (asked.argument.kind !== 'read' || !asked.argument.onSuppressionList) return own.rcpt(asked);
        hit();
        return { ...own.unknownVerb() };
      },
    }),
  ),
  policyMutant(
    sesFacts('suppressed-sent', 'suppression.accepted', 'sends to an address on the suppression list', [
      'suppression.status',
      'suppression.counts',
      'suppression.filled',
    ]),
    (own, hit) => ({
      fateOf: (recipient) => {
        if (recipient.suppressed) hit();
        return own.fateOf({
          ...recipient,
          suppressed: false,
          role: recipient.role === 'suppressed' ? undefined : recipient.role,
        });
      },
    }),
  ),
  policyMutant(
    sesFacts('suppressed-bounces', 'suppression.status', 'calls suppressed mail bounced', [
      'suppression.accepted',
      'suppression.counts',
      'suppression.filled',
    ]),
    (own, hit) => ({
      fateOf: (recipient) => {
        const fate = own.fateOf(recipient);
        if (fate.status !== 'suppressed' || fate.kind !== 'stays here') return fate;
        hit();
        return { ...fate, status: 'bounced' };
      },
    }),
  ),
  policyMutant(
    sesFacts('complaint-lists-nobody', 'suppression.filled', 'puts nobody on the list for a complaint'),
    (own, hit) => ({
      suppresses: (status, key) => {
        if (status === 'complained') hit();
        return status !== 'complained' && own.suppresses(status, key);
      },
    }),
  ),
  policyMutant(
    sesFacts('delivery-lists', 'suppression.filled', 'puts everybody on the list'),
    (_own, hit) => ({
      suppresses: (status, key) => {
        hit();
        return !isOfSimulator(key) && status !== 'deferred';
      },
    }),
  ),
  policyMutant(
    sesFacts('simulator-lists', 'simulator.no-list', 'puts bounces of the simulator on the list', [
      'simulator.no-list.complaint',
      'simulator.bounce',
      'simulator.listed',
      'simulator.labels',
      'simulator.billed',
    ]),
    (own, hit) => ({
      suppresses: (status, key) => {
        if (isOfSimulator(key)) hit();
        return status === 'bounced' || own.suppresses(status, key);
      },
    }),
  ),
  policyMutant(
    sesFacts(
      'simulator-lists-complaints',
      'simulator.no-list.complaint',
      'puts complaints at the simulator on the list',
      ['simulator.complaint', 'simulator.billed'],
    ),
    (own, hit) => ({
      suppresses: (status, key) => {
        if (isOfSimulator(key)) hit();
        return status === 'complained' || own.suppresses(status, key);
      },
    }),
  ),
  policyMutant(
    sesFacts('labels-unknown', 'simulator.labels', 'does not know labels at the simulator', [
      'simulator.bounce',
      'simulator.complaint',
      'simulator.listed',
      'simulator.no-list',
      'simulator.no-list.complaint',
      'simulator.out-of-office',
      'simulator.billed',
      'simulator.success',
    ]),
    (own, hit) => ({
      reservedRole: (key) => {
        if (!key.includes('+')) return own.reservedRole(key);
        hit();
        return undefined;
      },
    }),
  ),
  ...(['nonexistent', 'complains', 'listed'] as const).map((role) => {
    const rules = {
      nonexistent: 'simulator.bounce',
      complains: 'simulator.complaint',
      listed: 'simulator.listed',
    } as const;
    return policyMutant(
      sesFacts(`simulator-${role}-delivered`, rules[role], `delivers to ${role} at the simulator`, [
        'simulator.labels',
        'simulator.no-list',
        'simulator.no-list.complaint',
        'simulator.billed',
      ]),
      (own, hit) => ({
        reservedRole: (key) => {
          const own_ = own.reservedRole(key);
          if (own_ !== role) return own_;
          hit();
          return undefined;
        },
      }),
    );
  }),
  policyMutant(
    sesFacts('simulator-uses-quota', 'error.454-quota', 'counts the simulator in the daily quota'),
    (own, hit) => {
      const elsewhere = (recipients: Recipients): Recipients =>
        new Map([...recipients].map(([key, path]) => [key.replace('@simulator.', '@elsewhere.'), path]));
      return {
        endOfData: (asked) => {
          if ([...asked.recipients.keys()].some(isOfSimulator)) hit();
          return own.endOfData({ ...asked, recipients: elsewhere(asked.recipients) });
        },
        charge: (asked) => own.charge({ ...asked, recipients: elsewhere(asked.recipients) }),
      };
    },
  ),
  policyMutant(
    sesFacts(
      'simulator-wants-verification',
      'error.554-identity',
      'wants the simulator verified in the sandbox',
    ),
    (own, hit) => ({
      identitiesOf: (facts, choices) => {
        const identities = own.identitiesOf(facts, choices);
        if (choices.access !== 'sandbox') return identities;
        hit();
        return [
          ...identities,
          ...[...facts.recipients].filter(([key]) => isOfSimulator(key)).map(([, path]) => path),
        ];
      },
    }),
  ),
  policyMutant(sesFacts('fifty-one-taken', 'limit.recipients.reply', 'takes 51 recipients'), (own, hit) => ({
    rcpt: (asked) => {
      if (asked.recipients.size >= 50) hit();
      return own.rcpt({ ...asked, choices: { ...asked.choices, recipientLimit: 1_000 } });
    },
  })),
  policyMutant(
    sesFacts('forty-nine-taken', 'limit.recipients', 'takes 49 recipients', ['limit.recipients.reply']),
    (own, hit) => ({
      rcpt: (asked) => {
        if (asked.recipients.size >= 49) hit();
        return own.rcpt({ ...asked, choices: { ...asked.choices, recipientLimit: 49 } });
      },
    }),
  ),
  policyMutant(
    sesFacts('long-message-taken', 'error.552', 'takes a message above the limit', ['protocol.size']),
    (own, hit) => ({
      endOfData: (asked) => {
        const decision = own.endOfData(asked);
        if (!says(decision, '552 Message is too long.')) return decision;
        hit();
        return accepted('250 Ok ${message-id}');
      },
    }),
  ),
  policyMutant(
    sesFacts('declared-size-ignored', 'error.552.stage', 'does not look at a declared size', [
      'error.552',
      'limit.size.megabyte',
    ]),
    (own, hit) => ({
      mail: (asked) => {
        const decision = own.mail(asked);
        if (!says(decision, '552 Message is too long.')) return decision;
        hit();
        return accepted();
      },
    }),
  ),
];
