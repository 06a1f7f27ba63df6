import { once } from 'node:events';
import net from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { credentialsOf, hasBrowser, isShown, readCard, startWalk, type Walked } from './dashboard-fixture.ts';

/** Milliseconds in which a busy machine shows what it was told. */
const LIMIT = { timeout: 15_000 };

describe.skipIf(!hasBrowser)('the dashboard in Chromium (needs /usr/bin/chromium)', () => {
  let walked: Walked;
  beforeAll(async () => {
    walked = await startWalk();
  }, 60_000);
  afterAll(() => walked[Symbol.asyncDispose]());

  const shows = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor(LIMIT);

  test('the documentation from top to bottom, as its reader walks it', { timeout: 120_000 }, async () => {
    const account = await walked.newAccount();
    const start = await walked.open(account, '');
    await shows(start, 'Waiting for a first mail…');

    // a domain: publish its records, verify it, a sender on it
    const page = await walked.open(account, '/domains');
    await page.getByLabel('Add a domain').fill('walk.example');
    await page.getByRole('button', { name: 'Add domain' }).click();
    await shows(page, 'Not verified yet');
    await page.getByRole('button', { name: 'Verify' }).click();
    await shows(page, 'The check did not find: SPF, DKIM, DMARC.');
    for (const kind of ['SPF', 'DKIM', 'DMARC']) {
      await page.getByRole('switch', { name: kind }).click();
      await page
        .locator('label', { hasText: /^Published$/ })
        .nth(['SPF', 'DKIM', 'DMARC'].indexOf(kind))
        .waitFor(LIMIT);
    }
    await page.getByRole('button', { name: 'Verify' }).click();
    await shows(page, 'Mail from addresses at walk.example is taken.');
    await page.getByRole('link', { name: 'All domains' }).click();
    await page.getByLabel('Add a sender').fill('news@walk.example');
    await page.getByRole('button', { name: 'Add sender' }).click();
    await shows(page, 'news@walk.example');

    // a connection: a name, a sender, Next, and the card
    await page.getByRole('link', { name: 'SMTP', exact: true }).click();
    await page.getByRole('link', { name: 'Create connection' }).click();
    await page.getByLabel('Name').fill('Walk');
    await page.getByRole('combobox', { name: 'Sender' }).fill('news@walk');
    await page.getByRole('option', { name: 'news@walk.example' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: 'Walk', level: 1 }).waitFor(LIMIT);
    const credentials = await readCard(page);
    expect(credentials).toMatchObject({ sender: 'news@walk.example' });

    // one mail, seen everywhere without a reload
    const history = await walked.open(account, '/history');
    const statistics = await walked.open(account, '/statistics');
    const inbox = await walked.open(account, '/inbox');
    await Promise.all([
      shows(history, 'Nothing was sent yet'),
      shows(statistics, 'No mail in this period'),
      shows(inbox, 'No mail here'),
    ]);
    expect(await walked.send(credentials, 'accepts+walk@simulator.test')).toMatch(/^250 /);
    await Promise.all([
      shows(start, 'Your first mail has arrived'),
      history.getByRole('link', { name: 'To accepts+walk@simulator.test' }).waitFor(LIMIT),
      statistics.getByRole('link', { name: '1 mail delivered, show them' }).waitFor(LIMIT),
      inbox.getByRole('heading', { name: 'To accepts+walk@simulator.test' }).waitFor(LIMIT),
    ]);
    await history.getByRole('link', { name: 'To accepts+walk@simulator.test' }).click();
    await shows(history, 'It works.');

    // out of balance: the refusal with its rule, then a plan
    const sandbox = await walked.open(account, '/sandbox');
    await sandbox.getByRole('button', { name: 'Use up' }).click();
    await shows(sandbox, 'The balance is set');
    expect(await walked.send(credentials, 'accepts@simulator.test')).toBe('450 Balance not enough');
    const sessions = await walked.open(account, '/sessions?only=refused');
    await sessions.getByRole('link', { name: '450 Balance not enough' }).click();
    await shows(sessions, 'Insufficient funds on balance to send emails.');
    await shows(sessions, /^error\.450/);
    const download = sessions.waitForEvent('download');
    await sessions.getByRole('link', { name: 'Save as scenario' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.scenario\.yaml$/);
    const pricing = await walked.open(account, '/pricing');
    await pricing.getByRole('button', { name: /^Buy 1,000 emails/ }).click();
    await pricing.getByRole('button', { name: 'Buy now' }).click();
    await shows(pricing, '1,000 sends bought');
    expect(await walked.send(credentials, 'accepts@simulator.test')).toMatch(/^250 /);
    // the balance and the row of the ledger
    await pricing.getByText('999', { exact: true }).first().waitFor(LIMIT);

    // a complaint is a state of its own, and its mail lies in the mailbox all the same
    expect(await walked.send(credentials, 'complains+walk@simulator.test')).toMatch(/^250 /);
    await inbox.getByRole('button', { name: 'complains+walk@simulator.test' }).waitFor(LIMIT);

    // blocked by mailboxes that do not exist, and unblocked
    for (let sent = 0; sent < 11; sent += 1)
      await walked.send(credentials, `nonexistent+${sent}@simulator.test`);
    await page.bringToFront();
    await shows(page, 'This connection is blocked');
    await shows(page, /^nonexistent\+\d+@simulator\.test$/);
    expect(await walked.send(credentials, 'accepts@simulator.test')).not.toMatch(/^250 /);
    await page.getByRole('button', { name: 'Unblock, as support does' }).click();
    await shows(page, 'Active');
    expect(await walked.send(credentials, 'accepts@simulator.test')).toMatch(/^250 /);

    // a new password: the old one stops
    await page.getByRole('button', { name: 'Generate a new password' }).click();
    await page.getByRole('button', { name: 'Generate', exact: true }).click();
    await shows(page, 'The connection has a new password');
    expect(await walked.send(credentials, 'accepts@simulator.test')).toMatch(/^535 5\.7\.8 /);
    const password = (await page.locator('[data-card="Password"]').textContent()) ?? '';
    expect(await walked.send({ ...credentials, password }, 'accepts@simulator.test')).toMatch(/^250 /);
    expect(walked.troubles).toEqual([]);
  });

  test('where a token is wanted, a page asks for it, and is live with it', { timeout: 60_000 }, async () => {
    await using guarded = await startWalk('the token');
    const account = await guarded.newAccount();
    const page = await guarded.open(account, '/history');
    await page.getByRole('heading', { name: 'Log in' }).waitFor(LIMIT);
    await page.getByLabel('Token').fill('another');
    await page.getByRole('button', { name: 'Log in' }).click();
    await shows(page, 'Not logged in');
    await page.getByLabel('Token').fill('the token');
    await page.getByRole('button', { name: 'Log in' }).click();
    await shows(page, 'Nothing was sent yet');
    await shows(page, 'Live');
    expect(await guarded.send(credentialsOf(guarded, account), 'accepts@simulator.test')).toMatch(/^250 /);
    await page.getByRole('link', { name: 'To accepts@simulator.test' }).waitFor(LIMIT);
    expect(guarded.troubles.filter((trouble) => !trouble.includes('401'))).toEqual([]);
  });

  test('hostile texts run nothing and load nothing', { timeout: 120_000 }, async () => {
    const heard: string[] = [];
    const canary = net.createServer((socket) => {
      socket.on('data', (octets) => heard.push(octets.toString('latin1')));
      socket.on('error', () => undefined);
    });
    canary.listen(0, '127.0.0.1');
    await once(canary, 'listening');
    const { port } = canary.address() as net.AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const evil = `"><img src=${url}/i onerror="window.pwned=1"><script src=${url}/s></script>`;
    const { operations, controlUrl } = walked.own.sandbox;
    const account = await walked.newAccount();
    const { id } = account;
    const connection = await operations.createConnection(id, {
      name: evil.slice(0, 200),
      sender: 'orders@shop.example',
      blocked: false,
      sendLimit: null,
    });
    const credentials = { ...credentialsOf(walked, account), ...connection };
    const reply = await walked.send(credentials, 'accepts@simulator.test', {
      from: `"${evil.replaceAll('"', '')}" <orders@shop.example>`,
      subject: evil,
      html: `<meta http-equiv=refresh content="0;url=${url}/m"><base href="${url}/"><link rel=stylesheet href="${url}/c">
        <style>@import "${url}/css"; body { background: url(${url}/b) }</style><iframe src="${url}/f"></iframe>
        <form action="${url}/o"><button id=b>x</button></form><img src="${url}/p"><video src="${url}/v" autoplay></video>
        <a ping="${url}/g" href="javascript:parent.pwned=1">x</a><script>parent.pwned=1;top.location='${url}/t'</script>`,
    });
    expect(reply).toMatch(/^250 /);
    const { emails } = await operations.listHistory(id, { order: 'newest', limit: 1 });
    const [email] = emails;
    expect(email?.subject).toContain('onerror');
    const socket = net.connect(
      walked.own.sandbox.addresses.find((each) => each.port === 25)?.number ?? 0,
      '127.0.0.1',
    );
    socket.resume().write(`EHLO ${evil}\r\nMAIL FROM:<${evil}>\r\nQUIT\r\n`);
    await once(socket, 'close');
    const { sessions } = await operations.listSessions();
    // addresses and triggers may hold what a page must not take for its own
    const evilAddress = `"${evil.replaceAll('"', '').slice(0, 60)}"@shop.example`;
    await operations.setRecipient(id, { address: evilAddress, role: 'full' });
    await operations.addSuppression(id, `x${evilAddress}`.replace('x"', '"x'));
    await operations.addTrigger(id, {
      stage: 'RCPT',
      match: { header: `X-Evil: ${evil}`, recipient: evilAddress },
      reply: `451 ${evil}`,
      after: 0,
      times: 1,
      delayMs: 0,
    });

    const page = await walked.open(account, '');
    const loaded: string[] = [];
    page.on('request', (request) => {
      // what the frame's policy stops is still told as a request that was blocked
      if (!request.url().startsWith(controlUrl)) loaded.push(request.url());
    });
    for (const path of [
      '',
      '/connections',
      `/connections/${connection.id}`,
      '/history',
      `/history/${email?.id}`,
      `/inbox?mail=${email?.id}`,
      '/sessions',
      `/sessions/${sessions.at(-1)?.id}`,
      `/history?search=${encodeURIComponent(evil)}`,
      `/rules?search=${encodeURIComponent(evil)}`,
      `/rules?basis=${encodeURIComponent(evil)}`,
      `/history?status=${encodeURIComponent(evil)}&connection=${encodeURIComponent(evil)}`,
      `/sessions?only=refused`,
      '/sandbox',
      '/statistics',
      '/pricing',
      '/pricing/ledger',
      '/domains',
      `/domains/${encodeURIComponent(evil)}`,
      `/runs?search=${encodeURIComponent(evil)}`,
      `/runs/${encodeURIComponent(evil)}`,
    ]) {
      await page.goto(`${controlUrl}/ui/accounts/${id}${path}`);
      await isShown(page);
      if (path.includes(email?.id ?? 'no email'))
        await page.frameLocator('iframe').locator('body').waitFor(LIMIT);
      expect([path, await page.evaluate('window.pwned'), new URL(page.url()).origin]).toEqual([
        path,
        undefined,
        controlUrl,
      ]);
    }
    await page.goto(`${controlUrl}/accounts/${id}/emails/${email?.id}/html`);
    await page.waitForLoadState('load');
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    canary.close();
    expect(heard).toEqual([]);
  });
});
