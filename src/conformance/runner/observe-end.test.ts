import { describe, expect, test } from 'vitest';
import { play } from './play-scripted-fixture.ts';
import { afterSmoke, mailboxHolding, scenarioOf } from './scripted-gateway-fixture.ts';

describe('delivered mail', () => {
  const message =
    'messages:\n  order: |\n    From: <${sender}>\n\n    text\nthen: { delivered: { to: as sent } }\n';
  const scenario = scenarioOf('C: <session>\nC: <envelope to>\nC: <message order>\nS: 250 *', message);
  const received = (address: string) => `Received: from a by b for <${address}>; date\r\n`;
  const sent = 'From: <orders@shop.example>\r\n\r\ntext\r\n';

  test('is compared with what was sent, each copy under its own forward-path', async () => {
    const { outcomes } = await play(scenario, {
      mailbox: mailboxHolding(`${received('to@r.example')}${sent}`),
    });
    expect(outcomes).toEqual(['passed']);
  });

  test('has the reverse-path under which it was sent, not that of another transaction', async () => {
    const two = scenarioOf(
      'C: <session>\nC: MAIL FROM:<one@s.example>\nS: 250 *\nC: RCPT TO:<${to}>\nS: 250 *\nC: DATA\nS: 354 *\nC: <message order>\nS: 250 *\nC: MAIL FROM:<two@s.example>\nS: 250 *\nC: RCPT TO:<${cc}>\nS: 250 *\nC: DATA\nS: 354 *\nC: <message order>\nS: 250 *',
      message.replace('as sent }', 'as sent, cc: as sent }'),
    );
    const copy = (path: string, address: string) => `Return-Path: <${path}>\r\n${received(address)}${sent}`;
    const mailbox = (path: string) =>
      mailboxHolding(copy(path, 'to@r.example'), copy('two@s.example', 'cc@r.example'));
    const row = { status: 'delivered', time: '2026-01-15T12:00:00.000Z' } as const;
    const history = ['to@r.example', 'cc@r.example'].map((recipient) => ({ ...row, recipient }));
    const arrange = () =>
      afterSmoke((usual) => {
        if (usual.kind === 'not-arranged') return Promise.resolve(usual);
        const observe = async () => ({
          ...(await usual.situation.observe()),
          history,
          charged: 2,
          balance: 98,
        });
        return Promise.resolve({ ...usual, situation: { ...usual.situation, observe } });
      });
    expect((await play(two, { arrange: arrange(), mailbox: mailbox('one@s.example') })).outcomes).toEqual([
      'passed',
    ]);
    const { findings } = await play(two, { arrange: arrange(), mailbox: mailbox('two@s.example') });
    expect(findings[0]).toContain(
      'to: the reverse-path <one@s.example> / its Return-Path is <two@s.example>',
    );
  });

  test('must be there, unchanged, once, and nobody else’s', async () => {
    const findings: string[] = [];
    for (const box of [
      mailboxHolding(),
      mailboxHolding(`${received('to@r.example')}${sent.replace('text', 'test')}`),
      mailboxHolding(`${received('to@r.example')}${sent}`, `${received('to@r.example')}${sent}`),
      mailboxHolding(`${received('to@r.example')}${sent}`, `${received('cc@r.example')}${sent}`),
    ]) {
      findings.push(...(await play(scenario, { mailbox: box })).findings);
    }
    expect(findings.map((text) => text.replace(/^delivery\.content \d+:\d+ /, ''))).toEqual([
      'to: 1 copy, as sent / 0 copies; 1 missing, 0 that should not be there',
      String.raw`to: as sent / line 3 of the message: submitted "text\r", in the mailbox "test\r"`,
      'to: 1 copy, as sent / 2 copies; 0 missing, 1 that should not be there',
      'cc: 0 copies, as sent / 1 copy; 0 missing, 1 that should not be there',
    ]);
  });

  test('that is not what was sent is told by the rule of its content, whatever the case is about', async () => {
    const wrong = mailboxHolding(`${received('to@r.example')}${sent.replace('text', 'test')}`);
    const dialogue = 'C: <session>\nC: <envelope to>\nC: <message order>\nS: 250 *';
    const { findings } = await play(scenarioOf(dialogue, message, 'billing.per-recipient'), {
      mailbox: wrong,
    });
    expect(findings.map((text) => text.split(' ', 1)[0])).toEqual(['delivery.content']);
  });
});
