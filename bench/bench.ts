/**
 * The benchmarks: `node bench/bench.ts [--quick] [--only NAME] [--profile FOLDER]`. Ours and its peers side by side, one
 * run, on loopback; ratios go to `reports/bench.md` and `reports/bench.json`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startChild } from './child.ts';
import { renderJson, renderMarkdown } from './report.ts';
import { isMet, type NotRun, type Row } from './row.ts';
import type { Bench } from './works/work.ts';
import { works } from './works/works.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** Part of the names of the works to run. */
    only: { type: 'string' },
    /** A folder for CPU profiles of the peers that run on Node. */
    profile: { type: 'string' },
  },
});

const say = (sentence: string): void => {
  process.stdout.write(`${sentence}\n`);
};
const { quick, only, profile } = values;
await using load = startChild('load/client.ts', [], undefined);
const bench: Bench = {
  roundMs: quick ? 500 : 2_000,
  warmUpMs: quick ? 500 : 1_500,
  rounds: 3,
  quick,
  profileFolder: profile,
  load,
};

const rows: Row[] = [];
const notRun: NotRun[] = [];
const chosen = works.filter((work) => (only === undefined ? !quick || work.quick : work.name.includes(only)));
if (chosen.length === 0)
  throw new Error(`No work is named ${String(only)}: ${works.map(({ name }) => name).join('; ')}.`);
for (const work of chosen) {
  const finding = await work.run(bench);
  rows.push(...finding.rows);
  notRun.push(...finding.notRun);
  for (const row of finding.rows) {
    const met = isMet(row);
    say(
      [
        row.name.padEnd(46),
        (row.peerName ?? '').padEnd(18),
        `${row.ours.toFixed(row.ours < 10 ? 1 : 0)} ${row.unit}`.padStart(18),
        (row.peer?.toFixed(row.peer < 10 ? 1 : 0) ?? '').padStart(8),
        (row.ratio?.toFixed(2) ?? '').padStart(8),
        met === undefined ? '' : met ? 'met' : 'NOT MET',
        row.processor === undefined
          ? ''
          : `${row.processor.ours.toFixed(0)} and ${row.processor.peer.toFixed(0)} µs of processor time;`,
        row.notes.join('; '),
      ].join(' '),
    );
  }
}

if (only === undefined) {
  const folder = new URL('../reports/', import.meta.url);
  const report = { runtime: `Node ${process.version}`, quick, rounds: bench.rounds, rows, notRun };
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('bench.json', folder), renderJson(report));
  await writeFile(new URL('bench.md', folder), renderMarkdown(report));
  say('reports/bench.md and reports/bench.json are written.');
}
