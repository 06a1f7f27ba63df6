import type { Role } from '../../../contract/emailmassivo/vocabulary.ts';
import type { Mode } from '../../../contract/modes.ts';
import { recordKinds } from '../../../contract/vocabulary.ts';
import type { AccountModel, LoginModel } from './account-model.ts';
import type { LoginName, Beginning } from './draft.ts';
import type { Step } from './step.ts';

/** A generated scenario before it is written: what it begins with, and its steps. */
export interface Plan {
  readonly mode: Mode;
  readonly balance: number;
  readonly sendLimit: number | undefined;
  readonly domain: 'verified' | 'unverified' | 'unregistered' | "another account's";
  /** Whether the login's own sender is on another domain, which is not verified: it shows Not Activated, and sends. */
  readonly standsApart?: boolean | undefined;
  readonly second: 'same account' | 'another account' | undefined;
  /** A third login; another account is one for both. */
  readonly third?: 'same account' | 'another account' | undefined;
  readonly rate: { readonly limit: number; readonly perMs: number } | undefined;
  readonly sizeLimit: number | undefined;
  readonly recipientLimit: number | undefined;
  readonly roles: readonly Role[];
  readonly clock: string;
  readonly steps: readonly Step[];
}

const names = ['ann', 'bob', 'cara', 'dan', 'eve'] as const;
const defaults = { rate: { limit: 100, perMs: 10_000 }, sizeLimit: 25 * 1024 * 1024, recipientLimit: 1_000 };

/** The model at the beginning of a plan, and `given` as the file says it. */
export function beginningOf(plan: Plan): Beginning {
  const roles = new Map(plan.roles.map((role, at) => [names[at % names.length] ?? 'ann', role]));
  const foreign = plan.domain === 'unregistered' || plan.domain === "another account's";
  const account = (registered: boolean): AccountModel => ({
    prepaid: plan.balance,
    monthly: [],
    charged: 0,
    registered,
    verified: plan.domain !== 'unverified',
    records: new Set(recordKinds),
    mailboxUp: true,
    roles: new Map(roles),
    suppressed: new Set([...roles].filter(([, role]) => role === 'suppressed').map(([name]) => name)),
    emails: [],
  });
  const login = (name: LoginName, sendLimit?: number): LoginModel => ({
    name,
    failures: [],
    mails: [],
    blocked: false,
    bad: [],
    sendLimit,
    sendsUsed: 0,
  });
  const first = account(!foreign);
  const other = account(true);
  const ownerOf = (whose: Plan['second']) => (whose === 'another account' ? other : first);
  const further = [plan.second && ('second' as const), plan.third && ('third' as const)];
  return {
    mode: plan.mode,
    given: givenOf(plan, roles),
    rate: plan.rate ?? defaults.rate,
    sizeLimit: plan.sizeLimit ?? defaults.sizeLimit,
    recipientLimit: plan.recipientLimit ?? defaults.recipientLimit,
    clock: Date.parse(plan.clock),
    recipients: [...roles.keys()],
    accounts: { first, second: ownerOf(plan.second), third: ownerOf(plan.third) },
    logins: { first: login('first', plan.sendLimit), second: login('second'), third: login('third') },
    present: ['first', ...further.filter((name) => name !== undefined)],
    standsApart: standsApart(plan),
  };
}

function standsApart(plan: Plan): boolean {
  return plan.standsApart === true && plan.domain === 'verified';
}

function givenOf(plan: Plan, roles: ReadonlyMap<string, Role>): Readonly<Record<string, unknown>> {
  return {
    balance: plan.balance,
    clock: plan.clock,
    ...(plan.domain !== 'verified' && { domain: plan.domain }),
    ...(standsApart(plan) && { connection: 'not activated' }),
    ...(plan.sendLimit !== undefined && { 'send-limit': plan.sendLimit }),
    ...((plan.second ?? plan.third) && {
      logins: { ...(plan.second && { second: plan.second }), ...(plan.third && { third: plan.third }) },
    }),
    ...(plan.rate && { rate: { limit: plan.rate.limit, per: `${plan.rate.perMs}ms` } }),
    ...(plan.sizeLimit && { 'size-limit': plan.sizeLimit }),
    ...(plan.recipientLimit && { 'recipient-limit': plan.recipientLimit }),
    recipients: Object.fromEntries(roles),
  };
}
