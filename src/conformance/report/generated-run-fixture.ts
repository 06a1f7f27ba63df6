import { contract } from '../result/contract-fixture.ts';
import { recordedRuleOf } from '../result/recorded-contract.ts';
import type { RuleId } from '../result/recorded-contract.ts';
import type { Finding } from '../result/finding.ts';
import type { RunEvent } from '../result/run-event.ts';

// Runs of any size, for what must work with many cases and many findings.

/** How many cases a run has, and what became of them. */
export interface RunSize {
  readonly cases: number;
  readonly findings?: number;
  readonly notArranged?: number;
}

const { modes } = contract;
const held: readonly RuleId[] = contract.rules
  .filter(({ shownBy }) => shownBy === 'scenario')
  .map(({ id }) => id);

const dialogue = [
  { line: 5, source: 'C: <session>' },
  { line: 6, source: 'C: MAIL FROM:<${sender}>' },
  { line: 7, source: 'C: RCPT TO:<${to}>' },
  { line: 8, source: 'S: 250 *' },
  { line: 9, source: 'S: 450 Balance not enough' },
  { line: 10, source: 'C: QUIT' },
  { line: 11, source: 'S: 221 *' },
];

/** A run in which so many cases fail, one finding each, and so many could not be arranged; all others pass. */
export function generateRun({ cases, findings = 0, notArranged = 0 }: RunSize): readonly RunEvent[] {
  return [
    {
      kind: 'run-started',
      schema: 3,
      target: { name: 'smtp.example', version: '1.4.2', declaresChoices: true },
      contract,
      suite: 'gateway',
      seed: 'fixture',
      clock: '2026-11-26T09:30:00.000Z',
      node: 'v24.21.0',
      cases,
    },
    ...Array.from({ length: cases }, (_, at) =>
      generateCase(at, at < findings ? 'failed' : at < findings + notArranged ? 'not-arranged' : 'passed'),
    ).flat(),
    { kind: 'run-finished', how: 'finished', ms: cases * 15 },
  ];
}

function generateCase(at: number, outcome: 'passed' | 'failed' | 'not-arranged'): readonly RunEvent[] {
  const mode = modes[at % modes.length] ?? '587';
  const number = Math.floor(at / modes.length);
  const about = held[number % held.length] ?? 'error.450';
  const group = `${about.replace(/\..*$/, '')}/scenario-${number}`;
  const id = `${group} @${mode}`;
  const file = `scenarios/${group}.scenario.yaml`;
  const tls = mode.includes('tls');
  const wire = (direction: 'C' | 'S', line: number, t: number, octets: string): RunEvent => ({
    kind: 'wire',
    case: id,
    t,
    session: 1,
    direction,
    octets,
    tls,
    line,
  });
  const heard = (line: number): RunEvent => ({ kind: 'heard', case: id, session: 1, line });
  const second = outcome === 'failed' ? '450 4.2.1 Balance not enough' : '450 Balance not enough';
  const played: readonly RunEvent[] = [
    wire('S', 5, 1.2, '220 smtp.example ESMTP ready\r\n'),
    heard(5),
    wire('C', 5, 1.5, 'EHLO client.example\r\n'),
    wire('S', 5, 2.1, '250-smtp.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN\r\n'),
    heard(5),
    wire(
      'C',
      6,
      3,
      `MAIL FROM:<shop-${number}@sender.example>\r\nRCPT TO:<to-${number}@mailbox.example>\r\n`,
    ),
    wire('S', 8, 4.4, `250 OK\r\n${second}\r\n`),
    heard(8),
    heard(9),
    ...(outcome === 'failed'
      ? []
      : [wire('C', 10, 5, 'QUIT\r\n'), wire('S', 11, 5.4, '221 Bye\r\n'), heard(11)]),
  ];
  return [
    {
      kind: 'case-started',
      case: id,
      group,
      scenario: group,
      title: `Scenario ${number}: two sends left, three recipients`,
      about,
      mode,
      file,
      line: 2,
      dialogue,
      ending: [{ line: 13, source: 'charged: 1' }],
    },
    ...(outcome === 'not-arranged' ? [] : played),
    ...(outcome === 'failed'
      ? [{ kind: 'finding', case: id, finding: findingOf(about, file) } as const]
      : []),
    {
      kind: 'case-finished',
      case: id,
      outcome,
      ...(outcome === 'not-arranged' ? { why: 'a second subscription' } : {}),
      met: outcome === 'passed' ? [about, 'reply.format', 'protocol.reply-form'] : [],
      costs: { ms: 12.4 + (at % 7), sends: 1 },
    },
  ];
}

function findingOf(rule: RuleId, file: string): Finding {
  return {
    rule,
    basis: recordedRuleOf(contract, rule)?.basis ?? 'documented',
    outcome: 'failed',
    file,
    line: 9,
    column: 6,
    source: 'S: 450 Balance not enough',
    offset: 3,
    expected: '450 Balance not enough',
    received: '450 4.2.1 Balance not enough',
    wire: [
      'C: MAIL FROM:<shop@sender.example>',
      'C: RCPT TO:<to@mailbox.example>',
      'S: 250 OK',
      'S: 450 4.2.1 Balance not enough',
    ],
    message: 'another reply came',
  };
}
