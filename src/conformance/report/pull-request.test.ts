import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../result/run-event.ts';
import { annotationsReport } from './annotations.ts';
import { badgeEndpointReport, badgeReport } from './badge.ts';
import { compareRuns } from './compare-runs.ts';
import { generateRun } from './generated-run-fixture.ts';
import { markdownReport } from './markdown.ts';
import { block, code, plain } from './markdown-text.ts';
import { failing, finished, passing, started, tell } from './run-fixture.ts';

const known = (events: readonly RunEvent[]): readonly RunEvent[] =>
  events.map((event) => (event.kind === 'finding' ? { ...event, known: true } : event));

describe('Markdown', () => {
  test('tells the verdict, the rules that do not hold, and each failure folded', () => {
    const text = markdownReport(failing);
    expect(text).toMatch(/^### ✗ 2 of 4 rules do not hold\n/);
    expect(text).toContain('4 rules: 0 passed · 1 failed');
    expect(text).toContain('| `✗✗\u00a0\u00a0\u00a0` | `reply.format` |');
    expect(text).toContain(
      '<details><summary>✗ <b>Two sends left, three recipients</b> — reply.format, in 2 modes',
    );
    expect(text).toContain('- 450 Balance not enough\n+ 450 4.2.1 Balance not enough\n');
    expect(text).toContain(String.raw`errored in 25: the target&#92;x1b&#91;31m died`);
    expect(text).toContain('**Not shown**: 1 case\n- plans (1)\n');
  });

  test('of a run without findings folds the rules that hold', () => {
    const text = markdownReport(passing);
    expect(text).toMatch(/^### ✓ No rule is broken\n/);
    expect(text).toContain('1 rule holds</summary>');
  });

  test('says what is new since another run', () => {
    expect(markdownReport(failing, compareRuns(failing, passing))).toContain(
      '**2 new**, 0 gone, 0 still there',
    );
  });

  // 500 scenarios fail, each for itself
  const many = generateRun({ cases: 2_500, findings: 2_500 });

  test('of 500 findings stays within a comment on GitHub, and counts what it leaves out', () => {
    const text = markdownReport(many);
    const shown = text.match(/<details><summary>✗/g)?.length ?? 0;
    expect(Buffer.byteLength(text)).toBeLessThan(65_536);
    expect(shown).toBeGreaterThan(30);
    expect(text).toContain(`**${500 - shown} more findings are not shown here**`);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    expect(text.match(/^```/gm)?.length).toBe(shown * 2);
  });

  test('of findings of a megabyte each does so too', () => {
    const long = 'x'.repeat(1_000_000);
    const huge = failing.map((event) =>
      event.kind === 'case-finished'
        ? { ...event, why: long }
        : event.kind === 'finding'
          ? {
              ...event,
              finding: { ...event.finding, received: 'é'.repeat(1_000_000), wire: [long], message: long },
            }
          : event,
    );
    expect(Buffer.byteLength(markdownReport(huge))).toBeLessThan(65_536);
  });

  test('lets no text of a target call anybody, open a tag or leave its block', () => {
    expect(plain('@octocat <b>#1 [x](y) https://a.example|`')).toBe(
      '@<!-- -->octocat &lt;b&gt;&#35;1 &#91;x&#93;(y) https:<!-- -->//a.example&#124;&#96;',
    );
    expect(block(['a', '```', '````'])).toBe('`````\na\n```\n````\n`````');
    expect(code('a`b|c')).toBe(String.raw`\`\` a\`b\|c \`\``.replaceAll('\\`', '`'));
  });
});

describe('annotations', () => {
  test('are one for each line with a finding, in all its modes', () => {
    const lines = annotationsReport(failing).trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^::error file=scenarios\/billing\/balance\.scenario\.yaml,line=29,col=6,title=reply\.format in 2 modes%2C first 465\+tls::Two sends left/,
    );
    expect(lines[0]).toContain('%0Aexpected 450 Balance not enough%0Areceived 450 4.2.1');
  });

  test('are ten at most, and the tenth tells how many are left', () => {
    const lines = annotationsReport(generateRun({ cases: 420, findings: 200 }))
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[9]).toBe('::error title=gauntlet::31 more lines have findings; the report has all of them.');
  });

  test('begin with what is worst: new failures before what differs before what was known', () => {
    const differing = tell({
      group: 'a/differs',
      title: 'A',
      modes: ['25'],
      outcome: 'differs',
      finding: differs,
    });
    const old = known(failing.filter((event) => 'case' in event));
    const fresh = tell({ group: 'c/new', title: 'C', modes: ['25'], outcome: 'failed', finding: failure });
    const text = annotationsReport([started, ...old, ...differing, ...fresh, finished]);
    expect(text.match(/^::\w+/gm)).toEqual(['::error', '::warning', '::notice']);
  });

  test('are none where nothing was found, and one where the run did not come to its end', () => {
    expect(annotationsReport(passing)).toBe('');
    expect(annotationsReport(passing.slice(0, -1))).toBe('::error title=gauntlet::The run broke off.\n');
  });
});

const base = failing.flatMap((event) => (event.kind === 'finding' ? [event.finding] : []))[0];
if (base === undefined) throw new Error('the fixture has a finding');
const differs = { ...base, outcome: 'differs', file: 'd.yaml' } as const;
const failure = { ...base, file: 'n.yaml' };

describe('the badge', () => {
  const colour = (events: readonly RunEvent[]) => /"color":"(\w+)"/.exec(badgeEndpointReport(events))?.[1];

  test('says how many rules hold, when, and of which version', () => {
    expect(JSON.parse(badgeEndpointReport(passing))).toEqual({
      schemaVersion: 1,
      label: 'gauntlet',
      message: '1/1 rule · 2026-01-01 · 1.0',
      color: 'green',
    });
    expect(badgeReport(passing)).toContain('aria-label="gauntlet: 1/1 rule · 2026-01-01 · 1.0"');
  });

  test('is red where a rule fails', () => {
    expect(colour(failing)).toBe('red');
  });

  test('is grey while anything documented could not be arranged, and while the run has no end', () => {
    const unknown = tell({
      group: 'p',
      title: 'P',
      about: 'billing.per-recipient',
      modes: ['25'],
      outcome: 'not-arranged',
    });
    expect(colour([...passing.slice(0, -1), ...unknown, finished])).toBe('grey');
    expect(colour(passing.slice(0, -1))).toBe('grey');
    expect(colour([started, finished])).toBe('grey');
  });

  test('lets no version of a target out of its attribute', () => {
    const sly = { ...started, target: { name: 'x', version: '"><script>', declaresChoices: false } } as const;
    expect(badgeReport([sly, ...passing.slice(1)])).not.toContain('<script>');
  });
});
