import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { mutants } from './mutants.ts';
import { runMutants } from './run-mutants.ts';

test('one mutant alone is run and told; those that were not run stay in the denominator', async () => {
  const folder = await mkdtemp(`${tmpdir()}/mutants-`);
  try {
    const reports = pathToFileURL(`${folder}/`);
    let said = '';
    const exitCode = await runMutants(['--only', '450-as-452'], reports, (text) => {
      said += text;
    });
    expect(exitCode).toBe(0);
    expect(said).toContain(`\n1 of ${mutants.length} mutants caught, 1 run\n`);
    const results: unknown = JSON.parse(await readFile(new URL('mutants.json', reports), 'utf8'));
    expect(results).toHaveLength(mutants.length);
    expect(results).toContainEqual({
      id: '450-as-452',
      rule: 'error.450',
      wrong: 'says 452 for 450',
      hit: true,
      caught: true,
      findingRule: 'error.450',
      scenarios: expect.arrayContaining(['billing/balance-empty @587']),
      ms: expect.any(Number),
    });
    expect(results).toContainEqual(expect.objectContaining({ id: '450-closes', hit: false, caught: false }));
    expect(await readFile(new URL('mutants.md', reports), 'utf8')).toContain('| ✓ | 450-as-452 |');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an unknown mutant is a mistake in the command', async () => {
  let said = '';
  const exitCode = await runMutants(['--only', 'no-such'], new URL('file:///'), (text) => {
    said += text;
  });
  expect({ exitCode, said }).toEqual({ exitCode: 2, said: 'There is no mutant no-such.\n' });
});
