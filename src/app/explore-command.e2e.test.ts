import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modes } from '../contract/emailmassivo/transition.ts';
import type { SandboxParts } from '../sandbox/sandbox.ts';
import { gauntlet } from './command-line-fixture.ts';
import { exploreCommand, type ExploreRequest } from './commands/explore.ts';
import { replayCommand } from './commands/replay.ts';
import type { Settings } from './settings.ts';
import { stingy } from './stingy-gateway-fixture.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gauntlet-explore-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A terminal that remembers, and nothing else of the world. */
function quietSettings() {
  const said: string[] = [];
  const terminal = {
    write: (text: string) => void said.push(text),
    isTty: false,
    colour: false,
    columns: 80,
  };
  const settings: Settings = {
    terminal: { ...terminal, writeError: terminal.write },
    input: Readable.from([]),
    environment: {},
    searchPath: '',
    suiteFolder: folder,
    version: '0',
    node: 'v24',
    outputClosed: new AbortController().signal,
    interrupted: new AbortController().signal,
  };
  return { settings, said: () => said.join('') };
}

describe('a gateway that is wrong', { timeout: 120_000 }, () => {
  test('is found; its counterexample fails again until the gateway is mended', async () => {
    const request: ExploreRequest = {
      properties: ['billing'],
      runs: 300,
      inputs: 1,
      timeMs: undefined,
      seed: 'of the test',
      modes,
      jobs: 8,
      folder: join(folder, 'found'),
      record: join(folder, 'explored.json'),
      mailbox: { kind: 'embedded' },
      controlApi: undefined,
      parts: stingy,
    };
    const explored = quietSettings();
    expect(await exploreCommand(request, explored.settings)).toBe(1);
    expect(explored.said()).toMatch(/✗ {2}billing/);
    expect(explored.said()).toContain('received  450 Balance not enough');
    const [file = ''] = await readdir(request.folder);
    const path = join(request.folder, file);
    expect(explored.said()).toContain(`again: npx gauntlet run ${path}`);
    expect(JSON.parse(await readFile(request.record, 'utf8'))).toMatchObject({
      seed: 'of the test',
      properties: [{ property: 'billing' }],
    });

    const same = { paths: [path], mailbox: request.mailbox, controlApi: undefined };
    const wrong = quietSettings();
    expect(await replayCommand({ ...same, parts: stingy }, wrong.settings)).toBe(1);
    expect(wrong.said()).toMatch(/^still fails /m);
    const right = quietSettings();
    expect(await replayCommand(same, right.settings)).toBe(0);
    expect(right.said()).toMatch(/^fixed /m);
  });

  test('is found below the grammar too, and the octets are kept as a scenario that can be run', async () => {
    const lax: SandboxParts = {
      wire: (own) => ({
        ...own,
        open: (tls) => {
          const stream = own.open(tls);
          const sent = (octets: Buffer) =>
            octets.toString('latin1').startsWith('500')
              ? Buffer.from(octets.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
              : octets;
          return { ...stream, sent: (octets) => sent(stream.sent(octets)) };
        },
      }),
    };
    const explored = quietSettings();
    const exitCode = await exploreCommand(
      {
        properties: ['wire'],
        runs: 1,
        inputs: 3_000,
        timeMs: undefined,
        seed: 'wire',
        modes,
        jobs: 8,
        folder: join(folder, 'wire'),
        record: join(folder, 'wire.json'),
        mailbox: { kind: 'embedded' },
        controlApi: undefined,
        parts: lax,
      },
      explored.settings,
    );
    expect(exitCode).toBe(1);
    expect(explored.said()).toContain('protocol.reply-form');
    const right = quietSettings();
    const paths = [join(folder, 'wire')];
    const mailbox = { kind: 'embedded' } as const;
    expect(await replayCommand({ paths, mailbox, controlApi: undefined }, right.settings)).toBe(0);
  });
});

describe('the command', { timeout: 120_000 }, () => {
  test('on our gateway finds nothing, and tells what it never came through', async () => {
    const words = ['--runs', '5', '--inputs', '50', '--seed', 'e2e', '--folder', folder];
    const { exitCode, stdout } = await gauntlet('explore', ...words, '--record', join(folder, 'own.json'));
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    for (const name of ['sessions', 'billing', 'login', 'messages', 'protocol', 'world', 'wire']) {
      expect(stdout).toContain(`✓  ${name}`);
    }
    expect(stdout).toMatch(/never reached, .*:/);
    expect(stdout).toMatch(/reached: \d+ of 10 documented replies/);
  });

  test.each([
    [['--property', 'biling'], 'There is no property "biling". Did you mean "billing"?'],
    [['--time', 'soon'], '--time takes a length of time'],
    [['--runs', '0'], '--runs takes a whole number'],
  ])('%j is a mistake that is told', async (words, message) => {
    const { exitCode, stderr } = await gauntlet('explore', ...words);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test('coverage beside a proof marks what is half covered, first', async () => {
    const { exitCode, stdout } = await gauntlet('coverage', '--mutants', 'docs/wrong-gateways.json');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/billing\.per-recipient +\d+ scenarios +(\d+) of \1 wrong gateways caught/);
    const lines = stdout.split('\n').filter((line) => line.includes('scenarios  '));
    const half = lines.filter((line) => line.startsWith('½'));
    expect(lines.slice(0, half.length)).toEqual(half);
  });
});
