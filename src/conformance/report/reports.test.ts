import { describe, expect, test } from 'vitest';
import { annotationsReport } from './annotations.ts';
import { badgeEndpointReport } from './badge.ts';
import { buildPageData } from './build-page-data.ts';
import { escapeControls } from './escape-controls.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';
import { createProgress } from './progress.ts';
import type { Mode } from '../result/recorded-contract.ts';
import type { RunEvent } from '../result/run-event.ts';
import { balanceFinding, failing, finished, passing, started, tell } from './run-fixture.ts';
import { summaryReport } from './summary.ts';
import { writeTerminalReport } from './terminal.ts';

describe('the terminal report', () => {
  test('of a run that passed is one line a case', () => {
    expect(writeTerminalReport(passing, { colour: false, columns: 90 })).toBe(
      [
        'one mark a mode: 465+tls  587  587+starttls  25  25+starttls',
        '',
        'billing',
        '  ✓✓✓✓✓  A message for three recipients costs three sends            billing.per-recipient',
        '',
        '1 rule: 1 passed · 0 failed · 0 differs · 0 not arranged   (5 cases, 1.2 s on gateway 1.0)',
        '',
      ].join('\n'),
    );
  });

  test('of a run that failed opens what failed, and tells what it could not show', () => {
    expect(writeTerminalReport(failing, { colour: false, columns: 70 })).toBe(
      [
        'one mark a mode: 465+tls  587  25',
        '',
        'billing',
        '  ✗✗   Two sends left, three recipients',
        '      scenarios/billing/balance.scenario.yaml:29:6   in 2 modes, first 465+tls',
        '      | C: RCPT TO:<cc@a.example>',
        '      | S: 450 4.2.1 Balance not enough',
        '   29 | S: 450 Balance not enough',
        '      |    ^^^^ expected  450 Balance not enough',
        '      |         received  450 4.2.1 Balance not enough',
        '      = reply.format (documented): Every documented error reply is `<code> <reason>`, with the enhanced code only where the page prints one.',
        '      = again: gauntlet run billing/balance --mode 465+tls',
        '  ✓✓   Copies                                    billing.per-recipient',
        '',
        'plans',
        '   ○   A month                                     billing.plans.kinds',
        '    !  Odd',
        String.raw`      errored in 25: the target\x1b[31m died`,
        '',
        'not shown',
        '  ○ not arranged: plans   (1 case, first plans/monthly @587)',
        '',
        '✗ failed   ! errored   ○ not arranged   ✓ passed',
        '',
        '4 rules: 0 passed · 1 failed · 0 differs · 1 not arranged · 1 errored · 1 not observed   (6 cases, 1.2 s on gateway 1.0)',
        '',
      ].join('\n'),
    );
  });

  const lineOf = (columns: number, title: string, caseTitle?: string) => {
    const [first, ...others] = tell({ group: 'a/b#own', title, modes: ['587'], outcome: 'passed' });
    const events = first?.kind === 'case-started' ? [{ ...first, caseTitle }, ...others] : [];
    return writeTerminalReport(events, { colour: false, columns }).split('\n')[3];
  };

  test.each([
    [60, 'A title', 'its own', '  ✓  A title: its own                  billing.per-recipient'],
    [
      60,
      'A title that goes on and on',
      'its own',
      '  ✓  A title that goes on and on: it…  billing.per-recipient',
    ],
    [
      60,
      'Short',
      'one that goes on and on and on',
      '  ✓  Short: one that goes on and on …  billing.per-recipient',
    ],
    // where the rule would leave too little room, the title alone stands there
    [50, 'A title that goes on and on', 'and on its way', '  ✓  A title that goes on and on: and on its way'],
    [30, 'A title that goes on and on', undefined, '  ✓  A title that goes on and…'],
  ])('cuts a title at its end (%i columns)', (columns, title, caseTitle, line) => {
    expect(lineOf(columns, title, caseTitle)).toBe(line);
  });

  test('has the cases in the order of their files and of the lines there', () => {
    const named = (group: string, line: number) => {
      const [scenario = ''] = group.split('#');
      return tell({ group, title: group, modes: ['587'], outcome: 'passed' }).map((event) =>
        event.kind === 'case-started' ? { ...event, scenario, line } : event,
      );
    };
    const events = [named('b/x#apple', 30), named('b/x#zebra', 4), named('a/y', 50), named('b/x#moose', 12)];
    const titles = writeTerminalReport(events.flat(), { colour: false }).match(/[ab]\/\w+(?:#\w+)?/g);
    // the title of the file, then its cases
    expect(titles).toEqual(['a/y', 'b/x#zebra', 'b/x#zebra', 'b/x#moose', 'b/x#apple']);
  });

  test('has the title of a file with several cases once, over theirs', () => {
    const events = ['plain', 'inside TLS'].flatMap((caseTitle, at) =>
      tell({ group: `a/b#${at}`, title: 'The greeting', modes: ['587'], outcome: 'passed' }).map((event) =>
        event.kind === 'case-started' ? { ...event, scenario: 'a/b', caseTitle } : event,
      ),
    );
    expect(writeTerminalReport(events, { colour: false, columns: 60 }).split('\n').slice(3, 6)).toEqual([
      '     The greeting',
      '  ✓    plain                           billing.per-recipient',
      '  ✓    inside TLS                      billing.per-recipient',
    ]);
  });

  describe('of a case that was repeated says how often it went wrong', () => {
    const times = (outcomes: readonly ('passed' | 'failed' | 'errored')[], mode: Mode = '587') =>
      outcomes.flatMap((outcome, at) =>
        tell({
          group: 'a/b',
          title: 'A title',
          modes: [mode],
          outcome,
          ...(outcome === 'failed' ? { finding: balanceFinding } : {}),
          ...(outcome === 'errored' ? { why: 'no answer' } : {}),
        }).map((event) => ('case' in event ? { ...event, case: `${event.case} ~${at + 1}` } : event)),
      );
    const text = (events: readonly RunEvent[]) => writeTerminalReport(events, { colour: false });

    test.each([
      [times(['passed', 'failed', 'passed', 'failed']), 'scenario.yaml:29:6   in 587, 2 of 4 times\n'],
      [times(['failed', 'failed']), 'in 587, 2 of 2 times\n'],
      [times(['passed', 'passed', 'errored']), 'errored in 587, 1 of 3 times: no answer\n'],
      [
        [...times(['failed', 'passed']), ...times(['failed', 'failed'], '25')],
        'in 2 modes, first 587, 3 of 4 times\n',
      ],
      [times(['failed']), 'scenario.yaml:29:6   in 587\n'],
    ])('%#', (events, words) => {
      expect(text(events)).toContain(words);
    });
  });

  test.each([
    ['../mine/deep/copies', '../mine/deep'],
    ['copies', 'billing'],
  ])('puts %s under the heading %s', (group, heading) => {
    const told = tell({ group, title: 'Copies', modes: ['587'], outcome: 'passed' });
    expect(writeTerminalReport([started, ...told, finished], { colour: false }).split('\n')[2]).toBe(heading);
  });

  test('is painted only where the caller wants it', () => {
    expect(writeTerminalReport(passing, { colour: true })).toContain('\u001b[32m✓\u001b[0m');
    expect(writeTerminalReport(passing, { colour: false })).not.toContain('\u001b');
  });

  test('says why nothing could be said', () => {
    const why = 'The smoke case passes in no mode.';
    const text = writeTerminalReport([started, { kind: 'run-finished', how: 'smoke-failed', why, ms: 5 }], {
      colour: false,
    });
    expect(text).toBe(
      `${why}\n0 rules: 0 passed · 0 failed · 0 differs · 0 not arranged   (0 cases, 0.0 s on gateway 1.0)\n`,
    );
  });
});

test('what a target says moves no cursor', () => {
  expect(escapeControls('a\u001b[2J\r\n\u0085\u202e\t')).toBe(String.raw`a\x1b[2J\r\n\x85\u{202e}\t`);
  expect(escapeControls('a\nb', 'line feeds')).toBe('a\nb');
});

test('the progress line is rewritten, and wiped at the end', () => {
  const written: string[] = [];
  const progress = createProgress((text) => written.push(text));
  for (const event of failing) progress(event);
  expect(written[0]).toBe('\r\u001b[2K1 of 4   billing/copies @465+tls');
  expect(written[2]).toBe('\r\u001b[2K3 of 4 · 1 failed   billing/balance @465+tls');
  expect(written.at(-1)).toBe('\r\u001b[2K');
});

describe('JUnit', () => {
  const xml = junitReport(failing);

  test('is well-formed', () => {
    expect(openTags(xml)).toEqual([]);
    expect(xml).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/);
    expect(xml).not.toMatch(/[^\P{Cc}\n]/u);
  });

  test('has a case for each case and mode, with its place', () => {
    expect(xml.match(/<testcase /g)).toHaveLength(6);
    expect(xml).toContain(
      '<testcase name="Copies @587" classname="billing/copies" file="scenarios/billing/copies.scenario.yaml" line="2" time="0.010">',
    );
  });

  test('names the rule as the type, shows the transcript, and skips what could not be shown', () => {
    expect(xml).toContain(
      '<failure type="reply.format" message="expected 450 Balance not enough, received 450 4.2.1 Balance not enough">',
    );
    expect(xml).toContain('<skipped message="not arranged: plans"/>');
    expect(xml).toContain(String.raw`<error type="errored" message="the target\x1b[31m died"/>`);
    expect(xml).toContain(String.raw`S1 220 hi\x1b[2J &amp; &lt;you&gt;\r\n`);
    expect(xml).toContain('tests="6" failures="2" errors="1" skipped="1"');
  });
});

/** The tags that are open at the end, or the first that closes wrongly: a reader of XML in small. */
function openTags(xml: string): readonly string[] {
  const open: string[] = [];
  const body = xml.replace(/^<\?xml[^?]*\?>/, '');
  expect(body.replaceAll(/<\/?[a-z-]+(?: [a-z]+="[^"<]*")*\/?>/g, '')).not.toMatch(/[<>]/);
  for (const [, closes, name = '', single] of body.matchAll(/<(\/?)([a-z-]+)(?: [a-z]+="[^"<]*")*(\/?)>/g)) {
    if (closes === '/' && open.pop() !== name) return [`</${name}>`];
    if (closes !== '/' && single !== '/') open.push(name);
  }
  return open;
}

test("every report says that a finding is the author's own expectation", () => {
  const events = [
    started,
    ...tell({
      group: 'billing/own',
      title: 'Own',
      modes: ['587'],
      outcome: 'failed',
      finding: { ...balanceFinding, own: true },
    }),
    finished,
  ];
  for (const report of [
    writeTerminalReport(events, { colour: false, columns: 90 }),
    markdownReport(events),
    junitReport(events),
    annotationsReport(events),
  ])
    expect(report).toMatch(/your expectation/i);
  expect(junitReport(events)).not.toContain('type="reply.format"');
  // no rule is broken by it
  expect(badgeEndpointReport(events)).toMatch(/0\/1 rule .*"color":"red"/);
  expect(summaryReport(events)).toContain('"own": true');
  expect(buildPageData({ events }).cases[0]?.findings?.[0]?.own).toBe(true);
});
