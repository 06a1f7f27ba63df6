import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { z } from 'zod';
import { startChild } from '../child.ts';
import { median, type Bar, type Row } from '../row.ts';
import type { Work } from './work.ts';

/** Together all that a sandbox keeps. */
const EMAILS = ['1000', '999000'];
const ROUNDS = 5;

/** Pages that are opened by their address, in a browser that has nothing of them yet. */
const opened = [
  '',
  '/statistics',
  '/history',
  '/inbox',
  '/sessions',
  '/sandbox',
  '/rules',
  '/pricing/ledger',
];
/** Pages that are then opened one after the other by their link. */
const clicked = ['Statistics', 'Send history', 'Inbox', 'Sandbox', 'Rules', 'Statistics'];

const traceSchema = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.int(),
      tid: z.int(),
      dur: z.number().default(0),
      args: z.object({ name: z.unknown() }).partial().optional(),
    }),
  ),
});

/** The longest task of the page's thread in milliseconds, by a trace of Chromium: while it lasts nothing answers a key. */
export function dashboardTasks(bar: Bar): Work {
  return {
    name: 'tasks of the dashboard at 999000 emails',
    quick: false,
    run: async ({ profileFolder }) => {
      await using child = startChild('peers/history.ts', EMAILS, profileFolder);
      const { url, accounts } = await child.ask(
        'where',
        undefined,
        z.object({ url: z.string(), accounts: z.tuple([z.string(), z.string()]) }),
      );
      await using browser = await chromium.launch({
        executablePath: '/usr/bin/chromium',
        chromiumSandbox: false,
      });
      const start = `${url}/ui/accounts/${accounts[1]}`;
      const longest = new Map<string, number[]>();
      for (let round = 0; round <= ROUNDS; round += 1) {
        for await (const [name, task] of oneRound(browser, start)) {
          // the first round is the warm-up
          if (round > 0) longest.set(name, [...(longest.get(name) ?? []), task]);
        }
      }
      return { rows: [...longest].map(([name, tasks]) => rowOf(name, tasks, bar)), notRun: [] };
    },
  };
}

async function* oneRound(browser: Browser, start: string): AsyncGenerator<readonly [string, number]> {
  const viewport = { width: 1_440, height: 900 };
  for (const path of opened) {
    await using context = await browser.newContext({ viewport });
    const page = await context.newPage();
    yield [`opening ${path === '' ? '/' : path}`, await traced(browser, page, () => page.goto(start + path))];
  }
  await using context: BrowserContext = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.goto(start);
  await page.getByText('Live', { exact: true }).waitFor();
  for (const name of clicked) {
    const link = page.getByRole('navigation').getByRole('link', { name });
    yield [`a click on ${name}`, await traced(browser, page, () => link.click())];
  }
}

/** The longest task from an act until the page has shown what it does. */
async function traced(browser: Browser, page: Page, act: () => Promise<unknown>): Promise<number> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  await act();
  await page.getByRole('heading', { level: 1 }).waitFor();
  const waiting = page.getByRole('main').getByRole('status', { name: /^(?:Reading|Loading)/ });
  await waiting.first().waitFor({ state: 'detached' });
  // the chart is drawn behind the numbers, one status after the other
  if (page.url().endsWith('/statistics')) await page.locator('[data-drawn=true]').waitFor();
  await page.evaluate('new Promise((done) => requestIdleCallback(done))');
  const { traceEvents } = traceSchema.parse(JSON.parse((await browser.stopTracing()).toString()));
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => name === 'RunTask' && threads.has(`${pid} ${tid}`),
  );
  if (tasks.length === 0) throw new Error(`The trace of ${page.url()} has no task.`);
  return Math.max(...tasks.map(({ dur }) => dur)) / 1_000;
}

const rowOf = (name: string, tasks: readonly number[], bar: Bar): Row => ({
  name: `longest task, ${name}`,
  unit: 'ms',
  ours: median(tasks),
  peerName: undefined,
  peer: undefined,
  ratio: undefined,
  bar,
  latency: undefined,
  processor: undefined,
  notes: [`median of ${tasks.length}, the longest ${Math.max(...tasks).toFixed(0)} ms`],
});
