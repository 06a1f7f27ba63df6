/** Where clients ask for new access tokens, as at the token endpoint of OAuth 2.0 (RFC 6749 §5, §6). */
import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';

/** A desk for all clients of a check; it closes with it. */
export interface TokenDesk extends AsyncDisposable {
  /** A place at which one client asks; `issue` makes a token. */
  open(issue: () => Promise<string>): TokenPlace;
}

/** A place at which one client asks. */
export interface TokenPlace {
  /** GET or POST gives `{"access_token":"…","token_type":"Bearer","expires_in":3600}`. */
  readonly url: string;
  /** When it was asked, on the clock of the check, oldest first. */
  readonly asked: readonly number[];
  /** The tokens that it gave. */
  readonly given: readonly string[];
  close(): void;
}

/** How often one client may ask before it is refused. */
const MOST_ASKED = 50;

interface Place extends TokenPlace {
  readonly asked: number[];
  readonly given: string[];
  readonly issue: () => Promise<string>;
}

/** Opens a desk on a free port of this machine; `now` is the clock of the check, in milliseconds. */
export async function openTokenDesk(now: () => number): Promise<TokenDesk> {
  const places = new Map<string, Place>();
  const server = createServer((request, response) => {
    request.resume();
    const place = places.get((request.url ?? '').replace(/[?].*/s, ''));
    if (place === undefined) return answer(response, 404, { error: 'invalid_request' });
    place.asked.push(now());
    if (place.asked.length > MOST_ASKED) return answer(response, 429, { error: 'temporarily_unavailable' });
    place.issue().then(
      (token) => {
        place.given.push(token);
        answer(response, 200, { access_token: token, token_type: 'Bearer', expires_in: 3_600 });
      },
      () => answer(response, 500, { error: 'server_error' }),
    );
  });
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject).listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    open: (issue) => {
      const path = `/token/${randomUUID()}`;
      const place: Place = {
        url: `http://127.0.0.1:${port}${path}`,
        asked: [],
        given: [],
        issue,
        close: () => void places.delete(path),
      };
      places.set(path, place);
      return place;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

function answer(response: ServerResponse, status: number, body: Readonly<Record<string, unknown>>): void {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  response.writeHead(status, headers).end(JSON.stringify(body));
}
