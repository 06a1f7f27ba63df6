import { expect, test } from 'vitest';
import { openMailbox } from '../../mailbox.ts';

test('an idle connection is kept for longer than a busy client would wait', async () => {
  await using mailbox = await openMailbox({ kind: 'embedded' });
  const response = await fetch(`${mailbox.api}/readyz`);
  await response.arrayBuffer();
  expect(response.headers.get('keep-alive')).toBe('timeout=65');
});
