import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import nodemailer from 'nodemailer';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { Account } from '../control-api/schemas.ts';
import { accountSetupSchema } from '../control-api/schemas.ts';
import type { SandboxConfiguration } from '../sandbox/sandbox.ts';
import { openOwnGateway, type OwnGateway } from './own-gateway.ts';

const executablePath = '/usr/bin/chromium';

/** Whether the browser is there; a developer's machine may lack it, CI installs it. */
export const hasBrowser =
  process.env['CI'] !== undefined ||
  (await access(executablePath).then(
    () => true,
    () => false,
  ));

/** What a client says to the gateway: the data of a connection's card, as a person copied it. */
export interface Credentials {
  readonly server: string;
  readonly port: number;
  readonly login: string;
  readonly password: string;
  readonly sender: string;
}

/** A sandbox with its dashboard, and a browser in front of it. */
export interface Walked extends AsyncDisposable {
  readonly own: OwnGateway;
  /** An account with a verified domain and a connection. */
  newAccount(): Promise<Account>;
  /** Opens a page of an account; what it complains of is in {@link Walked.troubles}. */
  open(account: Account, path: string, options?: BrowserContextOptions): Promise<Page>;
  /** What pages complained of: errors, and requests to anything but the sandbox. */
  readonly troubles: string[];
  /** Sends a mail with nodemailer; gives the reply of the gateway, a refusal too. */
  send(credentials: Credentials, recipient: string, over?: object): Promise<string>;
}

/** Starts a sandbox with its built dashboard, and a browser; with a token, pages ask for it. */
export async function startWalk(
  token?: string,
  more: Pick<SandboxConfiguration, 'reports' | 'suite'> = {},
): Promise<Walked> {
  await using opened = new AsyncDisposableStack();
  const own = opened.use(
    await openOwnGateway(
      { kind: 'embedded' },
      {
        keepMs: 60 * 60_000,
        ...more,
        control: {
          dashboard: fileURLToPath(new URL('../../dist-web/', import.meta.url)),
          ...(token !== undefined && { token }),
        },
      },
    ),
  );
  // as root, as in a container, Chromium has no sandbox
  const browser: Browser = await chromium.launch({ executablePath, chromiumSandbox: false });
  opened.defer(() => browser.close());
  const troubles: string[] = [];
  const all = opened.move();
  return {
    own,
    troubles,
    newAccount: () =>
      own.sandbox.operations.createAccount(
        accountSetupSchema.parse({
          balance: 1_000,
          domains: [{ name: 'shop.example', state: 'verified' }],
          connections: [{ name: 'Shop', sender: 'orders@shop.example' }],
        }),
      ),
    open: async (account, path, options) => {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      watch(page, own.sandbox.controlUrl, troubles);
      await page.goto(`${own.sandbox.controlUrl}/ui/accounts/${account.id}${path}`);
      return page;
    },
    send: (credentials, recipient, over) => sendMail(own, credentials, recipient, over),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function watch(page: Page, home: string, troubles: string[]): void {
  page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`${page.url()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(home)) troubles.push(`${page.url()} asked for ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    troubles.push(`${page.url()} showed a dialog`);
    void dialog.dismiss();
  });
}

/** A page's card, read as a person reads it: each line by its name. */
export async function readCard(page: Page): Promise<Credentials> {
  await page.getByRole('button', { name: 'Show password' }).click();
  const line = async (name: string) => (await page.locator(`[data-card="${name}"]`).textContent()) ?? '';
  return {
    server: await line('Server'),
    port: Number(await line('Port')),
    login: await line('Login'),
    password: await line('Password'),
    sender: await line('Sender'),
  };
}

async function sendMail(
  { sandbox }: OwnGateway,
  { server, port, login, password, sender }: Credentials,
  recipient: string,
  over: object = {},
): Promise<string> {
  const transport = nodemailer.createTransport({
    host: server,
    port,
    secure: true,
    auth: { user: login, pass: password },
    tls: { ca: sandbox.certificateAuthority },
  });
  try {
    const sent = await transport.sendMail({
      from: sender,
      to: recipient,
      subject: `To ${recipient}`,
      text: 'It works.',
      ...over,
    });
    return sent.response;
  } catch (fault) {
    // a refusal is an answer as well
    if (fault instanceof Error && 'response' in fault) return String(fault.response);
    throw fault;
  } finally {
    transport.close();
  }
}

/** The data of an account's first connection, without a page. */
export function credentialsOf({ own }: Walked, { connections: [connection] }: Account): Credentials {
  const port = own.sandbox.addresses.find((each) => each.port === 465)?.number ?? 0;
  if (connection === undefined) throw new Error('The account has no connection.');
  return { server: '127.0.0.1', port, ...connection };
}

/** The four windows in which each page must look well. */
const windows = [
  ['light', 1_440],
  ['dark', 1_440],
  ['dark', 390],
  ['light', 390],
] as const;

/** States whose word does not fit its badge, and texts that reach out of a card that does not scroll. */
const cutStates = `[...document.querySelectorAll('.state .mantine-Badge-label, .mantine-Alert-message')]
  .filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.textContent)`;

/** Colours that still change have no contrast to speak of; what moves for ever is left alone. */
const endMoves = `for (const each of document.getAnimations())
  if (Number.isFinite(each.effect.getComputedTiming().endTime)) each.finish()`;

/** What axe finds, and no more: all that is well would be most of the work. */
const violations = `axe.run(document, { iframes: false, resultTypes: ['violations'] })
  .then(({ violations }) => violations.map(({ id, nodes }) => id + ' at ' + nodes[0]?.html))`;

/**
 * What is wrong with the page that is open, light and dark, wide and narrow: findings of axe, a window that scrolls
 * sideways, and words that are cut.
 */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  await page.evaluate(axe.source);
  for (const [colorScheme, width] of windows) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    await page.locator(`:root[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    await page.evaluate(endMoves);
    const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    const faults = [
      ...(await page.evaluate<string[]>(violations)),
      ...(beyond > 0 ? [`wider than the window by ${beyond}`] : []),
      ...(await page.evaluate<string[]>(cutStates)).map((text) => `${text} is cut`),
    ];
    found.push(...faults.map((fault) => `${page.url()}, ${colorScheme}, ${width}: ${fault}`));
  }
  return found;
}

/** Waits until a page shows its content. */
export async function isShown(page: Page): Promise<void> {
  const limit = { timeout: 15_000 };
  await page.waitForLoadState('load');
  await page.getByRole('heading', { level: 1 }).first().waitFor(limit);
  await page
    .getByRole('main')
    .getByRole('status', { name: /^(?:Reading|Loading)/ })
    .first()
    .waitFor({ state: 'detached', ...limit });
}
