import { spawn } from 'node:child_process';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import { createTransport } from 'nodemailer';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { projectFolder } from './command-line-fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'self-driven-'));
});
afterAll(() => rm(folder, { recursive: true }));

const tasksSchema = z.array(
  z.object({
    order: z.object({
      case: z.string(),
      host: z.string(),
      port: z.number(),
      user: z.string(),
      password: z.string(),
      caFile: z.string(),
      from: z.string(),
      to: z.array(z.string()),
    }),
  }),
);
type Order = z.output<typeof tasksSchema>[number]['order'];

/** Starts the command with some cases, and waits until it has said what to do. */
async function start(name: string, ...cases: readonly string[]) {
  const [orders, junit] = [join(folder, `${name}.json`), join(folder, `${name}.xml`)];
  const child = spawn(
    process.execPath,
    [
      ['bin/gauntlet.cjs', 'check-client', '--self-driven', '--orders', orders, '--report', `junit=${junit}`],
      cases.flatMap((id) => ['--case', id]),
    ].flat(),
    { cwd: projectFolder },
  );
  let stdout = '';
  const ready = Promise.withResolvers<undefined>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (stdout.includes('exit code 130')) ready.resolve(undefined);
  });
  const ended = new Promise<number | null>((resolve) => void child.once('close', resolve));
  await Promise.race([ready.promise, ended]);
  const tasks = tasksSchema.parse(JSON.parse(await readFile(orders, 'utf8')));
  const page = /http:\/\/127\.0\.0\.1:\d+\//.exec(stdout)?.[0] ?? '';
  return { child, junit, ended, page, text: () => stdout, orders: tasks.map(({ order }) => order) };
}

/** An application sends one mail, and keeps its failure to itself. */
async function sendOne({ host, port, user, password, caFile, from, to }: Order): Promise<void> {
  const transport = createTransport({
    host,
    port,
    requireTLS: true,
    auth: { user, pass: password },
    tls: { ca: await readFile(caFile) },
  });
  await transport.sendMail({ from, to, subject: 'Hello', text: 'Hello.' }).catch(() => undefined);
}

test('it says what to do, and after Enter shows the card of what was played', async () => {
  const own = await start('enter', 'plain-mail', 'mailbox-553', 'hard-text');
  const order = own.orders.find((each) => each.case === 'plain-mail');
  if (order === undefined) throw new TypeError('There is no such order.');
  expect(own.text()).toContain(`login ${order.user}  password ${order.password}`);
  expect(own.text()).toContain(`host ${order.host}  port ${order.port}  encryption STARTTLS`);
  expect(own.text()).toContain('and a later mail to the same recipient (here only the first mail is sent)');
  expect(own.text()).toContain(`text: "text" of this case in ${join(folder, 'enter.json')}`);
  await sendOne(order);
  own.child.stdin.end('\n');
  expect(await own.ended).toBe(0);
  expect(own.text()).toMatch(/ ✓ +\? +plain-mail/);
  expect(own.text()).toMatch(/ \? +\? +mailbox-553/);
});

test('Ctrl-C: what there is is reported, exit code 130', async () => {
  const own = await start('cut', 'plain-mail', 'rate-limit');
  const order = own.orders.find((each) => each.case === 'plain-mail');
  if (order === undefined) throw new TypeError('There is no such order.');
  await sendOne(order);
  own.child.kill('SIGINT');
  expect(await own.ended).toBe(130);
  expect(own.text()).toMatch(/ ✓ +\? +plain-mail/);
  expect(own.text()).toMatch(/ \? +\? +rate-limit/);
  expect(await readFile(own.junit, 'utf8')).toContain('</testsuites>');
});

const executablePath = '/usr/bin/chromium';
const isThere = await access(executablePath).then(
  () => true,
  () => false,
);
// a machine of a developer may lack it, CI installs it
const isDemanded = process.env['CI'] !== undefined;

test.skipIf(!isThere && !isDemanded)(
  'the page gives the settings, shows what has been seen, and ends the check (needs /usr/bin/chromium)',
  { timeout: 60_000 },
  async () => {
    const own = await start('page', 'plain-mail', 'login-535', 'hard-text');
    // as root, as in a container, Chromium has no sandbox
    await using browser = await chromium.launch({ executablePath, chromiumSandbox: false });
    const page = await browser.newPage({ permissions: ['clipboard-read', 'clipboard-write'] });
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(error.message));
    // what the policy of the page blocks is told here
    page.on('console', (message) => troubles.push(message.text()));
    await page.goto(own.page);
    expect(await page.getByRole('status').textContent()).toBe('0 of 3 played');

    const plain = page.locator('[data-case="plain-mail"]');
    await plain.locator('summary').focus();
    await page.keyboard.press('Enter');
    await plain.getByRole('button', { name: 'Copy password' }).click();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    const order = own.orders.find((each) => each.case === 'plain-mail');
    if (order === undefined) throw new TypeError('There is no such order.');
    expect(copied).toBe(order.password);
    const root = await page.request.get(`${own.page}ca.pem`);
    expect(await root.text()).toBe(await readFile(order.caFile, 'utf8'));

    await sendOne(order);
    await page.getByText('1 of 3 played').waitFor();
    await plain.getByText('1 connection, 2 sends deducted.').waitFor();
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);

    await page.getByRole('button', { name: 'Finish and grade' }).click();
    await page.getByRole('heading', { name: 'What to change' }).waitFor();
    expect(await own.ended).toBe(0);
    expect(own.text()).toMatch(/ ✓ +\? +plain-mail/);
    // the card stays, though nobody serves it any more
    await page.locator('[data-open="plain-mail"]').first().click();
    const dialog = page.locator('dialog[open]');
    await dialog.getByText('250 Ok').first().waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(troubles).toEqual([]);
  },
);

test('the page is for this machine alone, and for no page of somebody else', async () => {
  const own = await start('guarded', 'plain-mail');
  const order = own.orders[0];
  const page = await fetch(own.page);
  expect(await page.text()).toContain(order?.password);
  expect(page.headers.get('cache-control')).toBe('no-store');
  const foreign = await fetch(`${own.page}finish`, {
    method: 'POST',
    headers: { origin: 'http://somewhere.example' },
  });
  expect(foreign.status).toBe(403);
  own.child.stdin.end('\n');
  expect(await own.ended).toBe(0);
});
