import { z } from 'zod';
import type { ProviderWords } from '../../contract/words.ts';
import { describeKey } from './language.ts';

const count = z.int().min(0).max(1_000_000_000);
const text = z.string().min(1);
const name = z.string().regex(/^[a-z][a-z0-9_-]*$/, 'a name is lower case: letters, digits, "-" and "_"');

const contents = z.union([text, z.array(text)], {
  error: '"as sent", the name of a message, or a list of names',
});

/** The columns of a history row that `then` can name beside its status. */
export const historyColumns = [
  'time',
  'connection',
  'sender',
  'subject',
  'message-id',
  'size',
  'reason',
] as const;
export type HistoryColumn = (typeof historyColumns)[number];

/** What must be true afterwards, in a provider's words. A key that is present is exhaustive. */
export function createThenSchema({ emailStatuses, connectionStatuses }: ProviderWords) {
  const statuses = emailStatuses.map((each) => each.name);
  const status = z.enum(statuses);
  const counts = z.partialRecord(status, count);
  const row = z
    .strictObject({
      status: status.meta(describeKey('row.status')),
      time: text.meta(describeKey('row.time')),
      connection: text.meta(describeKey('row.connection')),
      sender: z.string().meta(describeKey('row.sender')),
      subject: z.string().meta(describeKey('row.subject')),
      'message-id': text.meta(describeKey('row.message-id')),
      size: z.union([count, z.literal('as sent')]).meta(describeKey('row.size')),
      reason: text.meta(describeKey('row.reason')),
    })
    .partial();
  const rowOrStatus = z.union([status, row]);
  const rows = z.union([status, row, z.array(rowOrStatus)], {
    error: `a row is a status (${statuses.join(', ')}) or a map of status, ${historyColumns.join(', ')}; several are a list, in order`,
  });
  const statistics = z.union([counts, z.record(z.iso.date(), counts)], {
    error: 'statistics are { status: count }, or the same under each day (2026-01-15)',
  });
  // `history(status=…, from=…, to=…)` is a key too
  const ofAccount = {
    charged: count.meta(describeKey('then.charged')),
    balance: count.meta(describeKey('then.balance')),
    history: z.record(name, rows).meta(describeKey('then.history')),
    statistics: statistics.meta(describeKey('then.statistics')),
    status: z.enum(connectionStatuses.map((each) => each.name)).meta(describeKey('then.status')),
    suppressed: z.array(name).meta(describeKey('then.suppressed')),
  };
  const account = z.strictObject(ofAccount).partial();
  const then = z
    .strictObject({
      ...ofAccount,
      delivered: z.record(name, contents).meta(describeKey('then.delivered')),
      second: account.meta(describeKey('then.second')),
      third: account.meta(describeKey('then.third')),
    })
    .partial();
  return { end: then, account, filteredHistory: z.record(name, rows) };
}

type ThenSchemas = ReturnType<typeof createThenSchema>;
const made = new WeakMap<ProviderWords, ThenSchemas>();

/** The schemas of `then`; made once for each provider's words. */
export function thenSchemasOf(words: ProviderWords): ThenSchemas {
  const schemas = made.get(words) ?? createThenSchema(words);
  made.set(words, schemas);
  return schemas;
}

export type ThenFile = z.infer<ThenSchemas['end']>;
/** What a further login's account or connection must show. */
export type AccountThenFile = z.infer<ThenSchemas['account']>;
/** The rows of one recipient, as the file has them. */
export type RowsFile = z.infer<ThenSchemas['filteredHistory']>[string];
