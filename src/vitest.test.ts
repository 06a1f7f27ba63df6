import { createTransport } from 'nodemailer';
import { describe, expect } from 'vitest';
import { scenarios, test } from './vitest.ts';

await scenarios({ paths: ['billing/copies-are-charged', 'login/mechanisms'], modes: ['587', '465+tls'] });

describe('own code under test', () => {
  test('mail to three costs three, and each has it', async ({ account }) => {
    const transport = createTransport(account.transport());
    await transport.sendMail({
      from: account.sender,
      to: 'anna@example.org',
      cc: 'bert@example.org',
      bcc: 'cleo@example.org',
      subject: 'Your order',
      text: 'It is on its way.',
    });
    transport.close();
    await expect(account).toHaveCost(3);
    await expect(account.mailTo('anna@example.org')).toHaveBeenDelivered({ subject: 'Your order' });
    await expect(account.mailTo('cleo@example.org')).toHaveBeenDelivered();
    await expect(account.mailTo('dora@example.org')).not.toHaveBeenDelivered();
  });

  test('a refused recipient costs nothing', async ({ account }) => {
    await account.setRecipient('gone@example.org', 'suppressed');
    const transport = createTransport(account.transport('465+tls'));
    const sending = transport.sendMail({ from: account.sender, to: 'gone@example.org', text: 'Hello' });
    await expect(sending).rejects.toThrow('550 Email receiver unsubscribe or complaint');
    transport.close();
    await expect(account).toHaveCost(0);
    await expect(expect(account).toHaveCost(1)).rejects.toThrow('1 sends must be charged, and 0 were');
    await expect(expect(account.mailTo('gone@example.org')).toHaveBeenDelivered()).rejects.toThrow(
      'mail to gone@example.org must be delivered 1 × and was 0 ×; subjects there: none',
    );
  });
});
