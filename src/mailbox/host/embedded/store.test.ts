import { expect, test } from 'vitest';
import { parseMessage } from './parsed-message.ts';
import { createMessageStore } from './store.ts';

test('messages are bounded in number and in octets; the oldest go first, the newest always stays', async () => {
  const store = createMessageStore(5, 10_000);
  const add = async (octets: number) => {
    const raw = Buffer.from(`Subject: x\r\n\r\n${'x'.repeat(octets)}`);
    const parsed = await parseMessage(raw);
    return parsed === undefined ? 'unreadable' : store.add(raw, parsed, new Date());
  };
  for (let at = 0; at < 9; at += 1) await add(100);
  expect(store.list()).toHaveLength(5);
  for (let at = 0; at < 4; at += 1) await add(3_000);
  expect(store.list().reduce((sum, { raw }) => sum + raw.length, 0)).toBeLessThanOrEqual(10_000);
  const large = await add(50_000);
  expect(store.list().map(({ id }) => id)).toEqual([large]);
});
