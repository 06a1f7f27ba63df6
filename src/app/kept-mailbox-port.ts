import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MailboxHost } from '../mailbox/mailbox.ts';

const NAME = 'mailbox-port';

/** The port that the mailbox of this data folder had the last time; `undefined` where none is kept. */
export async function keptMailboxPort(data: string): Promise<number | undefined> {
  const text = await readFile(join(data, NAME), 'latin1').catch(() => '');
  const port = /^\d{1,5}\n?$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** Keeps the port of a mailbox that was started here; one at a URL is the user's own, and a container's is the engine's. */
export async function keepMailboxPort(data: string, { kind, api }: MailboxHost): Promise<void> {
  if (kind !== 'program' && kind !== 'embedded') return;
  await writeFile(join(data, NAME), `${new URL(api).port}\n`, { mode: 0o600 });
}
