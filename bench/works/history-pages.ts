import { z } from 'zod';
import { startChild } from '../child.ts';
import { median, type Bar, type Row } from '../row.ts';
import type { Bench, Work } from './work.ts';

const SHORT = 1_000;
/** Together with the short one all that a sandbox keeps. */
const LONG = 1_000_000 - SHORT;
/** Requests to each account in a round; they take turns. */
const REQUESTS = 60;

const questions = [
  ['statistics', 'statistics?from=2026-01-01T00:00:00.000Z&to=2026-01-29T00:00:00.000Z'],
  ['a page of history', 'history?limit=100'],
  ['a page of history, filtered by status', 'history?limit=100&status=bounced&from=2026-01-20T00:00:00.000Z'],
  ['a page of history, newest first', 'history?limit=100&order=newest'],
  ['a search of the history that finds many', 'history?limit=100&search=order'],
  ['a search of the history that finds nothing', 'history?limit=100&search=zebra'],
  ['a search of the history for two words', 'history?limit=50&order=newest&search=order%20customers'],
  ['a search of the history for a recipient', 'history?limit=50&order=newest&recipient=customers'],
  ['a search of the history for two letters', 'history?limit=50&order=newest&search=qx'],
  [
    'a search of the history for a word and a status',
    'history?limit=50&order=newest&search=order&status=bounced',
  ],
] as const;

/** What statistics and a page of history cost over the control API, of a long history beside a short one. */
export function historyPages(bar: Bar): Work {
  return {
    name: `statistics and history at ${LONG} emails`,
    quick: false,
    run: async (bench) => ({ rows: await measure(bench, bar), notRun: [] }),
  };
}

async function measure({ profileFolder, rounds }: Bench, bar: Bar): Promise<readonly Row[]> {
  await using child = startChild('peers/history.ts', [String(SHORT), String(LONG)], profileFolder);
  const { url, accounts } = await child.ask(
    'where',
    undefined,
    z.object({ url: z.string(), accounts: z.tuple([z.string(), z.string()]) }),
  );
  const rows: Row[] = [];
  for (const [name, path] of questions) {
    const figures: (readonly [number, number])[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const times: [number[], number[]] = [[], []];
      for (let request = 0; request < REQUESTS; request += 1) {
        for (const at of [0, 1] as const)
          times[at].push(await timed(`${url}/accounts/${accounts[at]}/${path}`));
      }
      if (round > 0) figures.push([median(times[0]), median(times[1])]);
    }
    rows.push({
      name: `${name}, ${LONG} emails`,
      unit: 'ms',
      ours: median(figures.map(([, long]) => long)),
      peerName: `${SHORT} emails`,
      peer: median(figures.map(([short]) => short)),
      ratio: median(figures.map(([short, long]) => long / short)),
      bar,
      latency: undefined,
      processor: undefined,
      notes: [`${REQUESTS} requests a round over the control API, the median of them`],
    });
  }
  return rows;
}

async function timed(url: string): Promise<number> {
  const start = performance.now();
  const response = await fetch(url);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return performance.now() - start;
}
