import { MailpitClient } from 'mailpit-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMailboxClient } from './client.ts';
import { openMailbox, type MailboxHost } from './mailbox.ts';
import { describeWithMailpit, searchPath } from './mailpit-for-tests.ts';
import { sampleMessages } from './sample-messages-fixture.ts';
import { submit } from './speak-smtp-fixture.ts';

describeWithMailpit('the stand-in beside Mailpit', () => {
  let hosts: readonly MailboxHost[] = [];
  beforeAll(async () => {
    hosts = [await openMailbox({ kind: 'embedded' }), await openMailbox({ kind: 'program', searchPath })];
  });
  afterAll(async () => {
    for (const host of hosts) await host[Symbol.asyncDispose]();
  });

  const askBoth = (ask: (host: MailboxHost) => Promise<unknown>): Promise<readonly unknown[]> =>
    Promise.all(hosts.map((host) => ask(host)));

  it.each(sampleMessages)('treats alike: $name', async (sample) => {
    const [standIn, mailpit] = await askBoth(async (host) => {
      const api = new MailpitClient(host.api);
      await api.deleteMessages();
      const reply = await submit(host, sample);
      const list = await api.listMessages();
      const [line] = list.messages;
      if (line === undefined) return withoutChance({ reply, list });
      const message = await api.getMessageSummary(line.ID);
      const parts = [...message.Attachments, ...message.Inline].map((part) => part.PartID);
      const contents = await Promise.all(
        parts.map(async (id) => Buffer.from(await (await api.getMessageAttachment(line.ID, id)).bytes())),
      );
      return withoutChance({
        reply,
        list,
        message,
        contents: contents.map((content) => content.toString('latin1')),
        headers: await api.getMessageHeaders(line.ID),
        raw: Buffer.from(await openMailboxClient(host.api).raw(line.ID)).toString('latin1'),
        search: await api.searchMessages({ query: 'addressed:example' }),
        tags: await api.getTags(),
      });
    });
    expect(standIn).toEqual(mailpit);
  });

  it('has the same account of itself, key by key', async () => {
    const [standIn, mailpit] = await askBoth(async (host) => {
      const api = new MailpitClient(host.api);
      return { info: keysOf(await api.getInfo()), configuration: await api.getConfiguration() };
    });
    expect(standIn).toEqual(mailpit);
  });

  it.each([
    ['GET', '/livez', ''],
    ['GET', '/readyz', ''],
    ['GET', '/nothing', ''],
    ['GET', '/api/v1/message/nothing', ''],
    ['GET', '/api/v1/message/latest?query=nothing-of-the-kind', ''],
    ['GET', '/api/v1/message/nothing/raw', ''],
    ['GET', '/api/v1/message/nothing/headers', ''],
    ['GET', '/api/v1/message/nothing/part/1', ''],
    ['GET', '/api/v1/search?query=%20', ''],
    ['PUT', '/api/v1/messages', '{"Read":true,"IDs":["a"],"Search":"b"}'],
    ['PUT', '/api/v1/messages', '{'],
    ['DELETE', '/api/v1/tags/nothing', ''],
    ['PUT', '/api/v1/tags/nothing', '{"Name":"x"}'],
    ['PUT', '/api/v1/tags/nothing', '{"Name":"!"}'],
    ['DELETE', '/api/v1/messages', '{"IDs":["nothing"]}'],
  ])('answers with the same status: %s %s %s', async (method, path, body) => {
    const [standIn, mailpit] = await askBoth(async (host) => {
      const response = await fetch(`${host.api}${path}`, { method, ...(body === '' ? {} : { body }) });
      await response.arrayBuffer();
      return response.status;
    });
    expect(standIn).toEqual(mailpit);
  });
});

/** The JSON of an answer without what no two mailboxes can have in common: ids and times. */
function withoutChance(answer: object): unknown {
  const text = JSON.stringify(answer)
    .replaceAll(/"(ID|Created)":"[^"]*"/g, '"$1":"?"')
    .replaceAll(/queued as \w+/g, 'queued as ?')
    .replaceAll(/\w{22}@mailpit/g, '?@mailpit')
    .replaceAll(/; \w{3}, \d+ \w{3} \d{4} \d\d:\d\d:\d\d \S+ \(\w+\)/g, '; ?')
    .replaceAll(new RegExp(`"Date":"${new Date().toISOString().slice(0, 11)}[^"]*"`, 'g'), '"Date":"?"');
  return JSON.parse(text);
}

function keysOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keysOf(inner)]));
}
