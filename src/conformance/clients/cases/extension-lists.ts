import type { Forced } from '../client-case.ts';

/** A list of extensions as a reply; each with the greeting first. */
function listOf(keywords: readonly string[]): string {
  return ['another server', ...keywords]
    .map((keyword, index, { length }) => `250${index === length - 1 ? ' ' : '-'}${keyword}`)
    .join('\n');
}

/** Lists in place of the gateway's own: without TLS, STARTTLS stands among them. */
function lists(keywords: readonly string[]): readonly Forced[] {
  return [
    { stage: 'EHLO', when: 'as told', reply: listOf([...keywords, 'AUTH PLAIN LOGIN']) },
    { stage: 'EHLO', when: 'before TLS', reply: listOf([...keywords, 'STARTTLS']) },
  ];
}

/** What every server can: no SMTPUTF8, no 8BITMIME, no DSN, no SIZE, no PIPELINING. */
export function plainList(): readonly Forced[] {
  return lists(['ENHANCEDSTATUSCODES']);
}

/** A hundred lines, SIZE twice among them. */
export function longList(): readonly Forced[] {
  const unknown = Array.from({ length: 94 }, (_, index) => `X-EXTENSION-${index + 1} some words`);
  return lists(['8BITMIME', 'SIZE 10485760', ...unknown, 'SIZE', 'ENHANCEDSTATUSCODES']);
}

/** A size of 0 is no limit (RFC 1870 §4). */
export function listWithSizeZero(): readonly Forced[] {
  return lists(['8BITMIME', 'SIZE 0']);
}
