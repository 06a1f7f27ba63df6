import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MailboxHost } from '../src/mailbox/mailbox.ts';
import { exploreMutant } from './explore-mutant.ts';
import { mutants } from './mutants.ts';
import { openProofMailbox } from './prove.ts';

let mailbox: MailboxHost;
beforeAll(async () => {
  mailbox = await openProofMailbox();
});
afterAll(() => mailbox[Symbol.asyncDispose]());

// a few of each kind; all of them by `npm run mutants -- --explore`
const some = [
  '450-keeps-one-in-reserve',
  'charges-nothing',
  '535-closes',
  '553-mailbox-ignored',
  'dots-left-stuffed',
  'starttls-inside-tls',
  '451-never',
  'mail-without-login',
  'tls-1.1-on-25',
];

test.each(mutants.filter(({ id }) => some.includes(id)))(
  'generated sessions find $id, and find it again in what they wrote down',
  { timeout: 120_000 },
  async (mutant) => {
    expect(await exploreMutant(mutant, mailbox, 'of the test')).toMatchObject({
      caught: true,
      replayed: true,
    });
  },
);

test('the few are among the many', () => {
  expect(mutants.filter(({ id }) => some.includes(id))).toHaveLength(some.length);
});
