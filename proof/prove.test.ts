import { expect, test } from 'vitest';
import { openMailboxClient } from '../src/mailbox/client.ts';
import { submit } from '../src/mailbox/speak-smtp-fixture.ts';
import { openProofMailbox } from './prove.ts';

test('mail of one gateway is still there when the others have brought a thousand emails', async () => {
  await using mailbox = await openProofMailbox();
  const bring = async (to: string, count: number) => {
    const message = `From: <a@x.example>\r\nTo: <${to}>\r\n\r\n`;
    for (let sent = 0; sent < count; sent += 1)
      await submit(mailbox, { from: 'a@x.example', to: [to], message });
  };
  await bring('first@x.example', 1);
  await Promise.all(Array.from({ length: 10 }, (_, at) => bring(`other-${at}@x.example`, 100)));
  expect(await openMailboxClient(mailbox.api).emailsAddressedTo('first@x.example')).toHaveLength(1);
});
