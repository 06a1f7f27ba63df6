import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { multiplyByModes } from '../../src/conformance/scenario/matrix.ts';
import { modes } from '../../src/contract/emailmassivo/transition.ts';
import { openProofMailbox } from '../prove.ts';
import { loadSuite } from '../suite.ts';
import type { AutomaticMutant } from './automatic-mutant.ts';
import { instrumentTree } from './instrument.ts';
import { recordCoverage, type Coverage } from './record-coverage.ts';

/** An instrumented tree, its mutants, and what reaches them. */
export interface InstrumentedTree {
  /** What sources and scenarios it was made of; verdicts hold for these alone. */
  readonly key: string;
  readonly folder: string;
  readonly mutants: readonly AutomaticMutant[];
  readonly coverage: Coverage;
}

/** Counted up when a tree is made in another way, so that an old one is not used again. */
const MAKING = 4;

/** Makes the instrumented tree of a project in the machine's temporary folder; what was made before is used again. */
export async function openTree(project: string, say: (text: string) => void): Promise<InstrumentedTree> {
  const key = await keyOf(project, [join(project, 'src'), join(project, 'scenarios')]);
  const folder = join(tmpdir(), `gauntlet-mutants-${key}`);
  const facts = join(folder, 'facts.json');
  if (!existsSync(facts)) {
    say('Building all mutants into a copy of the sources, and recording which case reaches which …\n');
    await rm(folder, { recursive: true, force: true });
    const mutants = await instrumentTree(project, folder);
    const cases = multiplyByModes(await loadSuite(), modes);
    await using mailbox = await openProofMailbox();
    const coverage = await recordCoverage(folder, cases, mailbox);
    await mkdir(folder, { recursive: true });
    await writeFile(`${facts}.part`, JSON.stringify({ mutants, coverage }));
    await rename(`${facts}.part`, facts);
  }
  const { mutants, coverage } = JSON.parse(await readFile(facts, 'utf8')) as Pick<
    InstrumentedTree,
    'mutants' | 'coverage'
  >;
  return { key, folder, mutants, coverage };
}

/**
 * A word that stands for all that is in these folders, and for the project's place: the tree links to its modules, and a
 * tree of another checkout may link to one that is gone.
 */
async function keyOf(project: string, folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(`${MAKING}\n${project}\n`);
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.toSorted())
      hash.update(`${file.slice(folder.length)}\n`).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 12);
}
