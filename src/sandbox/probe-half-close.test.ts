import { describe, expect, test } from 'vitest';
import { openControlClient } from '../control-api/client.ts';
import { readSessions } from '../control-api/read-sessions.ts';
import { plain, senderOf, startProbedForFile } from './probe-fixture.ts';
import { openRawClient, type RawClient } from './raw-client-fixture.ts';

const probed = await startProbedForFile();

/** A session in each way of the wire, up to its login. */
const ways = {
  'in clear': async () => openRawClient(probed.number(587)),
  'with implicit TLS': async () => openRawClient(probed.number(465), probed.sandbox.certificateAuthority),
  'with STARTTLS': async () => {
    const client = await openRawClient(probed.number(587));
    await client.reply();
    await client.say('EHLO client.example');
    await client.say('STARTTLS');
    await client.startTls(probed.sandbox.certificateAuthority);
    return client;
  },
} as const;

/** Says the lines in one write and closes the client's side behind them; what came until the gateway closed. */
async function sayAndEnd(client: RawClient, lines: readonly string[]): Promise<readonly string[]> {
  client.send(lines.map((line) => `${line}\r\n`).join(''));
  client.end();
  return (await client.untilClosed()).split('\r\n').slice(0, -1);
}

describe.each(Object.entries(ways))(
  'a client that closes its side, %s (protocol.close.half)',
  (way, open) => {
    const begin = async () => {
      const account = await probed.newAccount();
      const client = await open();
      if (way !== 'with STARTTLS') await client.reply();
      await client.say('EHLO client.example');
      await client.say(`AUTH PLAIN ${plain(account)}`);
      return { client, account };
    };

    test('behind the final dot gets its 250, each time', async () => {
      for (let time = 0; time < 10; time += 1) {
        const { client, account } = await begin();
        await using _ = client;
        await client.say(`MAIL FROM:<${senderOf(account)}>`);
        await client.say('RCPT TO:<to@recipients.example>');
        await client.say('DATA');
        expect(await sayAndEnd(client, [`From: <${senderOf(account)}>`, '', 'text', '.'])).toEqual([
          '250 Ok',
        ]);
        expect((await probed.sandbox.operations.showAccount(account.id)).charged).toBe(1);
      }
    });

    test.each([
      [['NOOP'], ['250 Ok']],
      [['QUIT'], ['221 Bye']],
      [['NO SUCH VERB'], ['500 5.5.1 Command not recognized']],
      [['DATA'], ['503 5.5.1 Bad sequence of commands']],
      [['AUTH LOGIN'], ['503 5.5.1 Bad sequence of commands']],
      [
        ['RSET', 'NOOP', 'VRFY x', 'QUIT'],
        ['250 Ok', '250 Ok', '252 Cannot say; send the mail to find out', '221 Bye'],
      ],
    ])('behind %j gets what it is owed, and then the close', async (lines, replies) => {
      const { client } = await begin();
      await using _ = client;
      expect(await sayAndEnd(client, lines)).toEqual(replies);
    });

    test('in the middle of a line or of a message gets nothing for it', async () => {
      const { client, account } = await begin();
      await using _ = client;
      client.send('NOOP\r\nQUI');
      client.end();
      expect(await client.untilClosed()).toBe('250 Ok\r\n');
      const other = await begin();
      await using _other = other.client;
      await other.client.say(`MAIL FROM:<${senderOf(other.account)}>`);
      await other.client.say('RCPT TO:<to@recipients.example>');
      await other.client.say('DATA');
      other.client.send(`From: <${senderOf(other.account)}>\r\n\r\nhalf`);
      other.client.end();
      expect(await other.client.untilClosed()).toBe('');
      for (const { id } of [account, other.account]) {
        expect((await probed.sandbox.operations.showAccount(id)).charged).toBe(0);
      }
    });

    test('gets a reply that is long in coming', async () => {
      const { client, account } = await begin();
      await using _ = client;
      await probed.sandbox.operations.addTrigger(account.id, {
        stage: 'MAIL',
        match: {},
        after: 0,
        delayMs: 100,
      });
      expect(await sayAndEnd(client, [`MAIL FROM:<${senderOf(account)}>`])).toEqual(['250 Ok']);
      // whoever looks at the transcript sees when the client may have given up
      const sessions = await readSessions(openControlClient(probed.sandbox.controlUrl), account.id);
      expect(sessions.at(-1)?.entries.slice(-3)).toMatchObject([
        { kind: 'half-closed' },
        { kind: 'wire', octets: '250 Ok\r\n' },
        { kind: 'closed' },
      ]);
    });
  },
);

test('a client that closes its side before the greeting is closed', async () => {
  await using client = await openRawClient(probed.number(587));
  client.end();
  expect(await client.untilClosed()).toMatch(/^(?:220 .*\r\n)?$/);
});

test('a client that closes its side in the middle of STARTTLS is closed', async () => {
  await using client = await probed.greeted();
  await client.say('STARTTLS');
  client.end();
  expect(await client.untilClosed()).toBe('');
});
