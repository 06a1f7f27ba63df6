import { describe, expect, test } from 'vitest';
import type { Account } from '../control-api/schemas.ts';
import { senderOf, startProbedForFile } from './probe-fixture.ts';

const probed = await startProbedForFile();
let messages = 0;

describe('the message (protocol.transparency, protocol.line-ends)', () => {
  const sendMessage = async (account: Account, pieces: readonly string[]) => {
    const recipient = `r${(messages += 1)}@a.example`;
    await using client = await probed.inData(account, recipient);
    for (const piece of pieces) {
      client.send(piece);
      // each piece leaves by itself, so that the end is met at every split
      await new Promise((resolve) => setImmediate(resolve));
    }
    const reply = await client.reply();
    await probed.sandbox.operations.waitSettled(account.id, 5_000);
    const copy = probed.delivered.find((delivery) => delivery.forwardPath === recipient);
    const text = copy && Buffer.from(copy.message).toString('latin1');
    return { reply, body: text?.slice(text.indexOf('\r\n\r\n') + 4) };
  };

  test('dots are unstuffed and every octet is kept, wherever the stream is split', async () => {
    const head = (account: Account) => `From: ${senderOf(account)}\r\n\r\n`;
    const wire = '..one\r\n...two\r\n.three\r\n\x00\xff\x80\r\n..\r\na.b\r\n';
    const body = '.one\r\n..two\r\nthree\r\n\x00\xff\x80\r\n.\r\na.b\r\n';
    const ended = `${wire}.\r\n`;
    for (let at = 0; at <= ended.length; at += 3) {
      const account = await probed.newAccount();
      const result = await sendMessage(account, [head(account), ended.slice(0, at), ended.slice(at)]);
      expect(result).toEqual({ reply: '250 Ok', body });
    }
  });

  test('octet by octet', async () => {
    const account = await probed.newAccount();
    const whole = `From: ${senderOf(account)}\r\n\r\n..\r\n.\r\n`;
    expect(await sendMessage(account, whole.split(''))).toEqual({ reply: '250 Ok', body: '.\r\n' });
  });

  test('an empty message is a message without From', async () => {
    const account = await probed.newAccount();
    expect((await sendMessage(account, ['.\r\n'])).reply).toMatch(/^550 5\.6\.0 Message rejected/);
  });

  test.each(['\n.\n', '\n.\r\n', '\r\n.\n', '\r.\r', '\r\n.\r', '\n.\r'])(
    '%j does not end the data, and the message is refused',
    async (end) => {
      const account = await probed.newAccount();
      const text = `From: ${senderOf(account)}\r\n\r\nx${end}MAIL FROM:<evil@a.example>\r\n.\r\n`;
      expect((await sendMessage(account, [text])).reply).toBe('550 5.6.0 Message contains bare CR or LF');
      expect((await probed.sandbox.operations.listHistory(account.id)).emails).toEqual([]);
    },
  );

  test('a dot behind a bare LF is no stuffed dot', async () => {
    const account = await probed.newAccount();
    expect((await sendMessage(account, [`From: ${senderOf(account)}\r\n\r\na\n..b\r\n.\r\n`])).reply).toMatch(
      /^550 5\.6\.0/,
    );
  });

  test('a line of a million octets is kept', async () => {
    const account = await probed.newAccount();
    const line = 'x'.repeat(1_000_000);
    const result = await sendMessage(account, [`From: ${senderOf(account)}\r\n\r\n${line}\r\n.\r\n`]);
    expect(result.body).toBe(`${line}\r\n`);
  });

  test('over the size limit: 552 after the data, nothing charged, the session goes on', async () => {
    const account = await probed.newAccount({ limits: { sizeLimit: 1_000 } });
    await using client = await probed.inData(account, 'x@a.example');
    client.send(`From: ${senderOf(account)}\r\n\r\n${'x'.repeat(2_000)}\r\n.\r\n`);
    expect(await client.reply()).toBe('552 5.3.4 Message exceeds the size limit');
    expect(await client.say(`MAIL FROM:<${senderOf(account)}> SIZE=1001`)).toMatch(/^552 /);
    expect(await probed.sandbox.operations.showAccount(account.id)).toMatchObject({ charged: 0 });
  });

  test('half a message and gone costs nothing (billing.cut)', async () => {
    const account = await probed.newAccount();
    const client = await probed.inData(account, 'x@a.example');
    client.send(`From: ${senderOf(account)}\r\n\r\nhalf\r\n.\r`);
    client.end();
    await client.untilClosed();
    await probed.sandbox.operations.waitSettled(account.id, 5_000);
    expect((await probed.sandbox.operations.listHistory(account.id)).emails).toEqual([]);
  });
});
