import { readHeader, type ParsedMessage } from './parsed-message.ts';

/** Tags as Mailpit keeps them: cleaned, each once without regard to case, sorted. */
export function cleanTags(tags: readonly string[]): readonly string[] {
  const cleaned = new Map<string, string>();
  for (const tag of tags) {
    const words = tag
      .replaceAll(/[^\w .-]/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim();
    const key = words.toLowerCase();
    if (words !== '' && !cleaned.has(key)) cleaned.set(key, words);
  }
  return [...cleaned].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, words]) => words);
}

/** The tags that a message brings along: in an X-Tags field, and behind a plus in its addresses. */
export function tagsOfMessage(parsed: ParsedMessage): readonly string[] {
  const field = readHeader(parsed.fields, 'X-Tags');
  const addresses = [...parsed.to, ...parsed.cc, ...parsed.bcc, parsed.from];
  const plus = addresses.flatMap(({ Address }) => /^[^+]*\+([^@]*)@/.exec(Address)?.[1]?.split('+') ?? []);
  return cleanTags([...field.split(','), ...plus]);
}
