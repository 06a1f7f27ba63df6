/** Serves the page for applications that send by themselves, to this machine alone. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Card } from '../conformance/clients/card/card.ts';
import { htmlCard } from '../conformance/clients/card/html.ts';
import type { SelfDriven } from '../conformance/clients/self-driven.ts';
import { progressOf, selfDrivenPage } from '../conformance/clients/self-driven-page.ts';
import { guardHost, guardSite } from '../sandbox/control/access.ts';

/** The page while it is served. */
export interface SelfDrivenServer extends AsyncDisposable {
  readonly url: string;
  /** Settles with the card when the reader of the page says that the application is done. */
  readonly finished: Promise<Card>;
}

/** The page shows passwords, so it is served on loopback, to nobody whose Host or Origin is another. */
const HOST = '127.0.0.1';

/** Serves the page of a check on a free port. */
export async function serveSelfDriven(client: string, driven: SelfDriven): Promise<SelfDrivenServer> {
  const finished = Promise.withResolvers<Card>();
  const app = new Hono();
  app.use(guardHost({ hosts: [], tokenHash: undefined }));
  app.use(guardSite());
  let over = false;
  app.use(async (c, next) => {
    // the accounts go away, and another page may still ask
    if (over) c.res = c.text('This check is over.', 503, { connection: 'close' });
    else await next();
    c.header('cache-control', 'no-store');
  });
  app.get('/', (c) => c.html(selfDrivenPage(client, driven.tasks)));
  app.get('/progress', async (c) => c.json(progressOf(await driven.read())));
  app.get('/card', async (c) => c.html(htmlCard(await driven.read())));
  app.get('/ca.pem', (c) =>
    c.body(driven.tasks[0]?.order.ca ?? '', 200, { 'content-type': 'application/x-pem-file' }),
  );
  app.post('/finish', async (c) => {
    const card = await driven.read();
    finished.resolve(card);
    // nothing is served after this
    c.header('connection', 'close');
    return c.html(htmlCard(card));
  });
  const listening = Promise.withResolvers<number>();
  const server = serve({ fetch: app.fetch, hostname: HOST, port: 0 }, ({ port }) => listening.resolve(port));
  server.once('error', listening.reject);
  const port = await listening.promise;
  return {
    url: `http://${HOST}:${port}/`,
    finished: finished.promise,
    // what is being answered is answered to its end
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        over = true;
        server.close(() => resolve());
      }),
  };
}
