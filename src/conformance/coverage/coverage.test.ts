import { describe, expect, test } from 'vitest';
import { amazonSes } from '../../contract/amazon-ses/amazon-ses.ts';
import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { recordContract } from '../result/recorded-contract.ts';
import type { RunEvent } from '../result/run-event.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import { ruleCoverage, writeCoverage } from './coverage.ts';
import { missingReplies, replyMatrix, writeReplyMatrix } from './reply-matrix.ts';

const contract = recordContract(emailmassivo);

describe('coverage', () => {
  const parsed = parseScenario(
    [
      'title: a',
      'about: error.450.stage',
      'given: { recipients: { to: accepts } }',
      'dialogue: |',
      '  C: <session>',
      '  C: MAIL FROM:<${sender}>',
      '  S: 250 *   [protocol.order]',
      '  C: RCPT TO:<${to}>',
      '  S: 450 Balance not enough',
      '',
    ].join('\n'),
    { file: 'a.scenario.yaml', id: 'a', contract: emailmassivo },
  );
  if (parsed.kind === 'errors') throw new AggregateError(parsed.errors);
  const coverage = ruleCoverage(emailmassivo, [parsed.scenario]);
  const of = (rule: string) => coverage.find((each) => each.rule === rule);

  test('a case holds what it is about, its tags and the rules of its replies', () => {
    for (const rule of ['error.450.stage', 'protocol.order', 'error.450']) {
      expect(of(rule)?.heldBy).toHaveLength(1);
    }
  });

  test('a rule that nothing holds is a hole, and told first', () => {
    expect(of('protocol.vrfy')?.isHole).toBe(true);
    expect(of('error.450')?.isHole).toBe(false);
    expect(writeCoverage(coverage).split('\n')[0]).toMatch(/^✗ .*held by no scenario$/);
  });
});

test('a rule that scenarios hold counts, whoever else shows it: the number is that of a run', () => {
  const coverage = contract.rules.map(({ id: rule, shownBy }) => ({
    rule,
    shownBy,
    heldBy: rule.startsWith('billing') ? ['a'] : [],
    isHole: false,
  }));
  const held = contract.rules.filter(({ id }) => id.startsWith('billing'));
  expect(held.some(({ shownBy }) => shownBy === 'control test')).toBe(true);
  const last = writeCoverage(coverage).trimEnd().split('\n').at(-1);
  expect(last).toMatch(
    new RegExp(`^${held.length} of ${contract.rules.length} rules are held by scenarios, 0 by none; `),
  );
});

describe('replies by mode', () => {
  const of = (octets: string, mode = '587'): readonly RunEvent[] => [
    {
      kind: 'case-started',
      case: 'a @587',
      group: 'a',
      scenario: 'a',
      title: 'a',
      about: 'error.450',
      mode,
      file: 'a',
      line: 1,
      dialogue: [],
      ending: [],
    },
    { kind: 'wire', case: 'a @587', t: 0, session: 1, direction: 'S', octets, tls: false },
  ];

  test('a reply counts to the byte, in the mode of its case', () => {
    const matrix = replyMatrix(emailmassivo, of('250 Ok\r\n450 Balance not enough\r\n'));
    expect(matrix.get('error.450')?.get('587')).toBe(1);
    expect(matrix.get('error.450')?.get('25')).toBe(0);
    expect(missingReplies(matrix)).toHaveLength(10 * 5 - 1);
    expect(writeReplyMatrix(emailmassivo, matrix)).toContain('49 of 50 did not come.');
  });

  test('another enhanced code does not count', () => {
    expect(
      replyMatrix(emailmassivo, of('450 4.2.1 Balance not enough\r\n')).get('error.450')?.get('587'),
    ).toBe(0);
  });

  test('a reply counts whatever its parts say; one that no scenario can show is not missing', () => {
    const inMode = replyMatrix(amazonSes, of('250 Ok 0100abc\r\n250 Ok\r\n', '587+starttls'));
    expect(inMode.get('reply.250')?.get('587+starttls')).toBe(1);
    expect(missingReplies(inMode).map(({ rule }) => rule)).not.toContain('error.451-timeout');
    expect(writeReplyMatrix(amazonSes, inMode)).toMatch(/^451 Timeout .* shown by a control test$/m);
  });
});
