/**
 * `npm run mutants -- --random N --seed TEXT [--jobs N] [--minutes N] [--sessions N]`: draws mutants of the sources, and
 * lets the suite and generated sessions judge each over the wire. It may be stopped; begun again with the same seed and
 * the same sources it goes on where it was. The last line is the score. Exit 0 whatever the score, 2 where the harness
 * fails.
 */
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { multiplyByModes } from '../../src/conformance/scenario/matrix.ts';
import { modes } from '../../src/contract/emailmassivo/transition.ts';
import { loadSuite } from '../suite.ts';
import { GatewayProcess } from './gateway-process.ts';
import { readLookBook, readLookKinds, readUnreachedPlaces } from './looked-at.ts';
import { orderCases } from './order-cases.ts';
import { writeAutomaticMarkdown } from './report.ts';
import { sampleMutants } from './sample.ts';
import { joinJudged, scoreOf, showScore } from './score.ts';
import { openTree } from './tree.ts';
import type { Verdict } from './verdict.ts';
import { judgeAll } from './worker-pool.ts';

/** What was asked. */
export interface RandomOptions {
  readonly size: number;
  readonly seed: string;
  /** Mutants judged side by side; as many as there are processors unless said. */
  readonly jobs?: number | undefined;
  /** After this no mutant is begun; what has begun is given up. */
  readonly minutes?: number | undefined;
  /** Generated scenarios of each property that a survivor of the suite must pass; 0 leaves them to a later run. */
  readonly sessions?: number | undefined;
}

const SESSIONS = 300;
/** Milliseconds in which the unchanged gateway must be up, on a machine that does much else. */
const PATIENT_START_MS = 90_000;
const project = new URL('../../', import.meta.url);

/** Runs the command; `reports` is the folder's URL, with a slash at its end. */
export async function runRandomMutants(
  { size, seed, jobs = cpus().length, minutes, sessions = SESSIONS }: RandomOptions,
  reports: URL,
  write: (text: string) => void,
): Promise<0 | 2> {
  const tree = await openTree(fileURLToPath(project), write);
  if (tree.coverage.red.length > 0) {
    write(`These cases do not pass without a mutant and judge nothing: ${tree.coverage.red.join(', ')}\n`);
  }
  const unfit = await whyUnfit(tree.folder);
  if (unfit !== undefined) {
    write(`The gateway does not start without a mutant, so no mutant can be judged: ${unfit}\n`);
    return 2;
  }
  const drawn = sampleMutants(tree.mutants, size, seed);
  const name = `mutants-${tree.key}-${seed.replaceAll(/[^\w-]/g, '_')}`;
  await mkdir(reports, { recursive: true });
  const record = new URL(`${name}.ndjson`, reports);
  const verdicts = await readVerdicts(record);
  const casesOf = orderCases(multiplyByModes(await loadSuite(), modes), tree.coverage, tree.mutants);
  const left = drawn.filter(({ id }) => isLeft(verdicts.get(id), sessions));
  const failed: string[] = [];
  const placeOf = new Map(drawn.map(({ id, file, line }) => [id, `src/${file}:${line}`]));
  const stop = stopSignal(minutes);
  let appended: Promise<void> = Promise.resolve();
  await judgeAll(
    tree.folder,
    left.map((mutant) => ({
      id: mutant.id,
      number: mutant.number,
      cases: casesOf(mutant),
      scripted: verdicts.get(mutant.id)?.scripted,
      generated: { runs: sessions, seed },
    })),
    jobs,
    {
      judged: (verdict) => {
        verdicts.set(verdict.id, verdict);
        appended = appended.then(() => appendFile(record, `${JSON.stringify(verdict)}\n`));
        write(`${describe(verdict)} ${verdict.id} ${placeOf.get(verdict.id) ?? ''}, ${verdict.ms} ms\n`);
      },
      failed: ({ id }, why) => {
        failed.push(`${id} ${placeOf.get(id) ?? ''}: ${why}`);
        write(`! ${id}: ${why}\n`);
      },
    },
    stop,
  );
  await appended;
  const looks = await readLookBook(new URL('looked-at.json', import.meta.url));
  const unreached = await readUnreachedPlaces(new URL('unreached.json', import.meta.url));
  const kinds = await readLookKinds(new URL('said-once.json', import.meta.url));
  const judged = joinJudged(drawn, verdicts, looks, unreached, kinds);
  const facts = { seed, key: tree.key, all: tree.mutants.length, drawn: drawn.length, failed };
  await writeFile(new URL(`${name}.md`, reports), writeAutomaticMarkdown(judged, facts));
  const score = scoreOf(judged);
  await writeFile(
    new URL(`${name}.json`, reports),
    `${JSON.stringify({ ...facts, score, judged }, null, 1)}\n`,
  );
  write(`\nThe report: ${fileURLToPath(new URL(`${name}.md`, reports))}\n`);
  const rest = drawn.filter(({ id }) => isLeft(verdicts.get(id), SESSIONS)).length;
  if (rest > 0) write(`${rest} of ${drawn.length} are left; the same command goes on with them.\n`);
  if (failed.length > 0) write(`The harness failed on ${failed.length}.\n`);
  write(`${showScore(score)}\n`);
  return failed.length > 0 || tree.coverage.red.length > 0 ? 2 : 0;
}

/** Why the tree's gateway does not start although nothing is changed in it: then every mutant would count as caught. */
async function whyUnfit(tree: string): Promise<string | undefined> {
  using gateway = new GatewayProcess(tree, undefined, PATIENT_START_MS);
  try {
    // nothing is handed over to it before the first mail
    await gateway.start({ host: '127.0.0.1', port: 9 });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether something is still to be found out: a survivor of the suite alone waits for generated sessions. */
function isLeft(verdict: Verdict | undefined, sessions: number): boolean {
  if (verdict === undefined) return true;
  return sessions > 0 && verdict.scripted.kind === 'survived' && verdict.generated === undefined;
}

function describe({ scripted, generated }: Verdict): string {
  const by = scripted.kind === 'caught' ? scripted : generated;
  if (by?.kind !== 'caught') return '✗ survived';
  return `✓ ${by.rule ?? by.how} (${by.by})`;
}

/** Ends at an interruption, or after so many minutes. */
function stopSignal(minutes: number | undefined): AbortSignal {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort()).once('SIGTERM', () => stop.abort());
  return minutes === undefined
    ? stop.signal
    : AbortSignal.any([stop.signal, AbortSignal.timeout(minutes * 60_000)]);
}

async function readVerdicts(file: URL): Promise<Map<string, Verdict>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  // our own file; a line that was cut off when the command was killed is judged again
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  const known = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Verdict);
  return new Map(known.map((verdict) => [verdict.id, verdict]));
}
