/** Undoing what was arranged for tests. */
import { expect, test } from 'vitest';
import { bodyOf, openControlClient } from '../control-api/client.ts';
import { base64, plain, sendSettled, senderOf, startProbedForFile } from './probe-fixture.ts';

const probed = await startProbedForFile();
const control = openControlClient(probed.sandbox.controlUrl);

test('a reset undoes what was arranged, and leaves what the account has', async () => {
  const { operations } = probed.sandbox;
  const account = await probed.newAccount({ listeners: 'own', balance: 10, clock: { frozen: true } });
  const fresh = await operations.showAccount(account.id);
  const [connection] = account.connections;
  if (connection === undefined) throw new Error('The account has no connection.');
  const param = { account: account.id };
  await sendSettled(probed, account, ['anna@first.example'], `From: <${senderOf(account)}>\r\n\r\nx`);
  await bodyOf(
    control.accounts[':account'].triggers.$post({
      param,
      json: { stage: 'connect', tls: 'expired' },
    }),
  );
  await operations.setRecipient(account.id, { address: 'full@first.example', role: 'full' });
  await operations.addSuppression(account.id, 'gone@first.example');
  await operations.setLimits(account.id, { rateLimit: 1, sizeLimit: 2 });
  await operations.setMaintenance(account.id, true);
  await operations.setMailbox(account.id, false);
  await operations.setConnectionBlock(account.id, connection.id, true);
  const arranged = await operations.showAccount(account.id);
  expect(arranged).toMatchObject({ maintenance: true, mailboxUp: false });

  const response = await fetch(`${probed.sandbox.controlUrl}/accounts/${account.id}/reset`, {
    method: 'POST',
  });
  const reset = await operations.showAccount(account.id);
  expect([response.status, await response.json()]).toMatchObject([200, { id: account.id, mailboxUp: true }]);
  expect(reset).toEqual({
    ...fresh,
    balance: 9,
    charged: 1,
    connections: [{ ...connection, sendsUsed: 1 }],
    clock: { now: expect.any(String), frozen: false },
  });
  expect(await operations.listTriggers(account.id)).toEqual([]);
  expect((await operations.listRecipients(account.id, { limit: 10 })).recipients).toEqual([]);
  expect((await operations.listHistory(account.id)).emails).toHaveLength(1);
  await sendSettled(probed, account, ['gone@first.example'], `From: <${senderOf(account)}>\r\n\r\nx`);
});

test('a login that was locked is open again', async () => {
  const account = await probed.newAccount();
  const login = account.connections[0]?.login ?? '';
  await using client = await probed.greeted();
  for (let time = 0; time < 5; time += 1) await client.say(`AUTH PLAIN ${base64(`\0${login}\0wrong`)}`);
  await using locked = await probed.greeted();
  expect(await locked.say(`AUTH PLAIN ${plain(account)}`)).toBe('454 4.7.0 Too many login attempts');
  await probed.sandbox.operations.resetAccount(account.id);
  await using open = await probed.greeted();
  expect(await open.say(`AUTH PLAIN ${plain(account)}`)).toMatch(/^235 /);
});

test('no other account is touched, and there must be one', async () => {
  const { operations } = probed.sandbox;
  const [reset, other] = [await probed.newAccount(), await probed.newAccount()];
  await operations.addSuppression(other.id, 'gone@first.example');
  await operations.setConnectionBlock(other.id, other.connections[0]?.id ?? '', true);
  const before = await operations.showAccount(other.id);
  await operations.resetAccount(reset.id);
  expect(await operations.showAccount(other.id)).toEqual({ ...before, clock: expect.anything() });
  await expect(operations.resetAccount('acc-nobody')).rejects.toThrow('There is no account acc-nobody');
});
