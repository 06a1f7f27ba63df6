import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MailboxError } from '../mailbox-error.ts';
import { askMailpit } from '../mailpit-call.ts';
import { chooseFreePorts, loopback, readGreeting, requireFree } from './loopback.ts';
import type { MailboxHost } from './mailbox-host.ts';
import { startTethered, type TetheredProgram } from './tethered-program.ts';

const attempts = 5;
const startLimitMs = 15_000;

/**
 * Starts a Mailpit of its own on loopback, with a database that is gone afterwards. Its ports are free ones, but for that
 * of the API where one is asked for.
 */
export async function openProgram(
  path: string,
  apiPort?: number,
  choosePorts: (count: number) => Promise<readonly number[]> = chooseFreePorts,
): Promise<MailboxHost> {
  const complaints: string[] = [];
  while (complaints.length < attempts) {
    const ports =
      apiPort === undefined ? await choosePorts(2) : [...(await choosePorts(1)), await requireFree(apiPort)];
    const started = await tryToStart(path, ports);
    if (started.kind === 'running') return started.host;
    complaints.push(started.complaint);
    if (started.kind === 'hopeless') break;
  }
  throw new MailboxError(
    'mailpit-did-not-start',
    `${path} did not start (${complaints.length} of ${attempts} attempts): ${complaints.join('; ')}. ` +
      'Run it by hand to see why, or take the embedded mailbox.',
  );
}

type Start =
  | { readonly kind: 'running'; readonly host: MailboxHost }
  | { readonly kind: 'ended' | 'hopeless'; readonly complaint: string };

async function tryToStart(path: string, [smtpPort = 0, apiPort = 0]: readonly number[]): Promise<Start> {
  // a directory per attempt: another Mailpit that took our port first is known by its database
  const directory = await mkdtemp(join(tmpdir(), 'mailbox-'));
  const database = join(directory, 'mail.db');
  const program = startTethered(path, mailpitArguments(smtpPort, apiPort, database), directory);
  const api = `http://${loopback}:${apiPort}`;
  const giveUp = AbortSignal.timeout(startLimitMs);
  const stop = AbortSignal.any([giveUp, program.ended]);
  try {
    const version = await waitUntilReady(api, database, stop);
    await readGreeting(loopback, smtpPort, stop);
    program.ended.throwIfAborted();
    return { kind: 'running', host: describeHost(path, version, smtpPort, api, program) };
  } catch {
    const complaint = giveUp.aborted ? `no answer within ${startLimitMs} ms` : program.lastWords();
    await program.end();
    return { kind: giveUp.aborted || program.neverRan() ? 'hopeless' : 'ended', complaint };
  }
}

function mailpitArguments(smtpPort: number, apiPort: number, database: string): readonly string[] {
  return [
    '--smtp',
    `${loopback}:${smtpPort}`,
    '--listen',
    `${loopback}:${apiPort}`,
    '--database',
    database,
    '--max',
    '0',
    '--disable-version-check',
    '--smtp-disable-rdns',
    '--quiet',
  ];
}

async function waitUntilReady(api: string, database: string, stop: AbortSignal): Promise<string> {
  for (;;) {
    stop.throwIfAborted();
    const answer = await fetch(`${api}/readyz`, { signal: stop }).catch(() => undefined);
    if (answer?.ok === true) {
      const info = await askMailpit(api, startLimitMs, (client) => client.getInfo());
      if (info.Database === database) return info.Version;
    }
    await delay(10, undefined, { signal: stop });
  }
}

function describeHost(
  path: string,
  version: string,
  port: number,
  api: string,
  program: TetheredProgram,
): MailboxHost {
  return {
    kind: 'program',
    description: `Mailpit ${version}, started from ${path}`,
    smtp: { host: loopback, port },
    api,
    ended: program.ended,
    [Symbol.asyncDispose]: () => program.end(),
  };
}
