import { describe, expect, test } from 'vitest';
import { outcomes } from '../result/result.ts';
import type { RunEvent } from '../result/run-event.ts';
import { buildPageData } from './build-page-data.ts';
import { generateRun } from './generated-run-fixture.ts';
import { htmlReport } from './html.ts';
import { alignTranscript } from './page/align.ts';
import { byOutcome, filterRows, ruleRows, scenarioRows } from './page/matrix-rows.ts';
import { splitOctets } from './page/octets.ts';
import { readHash, writeHash, type ViewState } from './page/view-state.ts';
import type { PageTrace } from './page-data.ts';
import { failing, finished, passing, started, tell } from './run-fixture.ts';

test('the page sorts outcomes as runs do, worst first', () => {
  expect(outcomes.toReversed().toSorted(byOutcome)).toEqual(outcomes);
});

describe('the page', () => {
  const dataOf = (html: string) => /id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '';

  test('holds no text of a target as markup', () => {
    const sly = '</script><script>alert(1)</script><!-- \u2028 ]]>';
    const wire: RunEvent = {
      kind: 'wire',
      case: 'a @25',
      t: 0,
      session: 1,
      direction: 'S',
      octets: sly,
      tls: false,
    };
    const [first, , ...others] = tell({ group: 'a', title: sly, modes: ['25'], outcome: 'failed' });
    const target = { name: sly, version: sly, declaresChoices: false };
    const events = [{ ...started, target } as const, ...(first ? [first] : []), wire, ...others, finished];
    const html = htmlReport({ events });
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toContain('<!-- ');
    expect(JSON.stringify(JSON.parse(dataOf(html)))).toContain(JSON.stringify(sly).slice(1, -1));
  });

  test('loads nothing and lets nothing else run', () => {
    const html = htmlReport({ events: passing });
    expect(html).toContain("default-src 'none'; script-src 'sha256-");
    expect(html).not.toMatch(/<(?:link|img|iframe)|src=|url\(|@import/);
  });

  test('has for each rule its sentence, its cases and its wrong gateways', () => {
    const mutants = [
      { id: 'm1', rule: 'reply.format', wrong: 'adds a code', caught: true, scenarios: ['billing/balance'] },
    ] as const;
    const { rules, hasMutants, modes } = buildPageData({ events: failing, mutants });
    expect(hasMutants).toBe(true);
    expect(modes).toEqual(['465+tls', '587', '25']);
    expect(rules.find(({ id }) => id === 'reply.format')).toMatchObject({
      outcome: 'failed',
      byMode: ['failed', 'failed', null],
      mutants: [{ id: 'm1', caught: true }],
    });
    expect(rules.find(({ id }) => id === 'error.451')).toMatchObject({ unheld: 'no case of this run' });
  });

  test('says where a rule stands better or worse than before', () => {
    const { rules, comparison } = buildPageData({
      events: generateRun({ cases: 10, findings: 5 }),
      before: generateRun({ cases: 10 }),
    });
    expect(rules[0]?.changes).toEqual(['worse', 'worse', 'worse', 'worse', 'worse']);
    expect(comparison).toMatchObject({ appeared: { length: 5 }, gone: [], stayed: 0 });
  });
});

describe('a transcript beside its dialogue', () => {
  const at = (rows: ReturnType<typeof alignTranscript>) =>
    rows.map(({ line, happenings }) => [
      line?.[0],
      happenings.map((one) => (one.kind === 'tls' ? one.handshake[4].kind : one.octets)),
    ]);
  const said = (kind: 'C' | 'S', line: number, octets: string, session = 1): PageTrace => [
    kind,
    session,
    line,
    1,
    0,
    octets,
  ];
  const heard = (line: number, session = 1): PageTrace => ['h', session, line];

  test('has each line of a pipelined write, and each reply of a piece, at its own line', () => {
    const rows = alignTranscript(
      [
        [1, 'C: MAIL FROM:<a>'],
        [2, 'C: RCPT TO:<b>'],
        [3, 'S: 250 *'],
        [4, 'S: 250 *'],
      ],
      [
        said('C', 1, 'MAIL FROM:<a>\r\nRCPT TO:<b>\r\n'),
        said('S', 3, '250-x\r\n250 y\r\n250 z\r\n'),
        heard(3),
        heard(4),
      ],
    );
    expect(at(rows)).toEqual([
      [1, ['MAIL FROM:<a>\r\n']],
      [2, ['RCPT TO:<b>\r\n']],
      [3, ['250-x\r\n250 y\r\n']],
      [4, ['250 z\r\n']],
    ]);
  });

  test('has all of a macro at its line, the handshake in its place', () => {
    const secured: PageTrace = [
      't',
      1,
      1,
      'mail.example',
      { kind: 'secured', protocol: 'TLSv1.3', cipher: 'x' },
    ];
    const rows = alignTranscript(
      [[1, 'C: <open>']],
      [
        secured,
        said('S', 1, '220 hi\r\n'),
        heard(1),
        said('C', 1, 'EHLO c\r\n'),
        said('S', 1, '250 x\r\n'),
        heard(1),
      ],
    );
    expect(at(rows)).toEqual([[1, ['secured', '220 hi\r\n', 'EHLO c\r\n', '250 x\r\n']]]);
  });

  test('keeps sessions apart, and shows what nobody read behind the dialogue', () => {
    const rows = alignTranscript(
      [
        [1, 'C: A'],
        [2, 'C2: B'],
        [3, 'S2: 250 *'],
        [4, 'S: 250 *'],
      ],
      [
        said('C', 1, 'A\r\n'),
        said('S', 1, '250 a\r\n250 more\r\n'),
        said('C', 2, 'B\r\n', 2),
        said('S', 3, '250 b\r\n', 2),
        heard(3, 2),
        heard(4),
        said('C', 0, 'QUIT\r\n'),
      ],
    );
    expect(at(rows)).toEqual([
      [1, ['A\r\n']],
      [2, ['B\r\n']],
      [3, ['250 b\r\n']],
      [4, ['250 a\r\n']],
      [undefined, ['QUIT\r\n', '250 more\r\n']],
    ]);
  });
});

test('octets are shown as text where they are UTF-8, and as numbers where they would mislead', () => {
  const shown = (octets: string) =>
    splitOctets(octets)
      .map(({ kind, text }) => (kind === 'text' ? text : `[${text}]`))
      .join('');
  expect(shown('250 ok\r\n')).toBe('250 ok[CR][LF]');
  expect(shown('\u00c3\u00a9')).toBe('é');
  expect(shown('\u00e9')).toBe(String.raw`\xe9`);
  expect(shown('a\u001b[2J\u0000')).toBe(String.raw`a[\x1b][2J[\x00]`);
  // RIGHT-TO-LEFT OVERRIDE in UTF-8
  expect(shown('\u00e2\u0080\u00ae')).toBe(String.raw`[\u{202e}]`);
});

describe('what is shown stands in the hash', () => {
  test.each([
    '',
    'tab=scenarios&q=two+sends&outcome=failed%2Cerrored&mode=587%2Bstarttls',
    'rule=error.450&in=25&case=a+%4025',
  ])('%s is written as it was read', (hash) => {
    expect(writeHash(readHash(`#${hash}`))).toBe(hash);
  });

  test('and what means nothing is left out', () => {
    expect(writeHash(readHash('#tab=nowhere&outcome=,&x=1'))).toBe('');
  });
});

describe('rows', () => {
  const data = buildPageData({ events: failing });
  const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
  const all = { query: '', outcomes: [], mode: undefined };

  test('are the rules that the run touched, or the scenarios', () => {
    expect(ids(ruleRows(data))).toEqual([
      'billing.per-recipient',
      'error.450.stage',
      'billing.plans.kinds',
      'reply.format',
    ]);
    expect(ids(scenarioRows(data))).toEqual([
      'billing/balance',
      'billing/copies',
      'plans/monthly',
      'plans/odd',
    ]);
  });

  test('are found by their words, outcomes and modes', () => {
    const rows = scenarioRows(data);
    const found = (filter: Partial<ViewState>) => ids(filterRows(rows, { ...all, ...filter }, data.modes));
    expect(found({ query: 'SENDS two' })).toEqual(['billing/balance']);
    expect(found({ outcomes: ['failed', 'errored'] })).toEqual(['billing/balance', 'plans/odd']);
    expect(found({ outcomes: ['failed'], mode: '25' })).toEqual([]);
    expect(found({ mode: '25' })).toEqual(['plans/odd']);
  });
});
