import { describe, expect, test } from 'vitest';
import { startProbedForFile } from './probe-fixture.ts';

const probed = await startProbedForFile();
const { operations } = probed.sandbox;

describe('a word that the provider does not have is refused, with those that it has', () => {
  test.each<[string, (account: string) => Promise<unknown>, string]>([
    [
      'a role',
      (account) => operations.setRecipient(account, { address: 'a@x.example', role: 'asleep' }),
      'There is no role "asleep": it is one of accepts, suppressed, full,',
    ],
    [
      'a status of the history',
      (account) => operations.listHistory(account, { status: 'lost' }),
      'There is no status "lost": it is one of queued, deferred,',
    ],
    [
      'a status that is waited for',
      (account) =>
        operations.waitEmails(account, { count: 1, status: 'lost', recipient: undefined, timeoutMs: 1 }),
      'There is no status "lost"',
    ],
  ])('%s', async (_what, ask, message) => {
    const { id } = await probed.newAccount();
    await expect(ask(id)).rejects.toMatchObject({
      code: 'unknown-word',
      message: expect.stringContaining(message),
    });
  });

  test('a role of a new account', async () => {
    const recipients = [{ address: 'a@x.example', role: 'asleep' }];
    await expect(probed.newAccount({ recipients })).rejects.toMatchObject({ code: 'unknown-word' });
  });
});
