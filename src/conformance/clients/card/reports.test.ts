import { expect, test } from 'vitest';
import type { GradedCase } from '../graded-case.ts';
import { cardSchema, makeCard } from './card.ts';
import { cardReports } from './reports.ts';
import { terminalCard } from './terminal.ts';

const evil = '\u001b[2J<script>alert(1)</script> "&\'';

function graded(id: string, wire: GradedCase['wire']['grade']): GradedCase {
  return {
    id,
    title: 'A refusal',
    rightWay: 'stop',
    source: 'RFC 5321',
    patience: 0,
    wire: { grade: wire, what: evil, harm: 'lost', advice: 'change it', evidence: { at: 12, line: evil } },
    told: { grade: 'right', what: 'Said so.' },
    transcript: [{ at: 12, who: 'C1', tls: true, text: evil }],
    cut: false,
    output: evil,
    charged: 0,
    ms: 20,
  };
}

const card = makeCard(
  {
    client: evil,
    gauntlet: '1.0.0',
    startedAt: '2026-01-15T12:00:00.000Z',
    mode: '587+starttls',
    profile: 'call',
    patience: 20,
  },
  [
    graded('one', 'dangerous'),
    graded('two', 'wrong'),
    graded('three', 'acceptable'),
    graded('four', 'not observed'),
  ],
);

test('the badge counts what is bad, and gives no letter', () => {
  expect(card.badge).toBe('dangerous 1 · wrong 1');
  expect(cardReports.badge(card)).toContain('dangerous 1 · wrong 1');
});

test('what a client says moves no cursor and becomes no markup, in no report', () => {
  const { json, ...others } = cardReports;
  const texts = [
    ...Object.values(others).map((render) => render(card)),
    terminalCard(card, { colour: false }),
  ];
  expect(texts.filter((text) => text.includes('\u001b'))).toEqual([]);
  // between backticks Markdown knows no markup
  const markdown = cardReports.markdown(card).replaceAll(/`[^`]*`/g, '');
  const markup = [cardReports.html(card), cardReports.junit(card), markdown];
  expect(markup.filter((text) => text.includes('<script>alert'))).toEqual([]);
  expect(cardSchema.parse(JSON.parse(json(card)))).toEqual(card);
});

test('JUnit: bad grades fail, what was not observed is skipped', () => {
  expect(cardReports.junit(card)).toContain('tests="8" failures="2" errors="0" skipped="1"');
});

test('the page opens each cell to its transcript, and needs nothing from elsewhere', () => {
  const page = cardReports.html(card);
  for (const id of ['one', 'two', 'three', 'four']) {
    expect(page).toContain(`data-open="${id}" data-axis="wire"`);
    expect(page).toContain(`<dialog id="case-${id}"`);
  }
  expect(page).toContain('prefers-color-scheme:dark');
  expect(page).not.toMatch(/(?:src|href)=|url\(/);
});

test('a card on which nobody was told anything counts what was seen on the wire', () => {
  const nobody = { grade: 'not observed', what: 'An application tells nobody.' } as const;
  const silent = card.cases.map((one) => ({ ...one, told: nobody }));
  const lines = terminalCard(
    { ...card, cases: [...silent, { ...graded('five', 'right'), told: nobody }] },
    { colour: false },
  );
  expect(lines).toContain('acceptable 1 · right 1 · not observed 1');
  expect(lines.match(/An application tells nobody/g)).toBeNull();
  expect(lines).toContain('told to its caller: nobody was told anything');
  const once = terminalCard(
    { ...card, cases: [{ ...graded('five', 'right'), told: nobody }, graded('six', 'right')] },
    { colour: false },
  );
  expect(once).toContain('right 1 · not observed 1');
});

test('each report says of a cut transcript that it is cut, and shows the reply that decided', () => {
  const decided = {
    grade: 'wrong',
    what: 'Goes on.',
    evidence: { at: 12, line: 'C1: HELO client', reply: { at: 20, line: 'S1: 421 Later\r\n' } },
  } as const;
  const whole = { ...graded('one', 'wrong'), wire: decided, told: decided };
  const cutCard = makeCard(card, [{ ...whole, cut: true }]);
  const { badge: _, ...renderers } = cardReports;
  const texts = [
    ...Object.values(renderers).map((render) => render(cutCard)),
    terminalCard(cutCard, { colour: false }),
  ];
  expect(texts.filter((text) => !/[Tt]ranscript is cut|"cut": true/.test(text))).toEqual([]);
  expect(texts.filter((text) => !text.includes('421 Later'))).toEqual([]);
  const others = Object.values(renderers).map((render) => render(makeCard(card, [whole])));
  expect(others.filter((text) => /[Tt]ranscript is cut|"cut": true/.test(text))).toEqual([]);
});
