import { expect, test } from 'vitest';
import { loopback } from '../loopback.ts';
import { submitAll } from '../../speak-smtp-fixture.ts';
import { listenForMail } from './smtp-in.ts';

test('a message over the limit is refused, kept nowhere, and the session goes on', async () => {
  const taken: number[] = [];
  await using listener = await listenForMail(async ({ data }) => {
    taken.push(data.length);
    return { kind: 'taken', text: '2.0.0 Ok' };
  }, 1_000);
  const host = { smtp: { host: loopback, port: listener.port } };
  const of = (octets: number) => ({
    from: 'a@b.example',
    to: ['c@d.example'],
    message: `${'x'.repeat(octets - 2)}\r\n`,
  });
  const replies = await submitAll(host, [of(1_000), of(1_001), of(300_000), of(1_000)]);
  expect(replies.map((reply) => reply.slice(0, 9))).toEqual([
    '250 2.0.0',
    '552 5.3.4',
    '552 5.3.4',
    '250 2.0.0',
  ]);
  expect(taken).toEqual([1_000, 1_000]);
});
