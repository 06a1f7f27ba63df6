import type { Word } from './word.ts';

const twoLogins =
  'logins: { first: { login: shop, password: "gut gehütet" }, second: { of: same account, login: news } }';
/** The keys below `given`. */
export const givenWords = [
  {
    id: 'given.balance',
    meaning: 'Sends that the account has; 100 unless said, 0 where `plans` are given.',
    example: 'balance: 5',
  },
  {
    id: 'given.plans',
    meaning: 'The plans that the account has bought, in order; see `W: buy` for one that is bought later.',
    example: 'plans: [{ monthly: 100 }, { prepaid: 5 }]',
  },
  {
    id: 'given.plans.monthly',
    meaning: 'A monthly subscription with so many sends; what is unused ends with its month.',
    example: 'plans: [{ monthly: 100 }]',
  },
  {
    id: 'given.plans.prepaid',
    meaning: 'A prepaid package of so many sends, without end.',
    example: 'plans: [{ prepaid: 5 }]',
  },
  {
    id: 'given.send-limit',
    meaning: 'Sends that the connection may use of the balance; without it as many as there are.',
    example: 'send-limit: 2',
  },
  {
    id: 'given.domain',
    meaning:
      "The state of the sender's domain: verified (unless said), unverified, unregistered, another account's, or verified without SMTP access: no connection of the account has its sender there.",
    example: 'domain: unverified',
  },
  {
    id: 'given.connection',
    meaning: 'The state of the connection: active (unless said), blocked, or not activated.',
    example: 'connection: blocked',
  },
  {
    id: 'given.logins',
    meaning:
      'Up to three logins. The first is the account’s own; `second` and `third` belong to the same account or to another one.',
    example: 'logins: { second: same account, third: another account }',
  },
  {
    id: 'given.logins.first',
    meaning: 'The login of the case’s own account, where the case chooses it.',
    example: twoLogins,
  },
  {
    id: 'given.logins.second',
    meaning: 'A second login: "same account" or "another account", or a map with `of`, `login`, `password`.',
    example: 'logins: { second: same account }',
  },
  {
    id: 'given.logins.third',
    meaning: 'A third login, written as the second; "another account" is one account for both.',
    example: 'logins: { second: same account, third: another account }',
  },
  {
    id: 'given.logins.of',
    meaning: 'The account to which the login belongs: "same account" or "another account".',
    example: twoLogins,
  },
  {
    id: 'given.logins.login',
    meaning: 'The login itself, where the case chooses it; a word of the case’s own is appended.',
    example: twoLogins,
  },
  {
    id: 'given.logins.password',
    meaning: 'The password, where the case chooses it.',
    example: twoLogins,
  },
  {
    id: 'given.rate',
    meaning: 'The rate limit of the connection: so many accepted MAIL commands in so long a time.',
    example: 'rate: { limit: 3, per: 10s }',
  },
  {
    id: 'given.rate.limit',
    meaning: 'Accepted MAIL commands within the window.',
    example: 'rate: { limit: 3, per: 10s }',
  },
  {
    id: 'given.rate.per',
    meaning: 'The length of the window: 4999ms, 10s, 5m, 24h, 28d.',
    example: 'rate: { limit: 3, per: 10s }',
  },
  {
    id: 'given.session-limit',
    meaning: 'Sessions that may be open at once; the case takes listeners of its own.',
    example: 'session-limit: 2',
  },
  {
    id: 'given.size-limit',
    meaning: 'Octets of the largest message that is taken.',
    example: 'size-limit: 1000',
  },
  {
    id: 'given.recipient-limit',
    meaning: 'Recipients that one transaction may have.',
    example: 'recipient-limit: 100',
  },
  {
    id: 'given.mechanisms',
    meaning:
      'What AUTH offers, in this order: PLAIN, LOGIN, XOAUTH2, OAUTHBEARER. The last two are off unless they are named; the case takes listeners of its own.',
    example: 'mechanisms: [PLAIN, XOAUTH2, OAUTHBEARER]',
  },
  {
    id: 'given.recipients',
    meaning:
      'The recipients by name, each with a role; `${name}` is the address. A role and a number make a group: `many: accepts x250`.',
    example: 'recipients: { to: accepts, cc: full, many: accepts x250 }',
  },
  {
    id: 'given.clock',
    meaning:
      'When the account’s clock starts, in UTC; 2026-01-15T12:00:00Z unless said. It stands still until a `T:` line moves it.',
    example: 'clock: 2026-01-31T23:59:50Z',
  },
  {
    id: 'given.listeners',
    meaning: '`own` gives the case listeners of its own; what changes a whole gateway takes them by itself.',
    example: 'listeners: own',
  },
] as const satisfies readonly Word[];
