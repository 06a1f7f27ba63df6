import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyOf, openControlClient } from '../control-api/client.ts';
import { gatewayName } from '../contract/emailmassivo/vocabulary.ts';
import { gauntletIn } from './command-line-fixture.ts';
import { openOwnGateway, type OwnGateway } from './own-gateway.ts';

// our own gateway, but known by nothing but a description, as anybody else's would be

let folder = '';
let gateway: OwnGateway;
let described: Record<string, unknown> = {};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foreign-'));
  gateway = await openOwnGateway({ kind: 'embedded' }, {});
  const { sandbox } = gateway;
  const account = await bodyOf(
    openControlClient(sandbox.controlUrl).accounts.$post({
      json: {
        balance: 100,
        domains: [{ name: 'shop.example', state: 'verified' }],
        connections: [{ name: 'shop', sender: 'orders@shop.example', login: 'shop', password: 'secret' }],
        recipients: [{ address: 'gone@inbox.example', role: 'suppressed' }],
      },
    }),
  );
  const [connection] = account.connections;
  const at = (port: number) => {
    const listener = sandbox.addresses.find((one) => one.port === port);
    return `${listener?.host}:${listener?.number}`;
  };
  await writeFile(join(folder, 'root.pem'), sandbox.certificateAuthority);
  described = {
    name: 'theirs',
    modes: { '465+tls': at(465), '587': at(587) },
    servername: gatewayName,
    'certificate-authority': 'root.pem',
    login: { login: connection?.login, password: connection?.password },
    sender: connection?.sender,
    recipients: { accepts: ['*@inbox.example'], suppressed: ['gone@inbox.example'] },
  };
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function runOn(description: unknown, ...words: readonly string[]) {
  await writeFile(join(folder, 'gateway.yaml'), JSON.stringify(description));
  return gauntletIn(folder, 'run', '--target', 'gateway.yaml', '--report', 'ndjson=run.ndjson', ...words);
}

test(
  'a gateway that is only described is played on, and what it lacks is named',
  { timeout: 60_000 },
  async () => {
    const cases = ['recipients/unsubscribed', 'ports/465', 'billing/balance-empty'];
    const { exitCode, stdout, stderr } = await runOn(described, ...cases);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('Gateway theirs unknown; mailbox: none that can be looked into');
    expect(stdout).toContain('not arranged: a balance that can be set');
    expect(stdout).toContain('not arranged: the mode 25 is not served: a listener for the mode 25');
    expect(stdout).toMatch(/[1-9]\d* passed · 0 failed · 0 differs/);
    const strict = await runOn(described, ...cases, '--require-arranged');
    expect(strict.exitCode).toBe(1);
  },
);

test('a wrong password is a smoke case that fails, not a red suite', { timeout: 60_000 }, async () => {
  const wrong = { ...described, login: { login: 'shop', password: 'wrong' } };
  const { exitCode, stdout } = await runOn(wrong, 'protocol/vrfy', '--mode', '587');
  expect(exitCode).toBe(2);
  expect(stdout).toContain('The smoke case passes in no mode.');
  expect(stdout).not.toContain('"wrong"');
});

test('what cannot be meant is refused before anything is started', async () => {
  const misspelt = await runOn({ ...described, mode: {} }, 'protocol/vrfy');
  expect(misspelt).toMatchObject({ exitCode: 2, stdout: '' });
  expect(misspelt.stderr).toContain(
    'gauntlet: gateway.yaml describes no target: it: Unrecognized key: "mode".',
  );
  const both = await runOn(described, '--control-api', gateway.sandbox.controlUrl);
  expect(both.exitCode).toBe(2);
  expect(both.stderr).toContain('give it or --control-api');
});
