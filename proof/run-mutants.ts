import { ruleNamed } from '../src/contract/emailmassivo/transition.ts';
/**
 * `node proof/run-mutants.ts [--all] [--only ID] [--explore] [--seed TEXT]`: shows every wrong gateway to the suite, and
 * with `--explore` to generated sessions too; writes what became of each to `reports/mutants.json` and
 * `reports/mutants.md`. Exit 1 where one that was run is not caught for the right reason, or where generated sessions
 * find fewer than {@link EXPLORER_SHARE} of them. With `--random N` mutants are drawn from the sources themselves:
 * `automatic/random-mutants.ts` says how.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { MailboxHost } from '../src/mailbox/mailbox.ts';
import { runRandomMutants } from './automatic/random-mutants.ts';
import { exploreMutant, type ExplorerProof } from './explore-mutant.ts';
import type { Mutant } from './mutant.ts';
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
    options: {
      all: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      explore: { type: 'boolean', default: false },
      seed: { type: 'string', default: 'mutants' },
      random: { type: 'string' },
      jobs: { type: 'string' },
      minutes: { type: 'string' },
      sessions: { type: 'string' },
    },
  });
  const { random: size, seed, jobs, minutes, sessions } = values;
  if (size !== undefined) {
    const least = { random: 1, jobs: 1, minutes: 1, sessions: 0 };
    const wrong = Object.entries({ random: size, jobs, minutes, sessions }).find(
      ([name, text]) =>
        text !== undefined && !(/^\d{1,5}$/.test(text) && Number(text) >= least[name as keyof typeof least]),
    );
    if (wrong !== undefined) {
      write(`--${wrong[0]} takes a whole number, not ${wrong[1]}.\n`);
      return 2;
    }
    const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
    return runRandomMutants(
      { size: Number(size), seed, jobs: number(jobs), minutes: number(minutes), sessions: number(sessions) },
      reports,
      write,
    );
  }
  const unknown = values.only?.filter((id) => mutants.every((mutant) => mutant.id !== id)) ?? [];
  if (unknown.length > 0) {
    write(`There is no mutant ${unknown.join(', ')}.\n`);
    return 2;
  }
  const chosen = mutants.filter(({ id }) => values.only?.includes(id) ?? true);

  const scenarios = await loadSuite();
  const proofs = new Map<string, Proof>();
  const breadth: Breadth = values.all ? 'everything' : 'sample';
  await using mailbox = await openProofMailbox();
  const pending = proveMutants(chosen, scenarios, mailbox, breadth);
  for (const [id, promise] of pending) {
    const proof = await promise;
    proofs.set(id, proof);
    write(isCaught(proof) ? `✓ ${id}\n` : `✗ ${explain(proof)}`);
  }

  const explored = values.explore
    ? await exploreMutants(chosen, mailbox, values.seed, write)
    : new Map<string, ExplorerProof>();
  const results = resultsOf(mutants, proofs, explored);
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
  const found = [...explored.values()].filter(({ caught }) => caught).length;
  if (values.explore) write(`${found} of ${explored.size} found by generated sessions\n`);
  return [...proofs.values()].every(isCaught) && found >= explored.size * EXPLORER_SHARE ? 0 : 1;
}

/** The share of wrong gateways that generated sessions must find. */
const EXPLORER_SHARE = 0.95;
/** Mutants explored side by side. */
const EXPLORED_AT_ONCE = 2;

/** Lets generated sessions at each of these; what only the control API shows no session can find. */
async function exploreMutants(
  chosen: readonly Mutant[],
  mailbox: MailboxHost,
  seed: string,
  write: (text: string) => void,
): Promise<ReadonlyMap<string, ExplorerProof>> {
  const explored = new Map<string, ExplorerProof>();
  const queue = chosen.filter(({ rule }) => ruleNamed(rule).shownBy !== 'control test');
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const proof = await exploreMutant(next, mailbox, seed);
      explored.set(next.id, proof);
      write(
        `${proof.caught ? '✓' : '✗'} ${next.id}, explored: ${proof.property ?? 'nothing found'}, ${proof.runs} sessions, ${proof.ms} ms\n`,
      );
    }
  };
  await Promise.all(Array.from({ length: EXPLORED_AT_ONCE }, work));
  return explored;
}

if (import.meta.main) {
  process.exitCode = await runMutants(
    process.argv.slice(2),
    new URL('../reports/', import.meta.url),
    (text) => process.stdout.write(text),
  );
}
