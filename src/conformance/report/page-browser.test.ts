import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe, { type AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '../result/contract-fixture.ts';
import { generateRun } from './generated-run-fixture.ts';
import { htmlReport } from './html.ts';
import { withRequirements } from './run-fixture.ts';

// The page in a real browser, as a tester meets it.
const executablePath = '/usr/bin/chromium';
const isThere = existsSync(executablePath);
// a machine of a developer may lack it, CI installs it
const isDemanded = process.env['CI'] !== undefined;

// every rule that a scenario can hold
const held = contract.rules.filter(({ shownBy }) => shownBy === 'scenario').length;

const folder = await mkdtemp(join(tmpdir(), 'gauntlet-page-'));
afterAll(() => rm(folder, { recursive: true }));

const runs = {
  'no finding': { events: generateRun({ cases: 60 }) },
  'one finding': { events: generateRun({ cases: 60, findings: 1 }) },
  'forty findings': {
    events: generateRun({ cases: 100, findings: 40, notArranged: 12 }),
    before: generateRun({ cases: 100, findings: 1 }),
  },
  'one own expectation': { events: withRequirements },
  '5,000 cases': { events: generateRun({ cases: 5_000, findings: 40 }) },
} as const;
type RunName = keyof typeof runs;
const names = Object.keys(runs) as readonly RunName[];
const dark: BrowserContextOptions = { colorScheme: 'dark' };
const narrow: BrowserContextOptions = { viewport: { width: 380, height: 720 } };

describe.skipIf(!isThere && !isDemanded)('the HTML page in Chromium (needs /usr/bin/chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    for (const name of names) await writeFile(fileOf(name), htmlReport(runs[name]));
    // as root, as in a container, Chromium has no sandbox
    browser = await chromium.launch({ executablePath, chromiumSandbox: false });
  }, 60_000);
  afterAll(() => browser.close());

  const fileOf = (name: RunName) => join(folder, `${name.replaceAll(/\W+/g, '-')}.html`);

  /** Opens a page of its own; whatever it complains of, or asks the network for, fails the test. */
  async function open(
    name: RunName,
    hash = '',
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; [Symbol.asyncDispose]: () => Promise<void> }> {
    const page = await browser.newPage(options);
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (message) => troubles.push(message.text()));
    page.on('request', (request) => {
      if (!request.url().startsWith(pathToFileURL(folder).href)) troubles.push(request.url());
    });
    await page.goto(`${pathToFileURL(fileOf(name)).href}#${hash}`);
    await page.getByRole('tab').first().waitFor();
    return {
      page,
      [Symbol.asyncDispose]: async () => {
        await page.close();
        expect(troubles).toEqual([]);
      },
    };
  }

  const cell = (page: Page, rule: string, mode: string) =>
    page.getByRole('button', {
      name: new RegExp(`^${rule.replaceAll('.', String.raw`\.`)}, ${mode.replace('+', String.raw`\+`)}:`),
    });
  const focused = (page: Page) => page.evaluate<string>(`document.activeElement?.getAttribute('aria-label')`);

  test.each([
    ['no finding', 'All 14 rules hold'],
    ['one finding', '1 of 14 rules does not hold'],
    ['forty findings', '8 of 22 rules do not hold'],
    ['one own expectation', '1 expectation of yours does not hold'],
    ['5,000 cases', `8 of ${held} rules do not hold`],
  ] as const)('of a run with %s says so', async (name, verdict) => {
    await using opened = await open(name);
    expect(await opened.page.getByRole('heading', { level: 1 }).textContent()).toBe(verdict);
  });

  test('a cell opens its rule and the transcript beside the dialogue; Escape closes it and gives the focus back', async () => {
    await using opened = await open('one finding', 'tab=rules');
    const { page } = opened;
    await cell(page, 'port.465.implicit-tls', '465+tls').click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('heading', { level: 2 }).textContent()).toContain('465 speaks TLS');
    const unmet = dialog.locator('tr.unmet');
    expect(await unmet.locator('td').allTextContents()).toEqual([
      '9',
      'S: 450 Balance not enough',
      expect.stringContaining('450 4.2.1 Balance not enough'),
    ]);
    expect(await dialog.locator('tr.finding').textContent()).toContain(
      'received450 4.2.1 Balance not enough',
    );
    expect(page.url()).toContain('rule=port.465.implicit-tls&in=465%2Btls');

    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    // the address follows the dialog
    await expect.poll(() => page.url()).not.toContain('rule=');
    expect(await focused(page)).toContain('port.465.implicit-tls, 465+tls');
  });

  test('with findings it opens on them, and one opens at what was expected and received', async () => {
    const context = await browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
      viewport: { width: 900, height: 400 },
    });
    const page = await context.newPage();
    await page.goto(pathToFileURL(fileOf('one finding')).href);
    const finding = page.locator('.findings li');
    expect(await finding.count()).toBe(1);
    const text = (await finding.textContent()) ?? '';
    for (const words of [
      'expected450 Balance not enough',
      'received450 4.2.1 Balance',
      '465 speaks TLS',
      'in 1 mode:',
    ])
      expect(text).toContain(words);
    await finding.getByRole('button', { name: /^copy/ }).click();
    await finding.getByText('copied').waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(
      'gauntlet run port/scenario-0 --mode 465+tls',
    );
    await finding.getByRole('button', { name: /three recipients/ }).click();
    const unmet = page.getByRole('dialog').locator('tr.finding');
    await expect.poll(async () => (await unmet.boundingBox())?.y ?? 1_000).toBeLessThan(400);
    await context.close();
  });

  test('without findings it opens on the rules, and says what columns and marks mean', async () => {
    await using opened = await open('no finding');
    const { page } = opened;
    expect(await page.getByRole('tab').first().textContent()).toBe('Rules');
    await page.getByText('What the columns and marks mean').click();
    await page.getByText('port 587, encrypted by STARTTLS').waitFor();
  });

  test('a section of an RFC is a link to its text', async () => {
    await using opened = await open('no finding', 'tab=traceability&q=5321');
    const links = opened.page.locator('.trace q a');
    await links.first().waitFor();
    expect(await links.first().getAttribute('href')).toMatch(
      /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+#section-[\d.]+\d$/,
    );
  });

  test('CR and LF are shown when asked for', async () => {
    await using opened = await open('one finding', 'rule=port.465.implicit-tls&in=465%2Btls');
    const { page } = opened;
    const end = page.locator('.end').first();
    expect(await end.isVisible()).toBe(false);
    await page.getByLabel('show CR and LF').check();
    expect(await end.isVisible()).toBe(true);
    expect(await end.textContent()).toBe('CR');
  });

  test('the arrow keys move through the matrix, and one cell alone stands in the order of tabs', async () => {
    await using opened = await open('one finding', 'tab=rules');
    const { page } = opened;
    await cell(page, 'port.465.implicit-tls', '465+tls').focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toContain('port.465.implicit-tls, 587:');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toContain('port.587.plain, 587:');
    await page.keyboard.press('End');
    expect(await focused(page)).toContain('port.587.plain, 25+starttls:');
    await page.keyboard.press('Home');
    expect(await focused(page)).toContain('port.587.plain, 465+tls:');
    await page.keyboard.press('ArrowUp');
    expect(await focused(page)).toContain('port.465.implicit-tls, 465+tls:');
    expect(await page.locator('button.cell[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
  });

  test('the filter narrows the rows, stands in the hash, and a link with it shows the same', async () => {
    await using opened = await open('one finding', 'tab=rules');
    const { page } = opened;
    await page
      .getByRole('button', { name: /failed/ })
      .first()
      .waitFor();
    await page.locator('.chip', { hasText: 'failed' }).click();
    expect(await page.locator('.matrix th[scope=row]').count()).toBe(1);
    expect(page.url()).toContain('outcome=failed');
    await page.getByLabel('filter').fill('no such rule');
    await page.getByText('Nothing here matches the filter.').waitFor();
    await page.getByRole('button', { name: 'Clear it' }).click();
    expect(await page.locator('.matrix th[scope=row]').count()).toBe(14);

    await using again = await open('one finding', 'tab=rules&q=starttls&mode=25%2Bstarttls&outcome=passed');
    expect(await again.page.getByLabel('filter').inputValue()).toBe('starttls');
    expect(await again.page.locator('.matrix th.mode').count()).toBe(1);
    expect(await again.page.locator('.chip[aria-pressed=true]').textContent()).toContain('passed');
  });

  test('the tabs: findings stand first, what was not shown last; arrows move between them', async () => {
    await using opened = await open('forty findings');
    const { page } = opened;
    expect(await page.getByRole('tab').allTextContents()).toEqual([
      'Findings8',
      'Rules',
      'Scenarios',
      'Changes',
      'Traceability',
      'Documentation',
      'Not shown12',
    ]);
    expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Findings8');
    await page.getByRole('tab', { selected: true }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByText('a second subscription (12 cases)').waitFor();
    for (const key of ['ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
    await page.locator('.trace').waitFor();
    expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Traceability');
    await page.locator('.trace summary').first().click();
    await page.locator('.trace li button').first().click();
    await page.getByRole('dialog').waitFor();
    await page.getByRole('button', { name: 'close' }).click();
    await page.getByRole('tab', { name: 'Changes' }).click();
    await page.getByText('39 new findings, 0 gone, 1 still there').waitFor();
  });

  test('of 5,000 cases shows its matrix at once and the rest of the scenarios in a moment', async () => {
    await using opened = await open('5,000 cases');
    const { page } = opened;
    const ready = await page.evaluate<number>('performance.now()');
    // told, not judged: how fast a machine is is no property of the page
    process.stdout.write(`5,000 cases: matrix drawn ${Math.round(ready)} ms after the page was asked for\n`);
    await page.getByRole('tab', { name: 'Scenarios' }).click();
    const rows = page.locator('.matrix th[scope=row]');
    await rows.nth(999).waitFor();
    expect(await rows.count()).toBe(1000);
  });

  describe('axe finds nothing serious', () => {
    const unhappy = async (page: Page): Promise<readonly string[]> => {
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate<AxeResults>('axe.run()');
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
    };
    const detail = 'tab=rules&rule=port.465.implicit-tls&in=465%2Btls';

    test.each([
      ['light', 'no finding', {}, ['tab=rules']],
      ['dark', 'one finding', dark, ['', 'tab=rules']],
      [
        'light',
        'forty findings',
        {},
        ['', 'tab=rules', detail, 'tab=not-shown', 'tab=traceability', 'tab=changes'],
      ],
      ['dark', 'forty findings', dark, ['tab=rules', detail, 'tab=not-shown', 'tab=changes']],
      ['light and narrow', 'forty findings', narrow, ['tab=scenarios', detail]],
      ['dark and narrow', 'forty findings', { ...dark, ...narrow }, ['tab=rules']],
    ] as const)('%s, %s', { timeout: 60_000 }, async (_what, name, options, hashes) => {
      for (const hash of hashes) {
        await using opened = await open(name, hash, options);
        expect([hash, await unhappy(opened.page)]).toEqual([hash, []]);
      }
    });

    test('and sees a planted fault', async () => {
      await using opened = await open('no finding');
      await opened.page.evaluate(`document.body.append(document.createElement('button'))`);
      expect(await unhappy(opened.page)).toEqual([expect.stringContaining('button-name')]);
    });
  });

  test('narrow, nothing is wider than the window', async () => {
    for (const hash of [
      '',
      'tab=rules',
      'tab=scenarios',
      'rule=port.465.implicit-tls&in=465%2Btls',
      'tab=traceability',
    ]) {
      await using opened = await open('forty findings', hash, narrow);
      const width = await opened.page.evaluate<number>('document.documentElement.scrollWidth');
      expect([hash, width]).toEqual([hash, 380]);
    }
  });
});
