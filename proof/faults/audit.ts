import { bodyOf, type ControlClient } from '../../src/control-api/client.ts';
import type { Email } from '../../src/control-api/history-schemas.ts';
import type { SentMessage } from './persistent-client.ts';

/** What an audit found; each is a list of what it is about, so that a number can be looked into. */
export interface Audit {
  /** Acknowledged, and missing in history or in the mailbox. */
  readonly lost: readonly string[];
  /** Two history rows for one email. */
  readonly doubleCharged: readonly string[];
  /** Charged without a row, or a row without an email. */
  readonly chargedForNothing: readonly string[];
  readonly acknowledged: number;
  readonly emails: number;
}

/** Holds the clients' logs, history, balance and mailbox against each other. */
export async function audit(
  client: ControlClient,
  account: string,
  initialBalance: number,
  logs: readonly SentMessage[],
  mailboxApi: string,
): Promise<Audit> {
  const rows = await readHistory(client, account);
  const state = await bodyOf(client.accounts[':account'].$get({ param: { account } }));
  const delivered = await readDelivered(mailboxApi);
  const key = (messageId: string, recipient: string) => `${messageId} ${recipient}`;
  const rowsByKey = Map.groupBy(rows, (row) => key(row.messageId, row.recipient));
  const acknowledged = logs.filter((message) => message.acknowledged);
  const promised = acknowledged.flatMap((message) =>
    message.recipients.map((recipient) => key(message.messageId, recipient)),
  );
  const debits = initialBalance - state.balance;
  const unexplained =
    debits === rows.length && state.charged === rows.length
      ? []
      : [`${debits} sends deducted, ${rows.length} rows`];
  return {
    lost: promised.filter((each) => !rowsByKey.has(each) || !delivered.has(each)),
    doubleCharged: [...rowsByKey].filter(([, own]) => own.length > 1).map(([each]) => each),
    chargedForNothing: [...unexplained, ...[...rowsByKey.keys()].filter((each) => !delivered.has(each))],
    acknowledged: acknowledged.length,
    emails: rows.length,
  };
}

async function readHistory(client: ControlClient, account: string): Promise<readonly Email[]> {
  const rows: Email[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: { limit: string; cursor?: string } =
      cursor === '' ? { limit: '1000' } : { limit: '1000', cursor };
    const page: { emails: Email[]; next: string | null } = await bodyOf(
      client.accounts[':account'].history.$get({ param: { account }, query }),
    );
    rows.push(...page.emails);
    cursor = page.next;
  }
  return rows;
}

/** What the mailbox holds, as `<message id> recipient`; recipients are named by no header, so Mailpit shows them as Bcc. */
async function readDelivered(api: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let start = 0; ; start += 500) {
    const response = await fetch(`${api}/api/v1/messages?limit=500&start=${start}`);
    const { messages } = (await response.json()) as {
      messages: readonly {
        readonly MessageID: string;
        readonly Bcc: readonly { readonly Address: string }[];
      }[];
    };
    if (messages.length === 0) return found;
    for (const { MessageID, Bcc } of messages)
      for (const { Address } of Bcc) found.add(`<${MessageID}> ${Address}`);
  }
}
