import { listenForApi } from './embedded/http-out.ts';
import { listenForMail } from './embedded/smtp-in.ts';
import { createMessageStore } from './embedded/store.ts';
import { createMessageTaker } from './embedded/take-message.ts';
import { loopback } from './loopback.ts';
import type { MailboxHost } from './mailbox-host.ts';

/** Settings of the embedded stand-in. */
export interface EmbeddedOptions {
  /** How many messages it keeps, the oldest being forgotten first; 10,000 unless said otherwise. */
  readonly maxMessages?: number;
  /** The port of its API; a free one unless said otherwise. */
  readonly apiPort?: number;
}

const version = 'stand-in';

/**
 * Starts the stand-in for Mailpit within this process: its SMTP side, and the part of its API that reads, searches,
 * marks, tags and deletes. Mail is kept in memory and gone afterwards.
 */
export async function openEmbedded(options: EmbeddedOptions = {}): Promise<MailboxHost> {
  const store = createMessageStore(options.maxMessages ?? 10_000);
  const taker = createMessageTaker(store);
  const startedAt = performance.now();
  const api = await listenForApi(options.apiPort ?? 0, (query, body) => ({
    store,
    counts: taker.counts(),
    startedAt,
    version,
    query,
    body,
  }));
  const mailListener = await listenForMail((message) => taker.take(message));
  return {
    kind: 'embedded',
    description: 'the embedded stand-in for Mailpit',
    smtp: { host: loopback, port: mailListener.port },
    api: `http://${loopback}:${api.port}`,
    [Symbol.asyncDispose]: async () => {
      await mailListener[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
    },
  };
}
