import { describe, expect, test } from 'vitest';
import { openRawClient } from './raw-client-fixture.ts';
import { plain, startProbedForFile } from './probe-fixture.ts';

const probed = await startProbedForFile();

describe('lines (protocol.line-ends, protocol.syntax)', () => {
  test.each(['NOOP\nNOOP\r\n', 'NOOP\rNOOP\r\n', 'NO\0OP\r\n'])(
    '%j is one line and no command',
    async (octets) => {
      await using client = await probed.greeted();
      client.send(octets);
      expect(await client.reply()).toMatch(/^500 /);
      expect(await client.say('NOOP')).toBe('250 Ok');
    },
  );

  test('a line cut off by the close is never executed', async () => {
    const account = await probed.newAccount();
    for (let time = 0; time < 6; time += 1) {
      const client = await probed.greeted();
      client.send(`AUTH PLAIN ${plain(account, 'wrong')}`);
      client.end();
      await client.untilClosed();
    }
    await using client = await probed.greeted();
    expect(await client.say(`AUTH PLAIN ${plain(account)}`)).toMatch(/^235 /);
  });

  test('a line too long gets 500, however it arrives, and the session goes on', async () => {
    await using client = await probed.greeted();
    client.send('x'.repeat(20_000));
    client.send(`${'x'.repeat(20_000)}\r`);
    client.send('\nNOOP\r\n');
    expect(await client.replies(2)).toEqual(['500 5.5.6 Line too long', '250 Ok']);
  });

  test('unknown verbs are refused for ever, blank lines too, HTTP and jokes as well', async () => {
    await using client = await probed.greeted();
    for (const verb of [
      'XYZZY',
      '',
      'WIZ',
      'SHELL',
      'KILL',
      'XCLIENT',
      'LHLO x',
      'GET / HTTP/1.1',
      'BDAT 3',
      'EXPN x',
      'TURN',
      'XFORWARD',
    ]) {
      expect(await client.say(verb)).toBe('500 5.5.1 Command not recognized');
    }
    expect(await client.say('NOOP')).toBe('250 Ok');
  });

  test.each(['RSET x', 'DATA x', 'QUIT x', 'STARTTLS x', 'EHLO', 'HELO a b', 'VRFY'])(
    '%s gets 501',
    async (line) => {
      await using client = await probed.greeted();
      expect(await client.say(line)).toMatch(/^501 /);
    },
  );

  test('verbs in any case; VRFY tells nothing, HELP something', async () => {
    await using client = await probed.greeted();
    expect(await client.say('noop')).toBe('250 Ok');
    expect(await client.say('vRfY somebody')).toMatch(/^252 /);
    expect(await client.say('help')).toMatch(/^214 /);
    expect(await client.say('quit')).toBe('221 Bye');
  });

  test('who talks before the greeting is refused', async () => {
    const client = await openRawClient(probed.number(587));
    client.send('EHLO early\r\n');
    const said = await client.reply();
    expect(['421 4.7.0 Commands before the greeting', '220 smtp.emailmassivo.com ESMTP']).toContain(said);
    client.destroy();
  });
});
