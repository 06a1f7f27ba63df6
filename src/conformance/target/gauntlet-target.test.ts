import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Account, Gateway } from '../../control-api/schemas.ts';
import type { Needs } from '../situation/needs.ts';
import { usualNeeds } from './needs-fixture.ts';
import { openGauntletTarget } from './gauntlet-target.ts';

/** Serves whatever a test wants to be found at the address of a control API. */
async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

function sayJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

describe('what answers at the address', () => {
  test.each<[string, number, string, string]>([
    ['a page of HTML', 200, '<!doctype html><title>Welcome</title>', 'something that is not JSON'],
    ['a page of HTML that says 404', 404, '<h1>Not found</h1>', 'something that is not JSON'],
    ['JSON that is no problem', 500, '{"error":true}', 'JSON without problem details'],
    ['JSON of something else', 200, '{"Version":"v1.30.4","Messages":3}', 'no description of a gateway'],
  ])('%s is told in a sentence', async (_what, status, body, sentence) => {
    await using server = await serve((_request, response) => void response.writeHead(status).end(body));
    const opening = openGauntletTarget({ controlApi: server.url, unique: 'u' });
    await expect(opening).rejects.toMatchObject({
      name: 'TargetError',
      code: 'target-refused',
      cause: { name: 'ControlApiError', code: 'unreadable-answer', status },
    });
    await expect(opening).rejects.toThrow(`The control API at ${server.url} answered: `);
    await expect(opening).rejects.toThrow(sentence);
  });
});

describe('the accounts of a case', () => {
  const needs: Needs = { ...usualNeeds, secondLogin: 'another account' };

  test('are all deleted, even where the first cannot be', async () => {
    const deletions: string[] = [];
    let accounts = 0;
    await using server = await serve(({ method, url = '' }, response) => {
      if (url === '/gateway') sayJson(response, 200, gateway);
      else if (method === 'POST') sayJson(response, 201, accountOf(`a${(accounts += 1)}`));
      else {
        deletions.push(url);
        if (url === '/accounts/a1') response.destroy();
        else response.writeHead(204).end();
      }
    });
    await using target = await openGauntletTarget({ controlApi: server.url, unique: 'u' });
    const arranged = await target.arrange(needs);
    const disposing = arranged.kind === 'arranged' ? arranged.situation[Symbol.asyncDispose]() : undefined;
    await expect(disposing).rejects.toThrow('The accounts of the case could not be deleted');
    expect(deletions.toSorted()).toEqual(['/accounts/a1', '/accounts/a2']);
  });
});

const gateway: Gateway = {
  name: 'gateway',
  version: '1',
  listeners: [],
  certificateAuthority: '',
  maintenance: false,
  mailbox: null,
};

function accountOf(id: string): Account {
  return {
    id,
    balance: 100,
    charged: 0,
    clock: { now: '2026-01-15T12:00:00.000Z', frozen: true },
    authMechanisms: ['PLAIN' as const],
    limits: {
      rateLimit: 1,
      rateWindowMs: 1,
      sessionLimit: null,
      sizeLimit: 1,
      recipientLimit: 1,
      sendQuota: null,
      sendRate: null,
    },
    identities: [],
    access: '',
    domains: [],
    connections: [],
    senders: [],
    suppressionList: [],
    listeners: [],
    maintenance: false,
    mailboxUp: true,
  };
}
