import { delimiter, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openMailboxClient } from './client.ts';
import { chooseFreePorts } from './host/loopback.ts';
import { describeMailboxBehaviour } from './mailbox-behaviour.ts';
import { openMailbox, type MailboxHost } from './mailbox.ts';
import { describeWithMailpit, searchPath } from './mailpit-for-tests.ts';
import { submitAll } from './speak-smtp-fixture.ts';

describe('the embedded mailbox', () => {
  describeMailboxBehaviour(() => openMailbox({ kind: 'embedded' }));

  it('is what auto takes without Mailpit, and says so', async () => {
    await using host = await openMailbox({ kind: 'auto', searchPath: `${delimiter}/nowhere` });
    expect(host).toMatchObject({ kind: 'embedded', description: 'the embedded stand-in for Mailpit' });
  });

  it('forgets the oldest beyond its bound', async () => {
    await using host = await openMailbox({ kind: 'embedded', maxMessages: 2 });
    const message = (n: number): string => `To: a@b.example\r\nSubject: ${n}\r\n\r\nhi\r\n`;
    await submitAll(
      host,
      [1, 2, 3].map((n) => ({ from: 'x@y.example', to: ['a@b.example'], message: message(n) })),
    );
    const emails = await openMailboxClient(host.api).emailsAddressedTo('a@b.example');
    expect(emails.map((email) => email.subject)).toEqual(['2', '3']);
  });

  it.each([
    ['GET', '/api/v1/message/latest/html-check', 'HTML check'],
    ['GET', '/api/v1/message/latest/link-check', 'link check'],
    ['GET', '/api/v1/message/latest/sa-check', 'spam check'],
    ['POST', '/api/v1/message/latest/release', 'release of messages'],
    ['PUT', '/api/v1/chaos', 'chaos triggers'],
  ])('says that it has no such thing: %s %s', async (method, path, feature) => {
    await using host = await openMailbox({ kind: 'embedded' });
    const response = await fetch(`${host.api}${path}`, { method });
    expect(response.status).toBe(501);
    const Error = `The embedded stand-in for Mailpit has no ${feature}. Install Mailpit to use it.`;
    expect(await response.json()).toEqual({ Error });
  });
});

describeWithMailpit('Mailpit as a program', (path) => {
  describeMailboxBehaviour(() => openMailbox({ kind: 'program', searchPath }));

  it('is what auto takes, and says so', async () => {
    await using host = await openMailbox({ kind: 'auto', searchPath: dirname(path) });
    expect(host.kind).toBe('program');
    expect(host.description).toMatch(/^Mailpit \S+, started from /);
  });
});

describeWithMailpit('Mailpit at a URL', () => {
  describeMailboxBehaviour(async (): Promise<MailboxHost> => {
    const program = await openMailbox({ kind: 'program', searchPath });
    const host = await openMailbox({ kind: 'url', api: `${program.api}/`, smtp: program.smtp });
    return { ...host, [Symbol.asyncDispose]: () => program[Symbol.asyncDispose]() };
  });
});

describe('a mailbox that cannot be opened', () => {
  it('is no program on the search path', async () => {
    await expect(openMailbox({ kind: 'program', searchPath: '' })).rejects.toMatchObject({
      code: 'mailpit-not-found',
    });
  });

  it('is no program at all', async () => {
    const opening = openMailbox({ kind: 'program', searchPath: '', path: '/nowhere/mailpit' });
    await expect(opening).rejects.toMatchObject({
      code: 'mailpit-did-not-start',
      message: expect.stringContaining('ENOENT'),
    });
  });

  it('is another program, which ends', async () => {
    const opening = openMailbox({ kind: 'program', searchPath: '', path: process.execPath });
    await expect(opening).rejects.toMatchObject({
      code: 'mailpit-did-not-start',
      message: expect.stringContaining('5 of 5 attempts'),
    });
  });

  it('is down: neither side answers at the URL', async () => {
    const [port = 0] = await chooseFreePorts(1);
    const smtp = { host: '127.0.0.1', port };
    const down = openMailbox({ kind: 'url', api: `http://127.0.0.1:${port}`, smtp });
    await expect(down).rejects.toMatchObject({ code: 'mailbox-unreachable' });
    await using embedded = await openMailbox({ kind: 'embedded' });
    const halfDown = openMailbox({ kind: 'url', api: embedded.api, smtp });
    await expect(halfDown).rejects.toMatchObject({ code: 'mailbox-smtp-unreachable' });
  });

  it('is no URL', async () => {
    const smtp = { host: '127.0.0.1', port: 25 };
    const opening = openMailbox({ kind: 'url', api: '127.0.0.1:8025', smtp });
    await expect(opening).rejects.toMatchObject({ code: 'mailbox-url-invalid' });
  });
});
