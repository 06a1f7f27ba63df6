import { expect, test } from 'vitest';
import { matchesWords } from './page/matrix-rows.ts';

const text = 'error.451.window The rate limit; regenerate (RFC 5321 §4.2)';

test.each(['rate', 'RATE', 'error.451', '451', 'window', 'wind rate', '4.2', '(RFC', '', 'limit; reg'])(
  'the filter finds ids and words from their start: %s',
  (query) => {
    expect(matchesWords(text, query)).toBe(true);
  },
);

test.each(['generate', 'ror.451', '51', 'rate nothing', '(', '.', '[a-z', 'rate.'])(
  'and nothing from its middle, and patterns mean themselves: %s',
  (query) => {
    expect(matchesWords('error.451.window The rate limit; regenerate', query)).toBe(false);
  },
);
