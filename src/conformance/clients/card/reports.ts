import { badgeCard } from './badge.ts';
import type { Card } from './card.ts';
import { htmlCard } from './html.ts';
import { junitCard } from './junit.ts';
import { markdownCard } from './markdown.ts';

/** The reports of a card that can be written to a file, by kind. */
export const cardReports = {
  json: (card) => `${JSON.stringify(card, undefined, 2)}\n`,
  junit: junitCard,
  markdown: markdownCard,
  html: htmlCard,
  badge: badgeCard,
} as const satisfies Readonly<Record<string, (card: Card) => string>>;

/** A kind of report of a card. */
export type CardReport = keyof typeof cardReports;

/** Whether a word is a kind of report. */
export function isCardReport(word: string): word is CardReport {
  return Object.hasOwn(cardReports, word);
}
