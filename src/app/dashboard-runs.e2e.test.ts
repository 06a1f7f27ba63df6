import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateRun } from '../conformance/report/generated-run-fixture.ts';
import { htmlReport } from '../conformance/report/html.ts';
import { faultsOf, hasBrowser, startWalk, type Walked } from './dashboard-fixture.ts';
import { emailmassivo } from '../contract/emailmassivo/emailmassivo.ts';
import { readSuite } from './read-suite.ts';
import { projectFolder } from './command-line-fixture.ts';

/** Milliseconds in which a busy machine shows what it was told. */
const LIMIT = { timeout: 15_000 };

describe.skipIf(!hasBrowser)('runs and rules in the dashboard (needs /usr/bin/chromium)', () => {
  let walked: Walked;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gauntlet-runs-'));
    const suite = () => readSuite({ suiteFolder: join(projectFolder, 'scenarios') }, emailmassivo);
    walked = await startWalk(undefined, { reports: folder, suite });
  }, 60_000);
  afterAll(async () => {
    await walked[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  test(
    'a run that has just ended is listed, opens in its frame, and works there',
    { timeout: 90_000 },
    async () => {
      const account = await walked.newAccount();
      const page = await walked.open(account, '/runs', {
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      await page.getByText('No report yet').waitFor(LIMIT);
      await writeFile(
        join(folder, 'monday.html'),
        htmlReport({ events: generateRun({ cases: 60, findings: 1 }) }),
      );
      const row = page.getByRole('row').filter({ hasText: 'monday.html' });
      await row.getByText('1 finding').waitFor(LIMIT);
      await row.getByText('1 failed').waitFor(LIMIT);
      await row.getByRole('link').click();

      const report = page.frameLocator('iframe');
      await report.getByRole('heading', { name: '1 of 14 rules does not hold' }).waitFor(LIMIT);
      await report.getByRole('button', { name: /^copy/ }).click();
      await report.getByText('copied').waitFor(LIMIT);
      await report.getByRole('tab', { name: 'Rules' }).click();
      await report.getByLabel('filter').fill('starttls');
      await report.locator('button.cell').first().click();
      await report.getByRole('dialog').waitFor(LIMIT);
      expect(walked.troubles).toEqual([]);
    },
  );

  test(
    'a report that somebody else wrote reaches nothing of ours and nothing elsewhere',
    { timeout: 90_000 },
    async () => {
      const heard: string[] = [];
      await using canary = createServer(({ url }, response) => {
        heard.push(String(url));
        response.end();
      }).listen(0, '127.0.0.1');
      await once(canary, 'listening');
      const elsewhere = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`;
      const about = {
        kind: 'run',
        name: '<img src=x onerror=alert(1)>',
        totals: [],
        findings: 2,
        isWhole: true,
      };
      await writeFile(
        join(folder, 'evil.html'),
        `<meta name="gauntlet-report" content="${encodeURIComponent(JSON.stringify(about))}">
<body><p id="said"></p><img src="${elsewhere}/picture"><script src="${elsewhere}/script"></script><script>
const said = [];
const tried = (what, act) => { try { act(); said.push(what); } catch {} };
tried('cookie', () => document.cookie);
tried('storage', () => localStorage.length);
tried('parent', () => parent.document.title);
if (top !== self) tried('top', () => { top.location = '${elsewhere}/top'; });
Promise.allSettled([fetch('/accounts'), fetch('${elsewhere}/fetch')]).then((results) => {
  said.push(...results.filter(({ status }) => status === 'fulfilled').map(() => 'fetch'));
  document.getElementById('said').textContent = 'reached: ' + said.join(' ');
});
</script>`,
      );
      const account = await walked.newAccount();
      const page = await walked.open(account, '/runs?search=evil');
      const link = page.getByRole('link', { name: about.name });
      await link.click();
      const said = page.frameLocator('iframe').getByText('reached:');
      await said.waitFor(LIMIT);
      // what is set on top is thrown or ignored, as the browser likes; where the page stands says which
      expect((await said.textContent())?.trim().replace(/ top$/, '')).toBe('reached:');
      expect(page.url()).toContain('/runs/');
      const alone = await walked.open(account, '');
      const id = /runs\/(\w+)/.exec(page.url())?.[1] ?? '';
      await alone.goto(`${walked.own.sandbox.controlUrl}/reports/${id}/page`);
      await alone.getByText('reached:').waitFor(LIMIT);
      expect(await alone.getByText('reached:').textContent()).not.toMatch(/cookie|storage|fetch/);
      expect(heard).not.toContain('/fetch');
      expect(heard).not.toContain('/picture');
      expect(heard).not.toContain('/script');
    },
  );

  test(
    'rules show their scenarios, and axe finds nothing, dark, light and narrow',
    { timeout: 120_000 },
    async () => {
      await writeFile(
        join(folder, 'tuesday.html'),
        htmlReport({ events: generateRun({ cases: 60, findings: 1, notArranged: 3 }) }),
      );
      const account = await walked.newAccount();
      const page = await walked.open(account, '/runs');
      const link = page.getByRole('link', { name: /^smtp\./ }).first();
      await link.waitFor(LIMIT);
      const found = [...(await faultsOf(page))];
      await link.click();
      await page.locator('iframe').waitFor(LIMIT);
      found.push(...(await faultsOf(page)));
      const { controlUrl } = walked.own.sandbox;
      await page.goto(`${controlUrl}/ui/accounts/${account.id}/rules?search=billing/balance-empty`);
      await page
        .getByText(/^\d+ scenarios$/)
        .last()
        .click();
      await page.getByText('gauntlet run billing/balance-empty', { exact: true }).first().waitFor(LIMIT);
      found.push(...(await faultsOf(page)));
      expect(found).toEqual([]);
    },
  );
});
