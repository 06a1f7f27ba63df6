/** Abuse by a disk that is full. */
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bodyOf } from '../../../src/control-api/client.ts';
import { ofEffort, type Probe } from '../probe.ts';
import { startAbusedSandbox, submit } from './abused-sandbox.ts';
import { octetsOf, smallFileSystem, temporaryFolder } from './folders.ts';

const MIB = 1_024 * 1_024;

const diskFull: Probe = {
  name: 'disk full',
  what: 'emails are on their way when the disk gets full, and it gets room again later',
  bounds: { memory: 400 * MIB, counts: { 'copies too many': 0, lost: 0, 'faults a second': 20 } },
  run: async (effort) => {
    await using disk = await smallFileSystem(4 * MIB);
    await using sandbox = await startAbusedSandbox({}, disk.path);
    const { sink } = sandbox;
    const message = Buffer.from(`From: <${sandbox.sender}>\r\n\r\n${'text\r\n'.repeat(200)}`);
    const wire = await sandbox.session();
    sink.hold();
    let accepted = 0;
    for (let at = 0; at < 12; at += 1) {
      const code = await submit(wire, sandbox.sender, ['to@customer.example'], message);
      if (code === 250) accepted += 1;
    }
    while (sink.taken < accepted) await delay(10);
    const filler = join(disk.path, 'filler');
    await fill(filler);
    sink.release();
    const seconds = ofEffort(effort, 4, 15);
    await delay(seconds * 1_000);
    const faults = (await sandbox.faults()).reduce((sum, each) => sum + Number.parseInt(each, 10), 0);
    await rm(filler);
    const param = { account: sandbox.account.id };
    await bodyOf(sandbox.control.accounts[':account'].settled.$post({ param, json: { timeoutMs: 60_000 } }));
    wire.close();
    const history = await bodyOf(
      sandbox.control.accounts[':account'].history.$get({ param, query: { status: 'delivered' } }),
    );
    return {
      octets: await octetsOf(disk.path),
      memory: await sandbox.peakMemory(),
      counts: {
        accepted,
        'copies too many': sink.taken - accepted,
        lost: accepted - history.emails.length,
        'faults a second': faults / seconds,
      },
    };
  },
};

/** Writes a file until nothing more fits. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const size of [64 * 1_024, 4_096, 1]) {
      for (;;) {
        const written = await file.write(Buffer.alloc(size)).catch(() => ({ bytesWritten: 0 }));
        if (written.bytesWritten < size) break;
      }
    }
  } finally {
    await file.close();
  }
}

const bodies: Probe = {
  name: 'bodies',
  what: 'mails of a megabyte; the octets are those of the data folder once they are delivered',
  bounds: { octets: 24 * MIB, memory: 600 * MIB },
  run: async (effort) => {
    await using folder = await temporaryFolder();
    await using sandbox = await startAbusedSandbox({}, folder.path);
    const wire = await sandbox.session();
    const message = Buffer.from(`From: <${sandbox.sender}>\r\n\r\n${'text of a line\r\n'.repeat(65_536)}`);
    for (let at = 0; at < ofEffort(effort, 20, 200); at += 1)
      await submit(wire, sandbox.sender, ['to@customer.example'], message);
    wire.close();
    const param = { account: sandbox.account.id };
    await bodyOf(sandbox.control.accounts[':account'].settled.$post({ param, json: { timeoutMs: 60_000 } }));
    // rounds of a second in which bodies are forgotten and space is given back
    for (let look = 0; look < 30 && (await octetsOf(folder.path)) > 24 * MIB; look += 1) await delay(1_000);
    return { octets: await octetsOf(folder.path), memory: await sandbox.peakMemory() };
  },
};

/** Abuse of the disk. */
export const diskProbes: readonly Probe[] = [diskFull, bodies];
