import { z } from 'zod';
import { replyJson, replyText, type HttpReply } from './http-reply.ts';
import { countTags, readBody } from './route-reading.ts';
import type { RouteContext } from './route-context.ts';
import type { MessageStore, StoredMessage } from './store.ts';
import { cleanTags } from './tags.ts';

/** All tags in use. */
export function listTags({ store }: RouteContext): HttpReply {
  return replyJson([...countTags(store.list()).keys()]);
}

const tagsBody = z.object({
  IDs: z.array(z.string()).nullish(),
  Tags: z.array(z.string()).nullish(),
});

/** Gives messages these tags and no others. */
export function setTags({ store, body }: RouteContext): HttpReply {
  const wanted = readBody(tagsBody, body);
  if (wanted === undefined) return replyText('the body is no JSON of the right shape', 400);
  store.setTags(wanted.IDs ?? [], wanted.Tags ?? []);
  return replyText('ok');
}

const nameBody = z.object({ Name: z.string().default('') });

/** Gives a tag another name. */
export function renameTag({ store, body, pieces: [tag = ''] }: RouteContext): HttpReply {
  const wanted = readBody(nameBody, body);
  if (wanted === undefined) return replyText('the body is no JSON of the right shape', 400);
  const [name] = cleanTags([wanted.Name]);
  if (name === undefined) return replyText(`invalid tag name: ${wanted.Name}`, 400);
  const tagged = messagesWith(store, tag);
  if (tagged.length === 0) return replyText(`tag not found: ${tag}`, 400);
  const taken = !isSameTag(name, tag) && messagesWith(store, name).length > 0;
  if (taken) return replyText(`tag already exists: ${name}`, 400);
  for (const message of tagged) {
    store.setTags([message.id], [...withoutTag(message, tag), name]);
  }
  return replyText('ok');
}

/** Takes a tag from all messages. */
export function deleteTag({ store, pieces: [tag = ''] }: RouteContext): HttpReply {
  const tagged = messagesWith(store, tag);
  if (tagged.length === 0) return replyText(`tag not found: ${tag}`, 400);
  for (const message of tagged) store.setTags([message.id], withoutTag(message, tag));
  return replyText('ok');
}

function messagesWith(store: MessageStore, tag: string): readonly StoredMessage[] {
  return store.list().filter((message) => message.tags.some((other) => isSameTag(other, tag)));
}

function withoutTag(message: StoredMessage, tag: string): readonly string[] {
  return message.tags.filter((other) => !isSameTag(other, tag));
}

function isSameTag(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
