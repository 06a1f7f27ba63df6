import { contract } from '../result/contract-fixture.ts';
import type { Mode } from '../result/recorded-contract.ts';
import type { Requirement } from '../result/requirement-schema.ts';
import type { Finding } from '../result/finding.ts';
import type { RunEvent, RunStarted } from '../result/run-event.ts';

// Runs as their records tell them, for the tests of reports.

export const started: RunStarted = {
  kind: 'run-started',
  schema: 3,
  target: { name: 'gateway', version: '1.0', declaresChoices: true },
  contract,
  suite: 'scenarios',
  seed: 'x',
  clock: '2026-01-01T00:00:00.000Z',
  node: 'v24',
  cases: 4,
};
export const finished: RunEvent = { kind: 'run-finished', how: 'finished', ms: 1234 };

export const balanceFinding: Finding = {
  rule: 'reply.format',
  basis: 'documented',
  outcome: 'failed',
  file: 'scenarios/billing/balance.scenario.yaml',
  line: 29,
  column: 6,
  source: 'S: 450 Balance not enough',
  offset: 3,
  expected: '450 Balance not enough',
  received: '450 4.2.1 Balance not enough',
  wire: ['C: RCPT TO:<cc@a.example>', 'S: 450 4.2.1 Balance not enough'],
  message: 'another reply came',
};

export interface Told {
  readonly group: string;
  readonly title: string;
  readonly about?: Requirement;
  readonly modes: readonly Mode[];
  readonly outcome: Extract<RunEvent, { kind: 'case-finished' }>['outcome'];
  readonly finding?: Finding;
  readonly why?: string;
}

export function tell({
  group,
  title,
  about = 'billing.per-recipient',
  modes,
  outcome,
  finding,
  why,
}: Told): readonly RunEvent[] {
  return modes.flatMap((mode): readonly RunEvent[] => {
    const id = `${group} @${mode}`;
    return [
      {
        kind: 'case-started',
        case: id,
        group,
        scenario: group,
        title,
        about,
        mode,
        file: `scenarios/${group}.scenario.yaml`,
        line: 2,
        dialogue: [],
        ending: [],
      },
      {
        kind: 'wire',
        case: id,
        t: 1,
        session: 1,
        direction: 'S',
        octets: '220 hi\u001b[2J & <you>\r\n',
        tls: false,
      },
      ...(finding === undefined ? [] : [{ kind: 'finding', case: id, finding } as const]),
      {
        kind: 'case-finished',
        case: id,
        outcome,
        why,
        met: outcome === 'passed' ? [about] : [],
        costs: { ms: 10, sends: 1 },
      },
    ];
  });
}

export const passing = [
  started,
  ...tell({
    group: 'billing/copies',
    title: 'A message for three recipients costs three sends',
    modes: ['465+tls', '587', '587+starttls', '25', '25+starttls'],
    outcome: 'passed',
  }),
  finished,
];

export const failing = [
  started,
  ...tell({ group: 'billing/copies', title: 'Copies', modes: ['465+tls', '587'], outcome: 'passed' }),
  ...tell({
    group: 'billing/balance',
    title: 'Two sends left, three recipients',
    about: 'error.450.stage',
    modes: ['465+tls', '587'],
    outcome: 'failed',
    finding: balanceFinding,
  }),
  ...tell({
    group: 'plans/monthly',
    title: 'A month',
    about: 'billing.plans.kinds',
    modes: ['587'],
    outcome: 'not-arranged',
    why: 'plans',
  }),
  ...tell({
    group: 'plans/odd',
    title: 'Odd',
    modes: ['25'],
    outcome: 'errored',
    why: 'the target\u001b[31m died',
  }),
  finished,
];

/** Two requirements of the author's own, one of them unmet. */
export const withRequirements = [
  started,
  ...tell({ group: 'billing/copies', title: 'Copies', modes: ['587'], outcome: 'passed' }),
  ...tell({ group: 'shop/cart', title: 'Cart', about: 'own:cart', modes: ['587'], outcome: 'passed' }),
  ...tell({
    group: 'shop/order',
    title: 'Order',
    about: 'SHOP-123',
    modes: ['587', '25'],
    outcome: 'failed',
    finding: { ...balanceFinding, rule: 'SHOP-123', basis: 'own', own: true, hints: ['error.450.stage'] },
  }),
  finished,
];
