import type { z } from 'zod';
import type { StoredMessage } from './store.ts';

/** A request's body read with a schema; undefined if it is no such thing. */
export function readBody<Schema extends z.ZodType>(
  schema: Schema,
  body: string,
): z.infer<Schema> | undefined {
  try {
    const read = schema.safeParse(JSON.parse(body));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** How many messages have which tag, the tags sorted. */
export function countTags(messages: readonly StoredMessage[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const tags = messages.flatMap((message) => message.tags);
  for (const tag of tags.toSorted((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1))) {
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return counts;
}
