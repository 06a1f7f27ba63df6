import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import {
  accountSetupSchema,
  clockSchema,
  connectionSetupSchema,
  domainSchema,
  limitsSchema,
  recipientSchema,
  type AccountSetup,
} from '../control-api/schemas.ts';
import type { SandboxOperations } from '../sandbox/control/operations.ts';
import { UsageError } from './usage-error.ts';

// a misspelt key would be left out in silence, and its default taken
const accountSchema = accountSetupSchema
  .extend({
    domains: z.array(domainSchema.strict()).optional(),
    connections: z.array(connectionSetupSchema.strict()).optional(),
    recipients: z.array(recipientSchema.strict()).optional(),
    limits: limitsSchema.partial().strict().optional(),
    clock: clockSchema.partial().strict().optional(),
  })
  .strict()
  .transform((account): AccountSetup => account)
  .pipe(accountSetupSchema);

const seedSchema = z.strictObject({
  $schema: z.string().optional(),
  accounts: z.array(accountSchema).min(1).max(1_000),
});

/** What must be so where accounts outlive the start that made them: the next start finds each by its login. */
const keptSeedSchema = seedSchema.superRefine(({ accounts }, context) => {
  for (const [at, { connections }] of accounts.entries()) {
    if (connections[0]?.login !== undefined) continue;
    context.addIssue({
      code: 'custom',
      path: ['accounts', at, 'connections', 0, 'login'],
      message: 'with --data each account needs a login here, or each start would make it once more',
    });
  }
});

/** Accounts with fixed logins, so that an application's configuration need never change (rule `sandbox.seed`). */
export type Seed = z.output<typeof seedSchema>;

/**
 * Reads a seed file; `isKept` where its accounts are there again at the next start. Throws {@link UsageError} that says
 * what is wrong and where.
 */
export async function readSeed(path: string, { isKept }: { readonly isKept: boolean }): Promise<Seed> {
  const text = await readFile(path, 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (fault) {
    throw new UsageError(`${path} is not JSON: ${fault instanceof Error ? fault.message : String(fault)}.`);
  }
  const parsed = (isKept ? keptSeedSchema : seedSchema).safeParse(value);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) => `${path}: ${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`,
    );
    throw new UsageError(lines.join('\n'));
  }
  return parsed.data;
}

/** Makes the accounts of a seed; one whose first login is there already, from before a restart, stays as it is. */
export async function applySeedFile({ accounts }: Seed, operations: SandboxOperations): Promise<void> {
  for (const account of accounts) {
    const login = account.connections[0]?.login;
    const existing = login === undefined ? undefined : await operations.findAccountOfLogin(login);
    if (existing === undefined) await operations.createAccount(account);
  }
}
