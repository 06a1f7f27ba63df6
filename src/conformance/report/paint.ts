import type { Outcome } from '../result/result.ts';

/** How a text is painted on a terminal. */
export type Colour = 'red' | 'green' | 'yellow' | 'magenta' | 'dim' | 'bold';

/** Paints a text, or leaves it plain. */
export type Paint = (colour: Colour, text: string) => string;

const CODES: Readonly<Record<Colour, number>> = {
  red: 31,
  green: 32,
  yellow: 33,
  magenta: 35,
  dim: 2,
  bold: 1,
};

/** Paints with the colours of ECMA-48. */
export const paintAnsi: Paint = (colour, text) => `\u001b[${CODES[colour]}m${text}\u001b[0m`;

/** Paints nothing: for files, pipes and NO_COLOR. */
export const paintNothing: Paint = (_, text) => text;

/** The mark of each outcome; each is told by its form, not by colour alone. */
export const marks: Readonly<Record<Outcome, { readonly mark: string; readonly colour: Colour }>> = {
  passed: { mark: '✓', colour: 'green' },
  failed: { mark: '✗', colour: 'red' },
  errored: { mark: '!', colour: 'magenta' },
  differs: { mark: '≠', colour: 'yellow' },
  'not-arranged': { mark: '○', colour: 'yellow' },
  'not-observed': { mark: '?', colour: 'yellow' },
  withdrawn: { mark: '–', colour: 'dim' },
  skipped: { mark: '·', colour: 'dim' },
};
