/**
 * `node proof/run-mutants.ts [--all] [--only ID]`: shows every wrong gateway to the suite, and writes what became of
 * each to `reports/mutants.json` and `reports/mutants.md`. Exit 1 where one that was run is not caught for the right
 * reason.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { mutants } from './mutants.ts';
import { isCaught, openProofMailbox, proveMutants, type Breadth, type Proof } from './prove.ts';
import { loadSuite } from './suite.ts';
import { countCaught, explain, resultsOf, spareScenarios, writeMarkdown } from './summary.ts';

/** Runs the command; `reports` is the folder's URL, with a slash at its end. Gives the exit code. */
export async function runMutants(
  args: readonly string[],
  reports: URL,
  write: (text: string) => void,
): Promise<0 | 1 | 2> {
  const { values } = parseArgs({
    args: [...args],
    options: { all: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
  });
  const unknown = values.only?.filter((id) => mutants.every((mutant) => mutant.id !== id)) ?? [];
  if (unknown.length > 0) {
    write(`There is no mutant ${unknown.join(', ')}.\n`);
    return 2;
  }
  const chosen = mutants.filter(({ id }) => values.only?.includes(id) ?? true);

  const scenarios = await loadSuite();
  const proofs = new Map<string, Proof>();
  const breadth: Breadth = values.all ? 'everything' : 'sample';
  await using mailbox = await openProofMailbox(breadth);
  const pending = proveMutants(chosen, scenarios, mailbox, breadth);
  for (const [id, promise] of pending) {
    const proof = await promise;
    proofs.set(id, proof);
    write(isCaught(proof) ? `✓ ${id}\n` : `✗ ${explain(proof)}`);
  }

  const results = resultsOf(mutants, proofs);
  await mkdir(reports, { recursive: true });
  await writeFile(new URL('mutants.json', reports), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(new URL('mutants.md', reports), writeMarkdown(results));

  if (chosen.length === mutants.length) {
    const ids = scenarios.map(({ id }) => id);
    const spare = spareScenarios(ids, results);
    write(`\nThese ${spare.length} of ${ids.length} scenarios catch nothing that no other catches:\n`);
    for (const id of spare) write(`  ${id}\n`);
  }
  write(`\n${countCaught(results)} of ${mutants.length} mutants caught, ${chosen.length} run\n`);
  return [...proofs.values()].every(isCaught) ? 0 : 1;
}

if (import.meta.main) {
  process.exitCode = await runMutants(
    process.argv.slice(2),
    new URL('../reports/', import.meta.url),
    (text) => process.stdout.write(text),
  );
}
