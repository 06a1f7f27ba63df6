import { expect } from 'vitest';
import { test } from 'smtp-gauntlet/vitest';
import { sendOrder } from '../src/send-order.js';

const mailingOf = (account) => ({
  transport: account.transport('587+starttls'),
  sender: account.sender,
  warehouse: 'warehouse@shop.example',
});

test('the customer and the warehouse get the order, and it costs two sends', async ({ account }) => {
  const sent = await sendOrder(mailingOf(account), { customer: 'anna@example.org', number: 7 });
  expect(sent).toEqual({ mailed: true });
  await expect(account.mailTo('anna@example.org')).toHaveBeenDelivered({ subject: 'Your order 7' });
  await expect(account.mailTo('warehouse@shop.example')).toHaveBeenDelivered();
  await expect(account).toHaveCost(2);
});

test('where both have unsubscribed the order stands, and nothing is charged', async ({ account }) => {
  await account.setRecipient('anna@example.org', 'suppressed');
  await account.setRecipient('warehouse@shop.example', 'suppressed');
  const sent = await sendOrder(mailingOf(account), { customer: 'anna@example.org', number: 8 });
  expect(sent).toEqual({ mailed: false, why: '550 Email receiver unsubscribe or complaint' });
  await expect(account).toHaveCost(0);
});
