import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '../result/contract-fixture.ts';
import { recordedRuleOf } from '../result/recorded-contract.ts';
import { generateRun } from './generated-run-fixture.ts';
import { htmlReport } from './html.ts';

const executablePath = '/usr/bin/chromium';
const isThere = existsSync(executablePath);
const isDemanded = process.env['CI'] !== undefined;
const folder = await mkdtemp(join(tmpdir(), 'gauntlet-documentation-'));
afterAll(() => rm(folder, { recursive: true }));
const file = join(folder, 'run.html');
const flat = (text: string | null) => (text ?? '').replaceAll(/\s+/g, ' ');

describe.skipIf(!isThere && !isDemanded)('the documentation in the page (needs /usr/bin/chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    await writeFile(file, htmlReport({ events: generateRun({ cases: 60, findings: 1 }) }));
    // as root, as in a container, Chromium has no sandbox
    browser = await chromium.launch({ executablePath, chromiumSandbox: false });
  }, 60_000);
  afterAll(() => browser.close());

  const open = async (hash: string) => {
    const page = await browser.newPage();
    await page.goto(`${pathToFileURL(file).href}#${hash}`);
    await page.getByRole('tab').first().waitFor();
    return page;
  };

  test('each quoted sentence is a link to its place there, where it is marked', async () => {
    const page = await open('tab=traceability');
    for (const rule of contract.rules.filter(({ basis }) => basis === 'documented'))
      expect(await page.locator(`.trace a[href$="quote=${rule.id}"]`).textContent()).toBe(rule.source);
    await page.locator('.trace a[href$="quote=error.450"]').click();
    const mark = page.locator('mark');
    expect(flat(await mark.textContent())).toBe(recordedRuleOf(contract, 'error.450')?.source);
    const isInView = `document.querySelector('mark').getBoundingClientRect().bottom <= innerHeight`;
    expect(await page.evaluate(isInView)).toBe(true);
    await page.goBack();
    await page.locator('.trace a').first().waitFor();
    await page.close();
  });

  test('the sentence of an opened rule leads there too, and the dialog is gone', async () => {
    const page = await open('tab=rules&rule=port.465.implicit-tls&in=465%2Btls');
    const link = page.getByRole('dialog').locator('q a');
    const sentence = flat(await link.textContent());
    await link.click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(flat(await page.locator('mark').textContent())).toBe(sentence);
    await page.close();
  });
});
