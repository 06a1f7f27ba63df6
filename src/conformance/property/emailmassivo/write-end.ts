import { emailStatuses } from '../../../contract/emailmassivo/vocabulary.ts';
import { balanceOf, isInMailbox, statisticsOf, statusOf, type ModelEmail } from './account-model.ts';
import type { Draft, LoginName } from './draft.ts';

/** The `then` of a draft: all that a target shows of the accounts and logins that the model has followed. */
export function writeEnd(draft: Draft): readonly string[] {
  const { present } = draft.beginning;
  // a mailbox does not care whose mail it is
  const accounts = new Set(present.map((login) => draft.account(login)));
  const arrived = [...accounts].flatMap((each) => each.emails.filter(isInMailbox));
  return [
    'then:',
    `  delivered: ${JSON.stringify(byRecipient(arrived, ({ message }) => message.name))}`,
    ...endOfAccount(draft, 'first').map((line) => `  ${line}`),
    ...filteredRows(draft.account('first').emails).map((line) => `  ${line}`),
    ...present
      .slice(1)
      .flatMap((login) => [
        `  ${login}:`,
        ...(draft.account(login) === draft.account('first')
          ? [statusLine(draft, login)]
          : endOfAccount(draft, login)
        ).map((line) => `    ${line}`),
      ]),
  ];
}

function endOfAccount(draft: Draft, login: LoginName): readonly string[] {
  const account = draft.account(login);
  const statistics = Object.fromEntries(
    [...statisticsOf(account)].map(([day, counts]) => [day, Object.fromEntries(counts)]),
  );
  return [
    `charged: ${account.charged}`,
    `balance: ${balanceOf(account, draft.now)}`,
    `history: ${JSON.stringify(byRecipient(account.emails, rowOf))}`,
    `statistics: ${JSON.stringify(statistics)}`,
    statusLine(draft, login),
    `suppressed: ${JSON.stringify([...account.suppressed])}`,
  ];
}

function statusLine(draft: Draft, login: LoginName): string {
  const { logins, standsApart } = draft.beginning;
  const account = draft.account(login);
  // all logins of the first account stand on the domain that is not verified
  const isVerified = account.verified && !(standsApart && account === draft.account('first'));
  return `status: ${statusOf(isVerified, logins[login])}`;
}

/** The columns of a row that the rule names (`history.rows`). */
function rowOf({ status, time, login, message }: ModelEmail): Readonly<Record<string, string>> {
  return {
    status,
    time: new Date(time).toISOString(),
    connection: login.name,
    sender: message.sender,
    subject: message.subject,
    ...(message.messageId !== undefined && { 'message-id': message.messageId }),
    size: 'as sent',
  };
}

/** What filters leave: by one status, and before and from the time of the email in the middle. */
function filteredRows(emails: readonly ModelEmail[]): readonly string[] {
  const status = emailStatuses.find((each) => emails.some((email) => email.status === each));
  const line = (filter: string, left: readonly ModelEmail[]) =>
    `history(${filter}): ${JSON.stringify(byRecipient(left, (email) => email.status))}`;
  const border = emails[Math.floor(emails.length / 2)]?.time;
  const instant = border === undefined ? '' : new Date(border).toISOString();
  return [
    ...(status === undefined
      ? []
      : [
          line(
            `status=${status}`,
            emails.filter((email) => email.status === status),
          ),
        ]),
    ...(border === undefined || emails[0]?.time === border
      ? []
      : [
          line(
            `from=${instant}`,
            emails.filter(({ time }) => time >= border),
          ),
          line(
            `to=${instant}`,
            emails.filter(({ time }) => time < border),
          ),
        ]),
  ];
}

function byRecipient<Shown>(
  emails: readonly ModelEmail[],
  show: (email: ModelEmail) => Shown,
): Readonly<Record<string, readonly Shown[]>> {
  const shown = Map.groupBy(emails, ({ recipient }) => recipient);
  return Object.fromEntries([...shown].map(([name, each]) => [name, each.map(show)]));
}
