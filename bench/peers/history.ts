/** Our gateway and its dashboard with two accounts, a short history and a long one: `node history.ts <emails> <emails>`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accountSetupSchema } from '../../src/control-api/schemas.ts';
import { databaseLocation } from '../../src/sandbox/data-folder.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { openSqliteStore } from '../../src/sandbox/store/sqlite-store.ts';
import type { Store } from '../../src/sandbox/store/store.ts';
import { answerParent } from '../parent.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Days over which a history is spread, whatever its length. */
const DAYS = 28;
const begin = Date.parse('2026-01-01T00:00:00Z');
/** Messages of a history, whatever its length: it must not be short in hours because it is short in emails. */
const MESSAGES = 2_000;

/** Nothing listens there: nothing is delivered. */
const smarthost = { host: '127.0.0.1', port: 9 };
const data = await mkdtemp(join(tmpdir(), 'gauntlet-bench-history-'));
const lengths = process.argv.slice(2).map(Number);
const accounts: string[] = [];
{
  // a folder has its keys before its accounts
  await using made = await createSandbox({ smarthost, data });
  for (const emails of lengths) accounts.push(await makeAccount(made.operations, emails));
}
{
  await using store = openSqliteStore(databaseLocation({ kind: 'folder', path: data }));
  for (const [at, emails] of lengths.entries()) await fill(store, accounts[at] ?? '', emails);
  while (await store.indexForSearch());
}
const dashboard = fileURLToPath(new URL('../../dist-web/', import.meta.url));
const sandbox = await createSandbox({ smarthost, data, control: { dashboard } });

answerParent({ where: () => ({ url: sandbox.controlUrl, accounts }) }, async () => {
  await rm(data, { recursive: true, force: true });
});

async function makeAccount(operations: Sandbox['operations'], emails: number): Promise<string> {
  const { id } = await operations.createAccount(
    accountSetupSchema.parse({
      balance: emails,
      clock: { now: new Date(begin + DAYS * DAY_MS).toISOString(), frozen: true },
      connections: [{ name: 'bench', sender: 'shop@bench.example' }],
    }),
  );
  return id;
}

async function fill(store: Store, account: string, emails: number): Promise<void> {
  const connection = (await store.readAccount(account))?.connections[0]?.id ?? '';
  const recipients = Math.ceil(emails / MESSAGES);
  for (let done = 0; done < emails; done += recipients) {
    const time = begin + Math.floor((done / emails) * DAYS * DAY_MS);
    const ids = Array.from(
      { length: Math.min(recipients, emails - done) },
      (_, at) => `${account}-${done + at}`,
    );
    await store.commit({
      account,
      connection,
      session: 'bench',
      time,
      queuedAt: time,
      reversePath: 'shop@bench.example',
      emails: ids.map((id) => ({ id, forwardPath: `${id}@customers.example` })),
      charge: {
        sends: ids.length,
        sources: [{ kind: 'prepaid' }],
        ofSendLimit: ids.length,
        quotas: [],
      },
      message: Buffer.from('Subject: Order\r\n\r\nIt is on its way.\r\n'),
      subject: 'Order',
      messageId: `<${done}@bench.example>`,
      trace: 'from bench',
    });
    // one in ten bounces, so that a filter has something to pass over
    await Promise.all(
      ids.map((id, at) =>
        store.setEmailStatus(id, {
          status: (done + at) % 10 === 0 ? 'bounced' : 'delivered',
          at: time,
          wallAt: 0,
        }),
      ),
    );
  }
}
