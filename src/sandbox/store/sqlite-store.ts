import { acceptedMails } from './accepted-mails.ts';
import { dueEmails } from './due-emails.ts';
import { endedMessages } from './ended-messages.ts';
import { createGroupCommit } from './group-commit.ts';
import { createLedger } from './ledger.ts';
import { rememberReads } from './remembered-reads.ts';
import { sqliteAccounts } from './sqlite-accounts.ts';
import { sqliteFacts } from './sqlite-facts.ts';
import { createHourlyCounter, sqliteHistory } from './sqlite-history.ts';
import { sqliteEmails } from './sqlite-emails.ts';
import { sqliteKeyedLists } from './sqlite-keyed-lists.ts';
import { sqliteListings } from './sqlite-listings.ts';
import { sqlitePurchases } from './sqlite-purchases.ts';
import { sqliteQuotas } from './sqlite-quotas.ts';
import { sqliteQueue } from './sqlite-queue.ts';
import { openDatabase } from './sqlite-database.ts';
import { createSearchIndex } from './search-index.ts';
import { sqliteSearch } from './sqlite-search.ts';
import { createSubmissionWriter } from './sqlite-submissions.ts';
import type { Store } from './store.ts';

/**
 * A store on SQLite: in a file that survives a killed process (WAL), or in memory (`:memory:`). Throws `StoreError`
 * where another process has the file, or where it is damaged or none of ours; nothing is written to it then.
 */
export function openSqliteStore(location: string): Store {
  const database = openDatabase(location);
  const commits = createGroupCommit(database);
  const count = createHourlyCounter(database);
  const { noteChange, ...ledger } = createLedger(database);
  const write = createSubmissionWriter(database, count, noteChange);
  const accounts = sqliteAccounts(database, noteChange);
  const facts = sqliteFacts(database);
  const { indexedUpTo, indexForSearch } = createSearchIndex(database);
  const { emailEnded, ...ended } = endedMessages(database);
  const { writeStatus, ...queue } = sqliteQueue(database, count, emailEnded);
  return {
    ...accounts,
    ...facts,
    ...acceptedMails(database, commits),
    ...rememberReads(database, { ...accounts, ...facts }),
    ...sqliteQuotas(database),
    ...queue,
    ...ended,
    ...dueEmails(database),
    ...sqliteEmails(database),
    ...sqliteListings(database),
    ...sqliteKeyedLists(database),
    ...sqliteHistory(database),
    ...sqliteSearch(database, { indexedUpTo, indexForSearch }),
    indexForSearch,
    ...sqlitePurchases(database, noteChange),
    ...ledger,
    commit: (submission) => commits.join(() => write(submission)),
    setEmailStatus: (...outcome) => commits.join(() => writeStatus(...outcome)),
    [Symbol.asyncDispose]: async () => {
      commits.flush();
      database.close();
    },
  };
}
