/** The pages of the dashboard one by one: how they look with the longest names, and what stands on none of the walks. */
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account, Connection } from '../control-api/schemas.ts';
import { credentialsOf, hasBrowser, startWalk, type Walked } from './dashboard-fixture.ts';

/** Milliseconds in which a busy machine shows what it was told. */
const LIMIT = { timeout: 15_000 };

const longPart = 'n'.repeat(60);
const longDomain = `${'l'.repeat(60)}.${'o'.repeat(60)}.${'g'.repeat(60)}.example`;
const rightToLeft = 'مرحبا بالعالم، طلبك في الطريق';

/** States whose word does not fit its badge, and texts that reach out of a card that does not scroll. */
const cutStates = `[...document.querySelectorAll('.state .mantine-Badge-label, .mantine-Alert-message')]
  .filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.textContent)`;

/** Names as long as they may be, and in a script that goes from right to left, wherever a page shows one. */
async function addLongNames({ own }: Walked, { id }: Account): Promise<readonly Connection[]> {
  const { operations } = own.sandbox;
  await operations.setDomain(id, { name: longDomain, state: 'verified' });
  await operations.setDomain(id, { name: 'مثال.example', state: 'unverified' });
  await operations.addSender(id, `${longPart}@${longDomain}`);
  const setup = { blocked: false, sendLimit: null };
  const connections = [
    { ...setup, name: 'N'.repeat(200), sender: `${longPart}@${longDomain}` },
    { ...setup, name: rightToLeft.repeat(6), sender: 'orders@shop.example' },
  ];
  await operations.setRecipient(id, { address: `r${longPart}@${longDomain}`, role: 'full' });
  await operations.addSuppression(id, `s${longPart}@${longDomain}`);
  await operations.addTrigger(id, {
    stage: 'RCPT',
    match: { recipient: `t${longPart}@${longDomain}`, header: `X-Long: ${'h'.repeat(200)}` },
    reply: `451 ${'l'.repeat(200)}`,
    after: 2,
    times: 3,
    delayMs: 0,
  });
  return Promise.all(connections.map((each) => operations.createConnection(id, each)));
}

describe.skipIf(!hasBrowser)('the pages in Chromium (needs /usr/bin/chromium)', () => {
  let walked: Walked;
  beforeAll(async () => {
    walked = await startWalk();
  }, 60_000);
  afterAll(() => walked[Symbol.asyncDispose]());

  const shows = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor(LIMIT);

  test.each([
    ['light', 1_440],
    ['dark', 390],
  ] as const)(
    'axe finds nothing on any page, nor does a name leave its place: %s, %i wide',
    { timeout: 120_000 },
    async (colorScheme, width) => {
      const { operations } = walked.own.sandbox;
      const account = await walked.newAccount();
      const [connection] = await addLongNames(walked, account);
      for (const recipient of [
        'accepts@simulator.test',
        'full@simulator.test',
        `${longPart}@${longDomain}`,
      ]) {
        await walked.send(credentialsOf(walked, account), recipient, {
          subject: recipient.startsWith('accepts') ? rightToLeft : 'S'.repeat(200),
          html: '<p>It works.</p>',
        });
      }
      await operations.waitSettled(account.id, 10_000);
      const { emails } = await operations.listHistory(account.id);
      const { sessions } = await operations.listSessions();
      const refused = sessions.findLast(({ entries }) => entries.some(({ kind }) => kind === 'decision'));
      const page = await walked.open(account, '', { colorScheme, viewport: { width, height: 900 } });
      const found: string[] = [];
      for (const path of [
        '',
        '/connections',
        '/connections/new',
        `/connections/${connection?.id}`,
        '/domains',
        `/domains/${longDomain}`,
        '/statistics',
        '/history',
        '/history?search=nothing-has-this',
        `/history/${emails[0]?.id}`,
        '/pricing',
        '/pricing/ledger',
        '/sessions',
        `/sessions/${refused?.id}`,
        '/inbox',
        '/sandbox',
        '/rules?search=balance',
        '/no-such-page',
      ]) {
        await page.goto(`${walked.own.sandbox.controlUrl}/ui/accounts/${account.id}${path}`);
        await page.waitForLoadState('load');
        await page
          .getByRole('heading', { level: 1 })
          .or(page.getByText('There is no such page'))
          .first()
          .waitFor(LIMIT);
        await page
          .getByRole('main')
          .getByRole('status', { name: /^(?:Reading|Loading)/ })
          .first()
          .waitFor({ state: 'detached', ...LIMIT });
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate<AxeResults>('axe.run(document, { iframes: false })');
        for (const { id, nodes } of violations) found.push(`${path}: ${id} at ${nodes[0]?.html}`);
        const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        if (beyond > 0) found.push(`${path}: wider than the window by ${beyond}`);
        for (const text of await page.evaluate<string[]>(cutStates)) found.push(`${path}: ${text} is cut`);
      }
      expect(found).toEqual([]);
    },
  );

  test('ten tabs are live at once, and each goes on', { timeout: 60_000 }, async () => {
    const account = await walked.newAccount();
    const first = await walked.open(account, '/history');
    const tabs = [first];
    for (let tab = 1; tab < 10; tab += 1) tabs.push(await first.context().newPage());
    // more streams than a browser opens connections to a host: a tab beyond would wait for ever
    for (const tab of tabs.slice(1)) await tab.goto(first.url());
    await Promise.all(tabs.map((tab) => tab.getByText('Live', { exact: true }).waitFor(LIMIT)));
    await walked.send(credentialsOf(walked, account), 'accepts@simulator.test');
    await Promise.all(
      tabs.map((tab) => tab.getByRole('link', { name: 'To accepts@simulator.test' }).waitFor(LIMIT)),
    );
    await Promise.all(tabs.slice(0, 9).map((tab) => tab.close()));
    await walked.send(credentialsOf(walked, account), 'accepts+left@simulator.test');
    await tabs[9]?.getByRole('link', { name: 'To accepts+left@simulator.test' }).waitFor(LIMIT);
    expect(walked.troubles).toEqual([]);
    await first.context().close();
  });

  test('the sandbox page arranges what it says, and a reset undoes it', { timeout: 60_000 }, async () => {
    const { operations } = walked.own.sandbox;
    const account = await walked.newAccount();
    const credentials = credentialsOf(walked, account);
    const page = await walked.open(account, '/sandbox');
    await page.getByLabel('Stage').selectOption('RCPT');
    await page.getByLabel('Matches that pass first').fill('1');
    await page.getByLabel('Recipient', { exact: true }).fill('anna@first.example');
    await page.getByLabel('Reply').fill('451 Try again');
    await page.getByRole('button', { name: 'Add trigger' }).click();
    await shows(page, '1 of 1, after 1 more');
    expect(await walked.send(credentials, 'bert@first.example')).toMatch(/^250 /);
    expect(await walked.send(credentials, 'anna@first.example')).toMatch(/^250 /);
    expect(await walked.send(credentials, 'anna@first.example')).toBe('451 Try again');
    expect(await walked.send(credentials, 'anna@first.example')).toMatch(/^250 /);
    await page.getByLabel('Fault of TLS').selectOption('expired');
    await page.getByRole('button', { name: 'Add trigger' }).click();
    await shows(page, /needs listeners of its own\.$/);
    await page.locator('label', { hasText: 'Mailbox is away' }).click();
    await page.getByRole('switch', { name: 'Mailbox is away', checked: true }).waitFor(LIMIT);
    await page.getByRole('button', { name: 'Reset the account' }).click();
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    await shows(page, 'No trigger stands.');
    await page.getByRole('switch', { name: 'Mailbox is away', checked: false }).waitFor(LIMIT);

    // a search that finds nothing says so, and its field follows when the filters are cleared
    for (const [path, nothing] of [
      ['history', 'No mail matches'],
      ['inbox', 'No delivered mail matches'],
    ] as const) {
      await page.goto(`${walked.own.sandbox.controlUrl}/ui/accounts/${account.id}/${path}`);
      await page.getByLabel('Search').fill('nowhere');
      await shows(page, nothing);
      await page.getByRole('button', { name: 'Clear the filters' }).click();
      await page.getByText(nothing).waitFor({ ...LIMIT, state: 'detached' });
      expect(await page.getByLabel('Search').inputValue()).toBe('');
    }

    // what each message cost, and what goes for good
    await page.goto(`${walked.own.sandbox.controlUrl}/ui/accounts/${account.id}/pricing/ledger`);
    await page.getByRole('link', { name: 'A message to 1 recipient' }).nth(2).waitFor(LIMIT);
    await page.getByRole('link', { name: 'Domains and senders' }).click();
    for (const name of ['orders@shop.example', 'shop.example']) {
      await page.getByRole('button', { name: `Remove ${name}`, exact: true }).click();
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await shows(page, `${name} is removed`);
    }
    await shows(page, 'No domain yet');
    expect(await operations.showAccount(account.id)).toMatchObject({ domains: [], senders: [] });
    expect(await walked.send(credentials, 'anna@first.example')).toBe('553 Domain not found');
    await page.context().close();
  });
});
