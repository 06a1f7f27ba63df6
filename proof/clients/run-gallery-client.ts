import { spawn } from 'node:child_process';
import { access, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { emailmassivo } from '../../src/contract/emailmassivo/emailmassivo.ts';
import type { Card } from '../../src/conformance/clients/card/card.ts';
import { checkThrough } from '../../src/conformance/clients/check-client.ts';
import { libraryOfCommand } from '../../src/conformance/clients/launchers/command-clues.ts';
import { commandLauncher } from '../../src/conformance/clients/launchers/command-launcher.ts';
import type { ClientFixture } from './gallery-fixtures.ts';

/** Where clients are built; it is kept, since building takes longer than sending. */
const BUILDS = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'smtp-gauntlet', 'clients');
/** Milliseconds that one step of a build may take. */
const BUILD_LIMIT = 400_000;

/** A client that can be run here, or what is lacking. */
export type Prepared =
  | { readonly kind: 'prepared'; readonly build: string; readonly version: string }
  | { readonly kind: 'lacking'; readonly why: string };

/** Builds a client where all is there that it needs. */
export async function prepareClient(fixture: ClientFixture): Promise<Prepared> {
  if (fixture.notRun !== undefined) return { kind: 'lacking', why: fixture.notRun };
  for (const program of fixture.needs) {
    if (!(await isOnPath(program))) return { kind: 'lacking', why: `${program} is not on the path` };
  }
  const { needsFile } = fixture;
  if (needsFile !== undefined && !(await exists(needsFile)))
    return { kind: 'lacking', why: `${needsFile} is not there` };
  const build = join(BUILDS, fixture.folder);
  await mkdir(build, { recursive: true });
  for (const step of fixture.setup) {
    const { exitCode, output } = await run(fill(step, build), fixture.path);
    if (exitCode !== 0)
      return { kind: 'lacking', why: `${step.join(' ')}: ${output.trim().split('\n').at(-1) ?? ''}` };
  }
  const { output } = await run(fill(fixture.version, build), fixture.path);
  return { kind: 'prepared', build, version: output.trim().split('\n').at(-1) ?? '' };
}

/** Checks a client that is prepared. */
export async function runClient(
  fixture: ClientFixture,
  { build }: Extract<Prepared, { readonly kind: 'prepared' }>,
  { controlApi, cases }: { readonly controlApi: string; readonly cases: readonly string[] },
): Promise<Card> {
  const faults: unknown[] = [];
  const command = fill(fixture.command, build);
  const launch = commandLauncher({
    command,
    // what the machine says of proxies and roots must not count; a home is wanted by some
    environment: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      LANG: 'C.UTF-8',
      ...fixture.environment,
    },
    folder: fixture.path,
    childrenEnd: 'with it',
    onFault: (fault) => faults.push(fault),
  });
  return checkThrough(launch, {
    contract: emailmassivo,
    controlApi,
    client: fixture.name,
    cases,
    jobs: 6,
    library: await libraryOfCommand(command, fixture.path),
  });
}

function fill(words: readonly string[], build: string): readonly string[] {
  return words.map((word) => word.replaceAll('{build}', build));
}

async function isOnPath(program: string): Promise<boolean> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = await Promise.all(folders.map((folder) => exists(join(folder, program))));
  return found.includes(true);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function run(
  words: readonly string[],
  cwd: string,
): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  return new Promise((resolve) => {
    const [program = '', ...rest] = words;
    const child = spawn(program, rest, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: BUILD_LIMIT });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', (fault) => resolve({ exitCode: 1, output: fault.message }));
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
