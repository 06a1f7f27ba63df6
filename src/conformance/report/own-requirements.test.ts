import { describe, expect, test } from 'vitest';
import { runEventSchema, type RunEvent } from '../result/run-event.ts';
import { annotationsReport } from './annotations.ts';
import { badgeEndpointReport } from './badge.ts';
import { buildPageData } from './build-page-data.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';
import { ruleRows } from './page/matrix-rows.ts';
import { gatherRun } from './report.ts';
import { balanceFinding, finished, started, tell, withRequirements } from './run-fixture.ts';
import { summarize } from './summary.ts';
import { summarySchema } from './summary-schema.ts';
import { writeTerminalReport } from './terminal.ts';

// requirements of the author's own stand behind the rules, and are no rules

const events = withRequirements;
const lastLine = (all: readonly RunEvent[]) =>
  writeTerminalReport(all, { colour: false }).trimEnd().split('\n').at(-1);

test('a record with them can be read back', () => {
  expect(events.map((event) => runEventSchema.parse(JSON.parse(JSON.stringify(event))))).toEqual(
    events.map((event) => JSON.parse(JSON.stringify(event)) as unknown),
  );
});

describe('the last line of the terminal', () => {
  test('counts rules and requirements apart, and says how many expectations do not hold', () => {
    expect(lastLine(events)).toMatch(
      /^1 rule: 1 passed · 0 failed · 0 differs · 0 not arranged; 2 requirements of your own: 1 passed · 1 failed; 1 expectation of yours does not hold {3}\(4 cases/,
    );
  });

  test('says so of an expectation under a rule too', () => {
    const own = tell({
      group: 'billing/own',
      title: 'Own',
      modes: ['587'],
      outcome: 'failed',
      finding: { ...balanceFinding, own: true },
    });
    expect(lastLine([started, ...own, finished])).toContain('; 1 expectation of yours does not hold   (');
  });

  test('says nothing of them where there is none', () => {
    const good = tell({ group: 'billing/copies', title: 'Copies', modes: ['587'], outcome: 'passed' });
    expect(lastLine([started, ...good, finished])).not.toMatch(/your/);
  });
});

test('the terminal names the requirement, and the rules that speak of this moment', () => {
  expect(writeTerminalReport(events, { colour: false })).toContain(
    '= SHOP-123: your expectation, which no rule says; the rule that speaks of this moment: error.450.stage',
  );
});

test('the heading of the Markdown, the annotations, JUnit and the badge tell it', () => {
  expect(markdownReport(events)).toMatch(/^### ✗ 1 expectation of yours does not hold\n/);
  expect(annotationsReport(events)).toContain('title=SHOP-123%2C your expectation');
  expect(junitReport(events)).toContain('type="SHOP-123"');
  expect(badgeEndpointReport(events)).toMatch(/1\/1 rule .*"color":"red"/);
});

test('the summary has them apart from the rules', () => {
  const summary = summarySchema.parse(JSON.parse(JSON.stringify(summarize(gatherRun(events)))));
  expect(summary.rules.map(({ rule }) => rule)).toEqual(['billing.per-recipient']);
  expect(summary.counts.requirements).toEqual({ passed: 1, failed: 1 });
  expect(summary.requirements).toEqual([
    { requirement: 'own:cart', outcome: 'passed', modes: { 587: 'passed' } },
    { requirement: 'SHOP-123', outcome: 'failed', modes: { 587: 'failed', 25: 'failed' } },
  ]);
});

test('the page has them behind the rules, with a heading that says what does not hold', () => {
  const data = buildPageData({ events });
  expect(data.own).toBe('1 expectation of yours does not hold');
  expect(data.rules.some(({ id }) => id === 'SHOP-123')).toBe(false);
  expect(ruleRows(data).map(({ id, topic }) => [id, topic])).toEqual([
    ['billing.per-recipient', 'billing'],
    ['own:cart', 'requirements of your own'],
    ['SHOP-123', 'requirements of your own'],
  ]);
});
