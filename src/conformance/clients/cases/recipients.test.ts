import { describe, expect, test } from 'vitest';
import { factsOf } from '../facts-fixture.ts';
import { clientCases } from '../cases-fixture.ts';

/** A case of these. */
const find = (id: string) => clientCases.find((one) => one.id === id);

describe('the refused recipient is tried again after twelve seconds', () => {
  const again = (reply: string) =>
    factsOf(
      [
        {
          lines: [
            [0, 'S', '220 gateway'],
            [1, 'C', 'RCPT TO:<second@a.example>'],
            [1, 'S', reply],
            [12_001, 'C', 'RCPT TO:<second@a.example>'],
            [12_001, 'S', '250 Ok'],
          ],
          closed: 12_005,
        },
      ],
      { recipients: ['first@a.example', 'second@a.example'] },
    );
  test.each([
    // read rightly as temporary, which is all that is asked here
    ['text-against-code', '450 User unknown, 550 5.1.1 no such mailbox', 'right', /^none$/],
    ['balance-450', '450 Balance not enough', 'wrong', /does not come by itself/],
    [
      'multi-line',
      '550-This mailbox is closed\r\n550 Try again later, 450 4.2.1',
      'wrong',
      /sounds friendly/,
    ],
    ['unsubscribed-550', '550 Email receiver unsubscribe or complaint', 'wrong', /spammer/],
    ['mailbox-553', '553 Recipient has exceeded mailbox limit', 'wrong', /full mailbox/],
  ] as const)('%s judges what it asks, and has its own harm', (id, reply, grade, harm) => {
    const judged = find(id)?.wire(again(reply));
    expect(judged?.grade).toBe(grade);
    expect(judged?.harm ?? 'none').toMatch(harm);
  });
});
