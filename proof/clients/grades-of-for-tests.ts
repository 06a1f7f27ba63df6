import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientCases } from './gallery-cases.ts';
import { checkClients } from '../../src/conformance/clients/check-clients.ts';
import {
  functionLauncher,
  type SendFunction,
} from '../../src/conformance/clients/launchers/function-launcher.ts';
import { openTokenDesk } from '../../src/conformance/clients/token-desk.ts';
import type { GradedCase } from '../../src/conformance/clients/graded-case.ts';
import { emailmassivo } from '../../src/contract/emailmassivo/emailmassivo.ts';
import { gatewayName } from '../../src/contract/emailmassivo/vocabulary.ts';
import { openControlClient } from '../../src/control-api/client.ts';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import type { GrantedTime } from './granted-time.ts';

/** How a client is watched in a test. */
export interface Watch {
  /** Milliseconds that count as a second. */
  readonly second: number;
  /** Seconds. */
  readonly patience: number;
  readonly only?: readonly string[];
  /** By which gateway and check go; the client too, or its waits are others. */
  readonly time: GrantedTime;
}

let runs = 0;

/** Checks a client against a sandbox of its own. */
export async function gradesOf(
  send: SendFunction,
  { second, patience, only, time }: Watch,
): Promise<ReadonlyMap<string, GradedCase>> {
  const faults: unknown[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'client-check-'));
  await using sandbox = await createSandbox({
    // nobody reads this mail
    smarthost: { host: '127.0.0.1', port: 1 },
    parts: { time: () => time },
    onFault: (fault) => faults.push(fault),
  });
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, sandbox.certificateAuthority);
  await using tokenDesk = await openTokenDesk(() => time.now());
  const graded = await checkClients({
    around: {
      client: openControlClient(sandbox.controlUrl),
      ca: sandbox.certificateAuthority,
      caFile,
      tokenDesk,
      host: 'localhost',
      serverName: gatewayName,
      contract: emailmassivo,
      mode: '587+starttls',
      patience,
      second,
      unique: `t${(runs += 1)}`,
    },
    launch: functionLauncher(send),
    cases: clientCases.filter(({ id }) => only === undefined || only.includes(id)),
    profile: 'call',
    patience: patience * second,
    jobs: 8,
    time,
    signal: new AbortController().signal,
    onGraded: () => undefined,
  });
  await rm(folder, { recursive: true });
  if (faults.length > 0) throw new AggregateError(faults, 'The sandbox met faults of its own.');
  return new Map(graded.map((one) => [one.id, one]));
}
