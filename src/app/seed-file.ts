import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { accountSetupSchema } from '../control-api/schemas.ts';
import type { SandboxOperations } from '../sandbox/control/operations.ts';
import { UsageError } from './usage-error.ts';

const seedSchema = z.strictObject({
  $schema: z.string().optional(),
  accounts: z.array(accountSetupSchema.strict()).min(1).max(1_000),
});

/** Accounts with fixed logins, so that an application's configuration need never change (rule `sandbox.seed`). */
export type Seed = z.output<typeof seedSchema>;

/** Reads a seed file; throws {@link UsageError} that says what is wrong and where. */
export async function readSeed(path: string): Promise<Seed> {
  const text = await readFile(path, 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (fault) {
    throw new UsageError(`${path} is not JSON: ${fault instanceof Error ? fault.message : String(fault)}.`);
  }
  const parsed = seedSchema.safeParse(value);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) => `${path}: ${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`,
    );
    throw new UsageError(lines.join('\n'));
  }
  return parsed.data;
}

/** Makes the accounts of a seed; one whose first login is there already, from before a restart, stays as it is. */
export async function plantSeed({ accounts }: Seed, operations: SandboxOperations): Promise<void> {
  for (const account of accounts) {
    const login = account.connections[0]?.login;
    const existing = login === undefined ? undefined : await operations.findAccountOfLogin(login);
    if (existing === undefined) await operations.createAccount(account);
  }
}
