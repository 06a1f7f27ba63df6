/** The pages of the dashboard one by one: how they look with the longest names, and what stands on none of the walks. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account, Connection } from '../control-api/schemas.ts';
import { credentialsOf, faultsOf, hasBrowser, isShown, startWalk, type Walked } from './dashboard-fixture.ts';

/** Milliseconds in which a busy machine shows what it was told. */
const LIMIT = { timeout: 15_000 };

const longPart = 'n'.repeat(60);
const longDomain = `${'l'.repeat(60)}.${'o'.repeat(60)}.${'g'.repeat(60)}.example`;
const rightToLeft = 'مرحبا بالعالم، طلبك في الطريق';

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

  test(
    'axe finds nothing on any page, dialog and error, light and dark, wide and narrow, nor does a name leave its place',
    { timeout: 240_000 },
    async () => {
      const { operations, controlUrl } = walked.own.sandbox;
      const account = await walked.newAccount();
      const [connection, blocked] = await addLongNames(walked, account);
      await operations.setConnectionBlock(account.id, blocked?.id ?? '', true);
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
      const refused = sessions.findLast(({ outcome }) => outcome.word === 'refused');
      const page = await walked.open(account, '');
      const press = (name: string) => () => page.getByRole('button', { name }).first().click();
      const found: string[] = [];
      const places: readonly (readonly [string, (() => Promise<void>)?])[] = [
        [''],
        ['', press('Shop')],
        ['/connections'],
        ['/connections/new'],
        [`/connections/${connection?.id}`],
        [`/connections/${connection?.id}`, press('Generate a new password')],
        [`/connections/${blocked?.id}`],
        ['/connections/none'],
        ['/domains'],
        ['/domains', press(`Remove ${longDomain}`)],
        [`/domains/${longDomain}`],
        ['/domains/none.example'],
        ['/statistics'],
        ['/history'],
        ['/history?search=nothing-has-this'],
        ['/history?status=none'],
        [`/history/${emails[0]?.id}`],
        ['/history/none'],
        ['/pricing'],
        ['/pricing', press('Buy 1,000 emails')],
        ['/pricing/ledger'],
        ['/sessions'],
        [`/sessions/${refused?.id}`],
        ['/sessions/none'],
        ['/inbox'],
        ['/sandbox'],
        ['/sandbox', press('Reset the account')],
        ['/rules?search=balance'],
        ['/runs'],
        ['/runs/none'],
        ['/no-such-page'],
      ];
      for (const [path, open] of places) {
        await page.setViewportSize({ width: 1_440, height: 900 });
        await page.goto(`${controlUrl}/ui/accounts/${account.id}${path}`);
        await isShown(page);
        await open?.();
        if (open !== undefined) await page.getByRole('dialog').waitFor(LIMIT);
        found.push(...(await faultsOf(page)));
      }
      await page.goto(`${controlUrl}/ui/accounts/${account.id}/connections`);
      await press('Open the menu')();
      await page.getByRole('button', { name: 'Close the menu' }).waitFor(LIMIT);
      found.push(...(await faultsOf(page)));
      expect(found).toEqual([]);
    },
  );

  test.each([
    ['a shared worker', ''],
    ['no shared worker', 'delete globalThis.SharedWorker'],
  ])('eight tabs are live at once with %s, and each goes on', { timeout: 60_000 }, async (_with, script) => {
    const account = await walked.newAccount();
    const first = await walked.open(account, '/history');
    await first.context().addInitScript(script);
    await first.reload();
    const tabs = [first];
    for (let tab = 1; tab < 8; tab += 1) tabs.push(await first.context().newPage());
    // more streams than a browser opens connections to a host: a tab beyond would wait for ever
    for (const tab of tabs.slice(1)) await tab.goto(first.url());
    await Promise.all(tabs.map((tab) => tab.getByText('Live', { exact: true }).waitFor(LIMIT)));
    await walked.send(credentialsOf(walked, account), 'accepts@simulator.test');
    await Promise.all(
      tabs.map((tab) => tab.getByRole('link', { name: 'To accepts@simulator.test' }).waitFor(LIMIT)),
    );
    await Promise.all(tabs.slice(0, 7).map((tab) => tab.close()));
    await walked.send(credentialsOf(walked, account), 'accepts+left@simulator.test');
    await tabs[7]?.getByRole('link', { name: 'To accepts+left@simulator.test' }).waitFor(LIMIT);
    expect(walked.troubles.filter((trouble) => trouble.includes(account.id))).toEqual([]);
    await first.context().close();
  });

  test(
    'what goes wrong is said: a button pressed twice, an API that fails, an account that is gone',
    {
      timeout: 60_000,
    },
    async () => {
      const { operations } = walked.own.sandbox;
      const account = await walked.newAccount();
      const page = await walked.open(account, '/pricing');
      await page.getByRole('button', { name: /^Buy 1,000 emails/ }).click();
      await page.getByRole('button', { name: 'Buy now' }).dblclick();
      await shows(page, '1,000 sends bought');
      await page.getByText('2,000', { exact: true }).first().waitFor(LIMIT);
      expect(await operations.showAccount(account.id)).toMatchObject({ balance: 2_000 });

      // a filter of the address bar that is none can be left
      const url = page.url().replace('/pricing', '/history?status=none&from=2026-99-99&connection=%22');
      await page.goto(url);
      await shows(page, 'The send history cannot be shown');
      await page.getByLabel('Status').selectOption('');
      await page.getByLabel('Connection').selectOption('');
      await shows(page, 'Nothing was sent yet');
      await page.goBack();
      await page.getByRole('heading', { name: 'Pricing' }).waitFor(LIMIT);
      await page.goForward();
      await shows(page, 'Nothing was sent yet');
      await page.getByText('Live', { exact: true }).waitFor(LIMIT);

      await page.route('**/history?*', (route) =>
        route.fulfill({ status: 500, json: { code: 'fault', detail: 'The disk is full.' } }),
      );
      await walked.send(credentialsOf(walked, account), 'accepts@simulator.test');
      await shows(page, 'The send history could not be read again');
      await shows(page, 'The disk is full.');
      await page.unroute('**/history?*');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('link', { name: 'To accepts@simulator.test' }).waitFor(LIMIT);

      await page.getByRole('link', { name: 'Sandbox' }).click();
      await page.getByRole('heading', { name: 'Clock' }).waitFor(LIMIT);
      await operations.deleteAccount(account.id);
      await shows(page, 'This account is not there any more');
      await page.getByRole('link', { name: 'Show the account that is there' }).waitFor(LIMIT);
      await page.context().close();
    },
  );

  test(
    'colours that were chosen hold in every part, and what is there is not added again',
    { timeout: 60_000 },
    async () => {
      const account = await walked.newAccount();
      const page = await walked.open(account, '/domains', { colorScheme: 'light' });
      await page.locator('.state').first().waitFor(LIMIT);
      const shade = () => page.evaluate<string>(`getComputedStyle(document.querySelector('.state')).color`);
      const light = await shade();
      await page.getByRole('button', { name: 'Dark colours' }).click();
      await page.locator(':root[data-mantine-color-scheme=dark]').waitFor(LIMIT);
      const chosen = await shade();
      await page.emulateMedia({ colorScheme: 'dark' });
      expect([chosen, chosen === light]).toEqual([await shade(), false]);

      await page.getByLabel('Add a domain').fill('SHOP.example ');
      await shows(page, 'This domain is there already.');
      expect(await page.getByRole('button', { name: 'Add domain' }).isDisabled()).toBe(true);
      await page.getByLabel('Add a sender').fill('orders@shop.example');
      await shows(page, 'This sender is there already.');
      await page.getByLabel('Add a sender').fill('orders');
      await shows(page, 'An address looks like orders@shop.example.');
      await page.goto(`${walked.own.sandbox.controlUrl}/ui/accounts/${account.id}/sandbox`);
      await page.getByLabel('Sends left').fill('1.5');
      await shows(page, 'A whole number of sends, 0 or more.');
      await page.context().close();
    },
  );

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
