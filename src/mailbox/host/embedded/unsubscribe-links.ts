import { replaceEnclosed } from './linear-text.ts';

/** Characters of a field that are read; the patterns below look at some of them more than once. */
const LONGEST_READ = 4_096;

/** The links of a List-Unsubscribe field (RFC 2369), and what is wrong with it in one line. */
export interface UnsubscribeLinks {
  readonly links: readonly string[];
  readonly errors: string;
}

/** Reads at most one mail link and one web link, as Mailpit does. */
export function readUnsubscribeLinks(value: string): UnsubscribeLinks {
  const shown = replaceEnclosed(value.slice(0, LONGEST_READ), '(', ')').trim();
  if (!/^<[^]*>$/.test(shown)) return { links: [], errors: `"${shown}" no valid unsubscribe links found` };
  const found = [...shown.matchAll(/<([^>]*)>/g)].map((match) => match[1] ?? '');
  if (found.length > 2) {
    return { links: [], errors: `"${shown}" should include a maximum of one email and one HTTP link` };
  }
  if (!/^<[^>]*>(?:\s*,\s*<[^>]*>)?$/.test(shown)) {
    return { links: [], errors: `"${shown}" <> should be split with a comma and optional spaces` };
  }
  const judged = found.map((link, index) => judgeLink(link, found.slice(0, index)));
  return {
    links: found.filter((_, index) => judged[index] === ''),
    errors: judged.filter((complaint) => complaint !== '').join(', '),
  };
}

function judgeLink(link: string, earlier: readonly string[]): string {
  if (/\s/.test(link)) return `"${link}" should not contain spaces`;
  if (/^mailto:[a-z\d]/i.test(link)) {
    return earlier.some((other) => other.startsWith('mailto:'))
      ? `"${link}" should only contain one mailto:`
      : '';
  }
  if (/^https?:\/\/[a-z\d]/i.test(link)) {
    return earlier.some((other) => /^https?:/i.test(other))
      ? `"${link}" should only contain one HTTP link`
      : '';
  }
  return `"${link}" should start with either http(s):// or mailto:`;
}
