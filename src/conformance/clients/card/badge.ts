import { countGrades, type Card } from './card.ts';

/** Pixels that a letter takes, roughly. */
const LETTER = 6.6;
const PADDING = 12;
const LABEL = 'mail errors';

/** The badge as SVG: "dangerous 0 · wrong 2". */
export function badgeCard({ cases, badge }: Pick<Card, 'cases' | 'badge'>): string {
  const counts = countGrades(cases);
  const fill = counts.dangerous > 0 ? '#a3195b' : counts.wrong > 0 ? '#b3261e' : '#2e7d32';
  const [left, right] = [LABEL, badge].map((text) => Math.ceil(text.length * LETTER + PADDING)) as [
    number,
    number,
  ];
  const text = (x: number, words: string) => `<text x="${x}" y="14" text-anchor="middle">${words}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${LABEL}: ${badge}">`,
    `<title>${LABEL}: ${badge}</title>`,
    `<rect width="${left}" height="20" fill="#444"/><rect x="${left}" width="${right}" height="20" fill="${fill}"/>`,
    '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">',
    text(left / 2, LABEL),
    text(left + right / 2, badge),
    '</g></svg>',
    '',
  ].join('\n');
}
