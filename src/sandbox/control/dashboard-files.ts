import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { compress } from 'hono/compress';
import { html } from 'hono/html';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const oneYear = 'public, max-age=31536000, immutable';

/**
 * The dashboard's files below `/ui/`, open to everybody who knows our name: they hold nothing secret, and a page that asks
 * for the token must be shown without one. `folder` is where they were built; without a folder `/` leads to the
 * documentation of the API. The certificate authority is here too, for clients that are told to trust it.
 */
export function addDashboard(
  app: OpenAPIHono,
  folder: string | undefined,
  certificateAuthority: () => Promise<string>,
): void {
  if (folder === undefined) {
    app.get('/', (c) => c.redirect('/docs'));
    return;
  }
  app.get('/', (c) => c.redirect('/ui/'));
  app.use('/ui/*', compress());
  app.get('/ui', (c) => c.redirect('/ui/'));
  app.get('/ui/ca.pem', async (c) =>
    c.body(await certificateAuthority(), 200, { 'content-type': 'application/pem-certificate-chain' }),
  );
  app.get('/ui/assets/:file', (c) => answerAsset(c, folder, c.req.param('file')));
  // every other path is a page's: the router in the browser knows which
  app.get('/ui/*', (c) => answerPage(c, folder));
}

async function answerAsset(c: Context, folder: string, file: string): Promise<Response> {
  const type = types[extname(file)];
  // a name as the build makes them, which leads to no other folder
  const isName = /^[\w-][\w.-]*$/.test(file);
  const octets = type === undefined || !isName ? undefined : await readIfThere(join(folder, 'assets', file));
  if (octets === undefined || type === undefined) {
    return c.text('This version of the dashboard has no such file; load the page again.', 404);
  }
  const fields = { 'content-type': type, 'cache-control': oneYear, 'content-security-policy': workerPolicy };
  return c.body(new Uint8Array(octets), 200, fields);
}

async function answerPage(c: Context, folder: string): Promise<Response> {
  const page = await readIfThere(join(folder, 'index.html'));
  const nonce = randomBytes(16).toString('base64url');
  c.header('content-security-policy', policy(nonce));
  if (page === undefined) return c.html(missing(nonce), 503);
  return c.html(page.toString('utf8').replaceAll('{{nonce}}', nonce));
}

/** What a page may load: its own files. The component library's style elements show the page's nonce (decision 8). */
function policy(nonce: string): string {
  return [
    "default-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** What a script may do as a worker, whose policy is that of its own file: call the API, as the tabs that share it do. */
const workerPolicy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return undefined;
    throw fault;
  }
}

function missing(nonce: string): ReturnType<typeof html> {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>The dashboard is not built</title>
        <style nonce="${nonce}">
          :root {
            color-scheme: light dark;
          }
          body {
            font:
              16px/1.6 system-ui,
              sans-serif;
            max-width: 36rem;
            margin: 15vh auto;
            padding: 0 1rem;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>The dashboard is not built</h1>
          <p>
            The sandbox runs, but the files of its dashboard are missing. Run
            <code>npm run pages</code> in the project’s folder, then load this page again.
          </p>
          <p>The control API works without it: <a href="/docs">its documentation</a>.</p>
        </main>
      </body>
    </html>`;
}
