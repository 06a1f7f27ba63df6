import { delay, http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openMailboxClient, type MailboxClient } from './client.ts';
import { chooseFreePorts } from './host/loopback.ts';
import { MailboxError } from './mailbox-error.ts';

const api = 'http://mailbox.example';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'bypass' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const questions: readonly (readonly [string, (client: MailboxClient) => Promise<unknown>])[] = [
  ['emailsAddressedTo', (client) => client.emailsAddressedTo('a@b.example')],
  ['emailsAddressedTo beyond ASCII', (client) => client.emailsAddressedTo('ä@b.example')],
  ['waitForEmails', (client) => client.waitForEmails({ address: 'a@b.example', count: 1, timeoutMs: 50 })],
  ['raw', (client) => client.raw('x')],
  ['deleteEmail', (client) => client.deleteEmail(['x'])],
  ['deleteAll', (client) => client.deleteAll()],
  ['info', (client) => client.info()],
];

describe.each(questions)('%s', (_name, ask) => {
  it('explains a mailbox that is down', async () => {
    const [port = 0] = await chooseFreePorts(1);
    const failing = ask(openMailboxClient(`http://127.0.0.1:${port}`));
    await expect(failing).rejects.toBeInstanceOf(MailboxError);
    await expect(failing).rejects.toMatchObject({ code: 'mailbox-unreachable' });
  });

  it('explains a mailbox that answers 500', async () => {
    server.use(http.all(`${api}/*`, () => new HttpResponse('database is locked', { status: 500 })));
    await expect(ask(openMailboxClient(api))).rejects.toMatchObject({
      code: 'mailbox-answered-500',
      message: expect.stringContaining('500'),
    });
  });

  it('explains a mailbox that is slow', async () => {
    server.use(
      http.all(`${api}/*`, async () => {
        await delay('infinite');
      }),
    );
    const failing = ask(openMailboxClient(api, { questionLimitMs: 20 }));
    await expect(failing).rejects.toMatchObject({
      code: 'mailbox-slow',
      message: expect.stringContaining('within 20 ms'),
    });
  });

  it('explains a mailbox that wants a login', async () => {
    server.use(http.all(`${api}/*`, () => new HttpResponse('Unauthorised.', { status: 401 })));
    await expect(ask(openMailboxClient(api))).rejects.toMatchObject({ code: 'mailbox-refused' });
  });
});

// the others take any answer: octets, or none that they would read
const readers = questions.filter(([name]) => !['raw', 'deleteEmail', 'deleteAll'].includes(name));

describe.each(readers)('%s', (_name, ask) => {
  it.each([
    ['no JSON', () => HttpResponse.text('<html>')],
    ['other JSON', () => HttpResponse.json({ messages: [{ ID: 7 }], messages_count: 1 })],
    ['null', () => HttpResponse.json(null)],
  ])('explains a mailbox that answers with %s', async (_what, answer) => {
    server.use(http.all(`${api}/*`, answer));
    await expect(ask(openMailboxClient(api))).rejects.toMatchObject({ code: 'mailbox-answer-unreadable' });
  });
});

describe('emailsAddressedTo', () => {
  it('gives up on a list that never holds still', async () => {
    server.use(http.all(`${api}/*`, () => HttpResponse.json({ messages: [], messages_count: 1 })));
    const failing = openMailboxClient(api).emailsAddressedTo('a@b.example');
    await expect(failing).rejects.toMatchObject({ code: 'mailbox-restless' });
  });
});

describe('openMailboxClient', () => {
  it('refuses what is no address of a mailbox', () => {
    expect(() => openMailboxClient('ftp://x')).toThrow('Write it like http://');
  });
});
