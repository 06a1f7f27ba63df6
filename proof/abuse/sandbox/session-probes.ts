/** Abuse by sessions, handshakes, names and streams. */
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { once } from 'node:events';
import { readSessions } from '../../../src/control-api/read-sessions.ts';
import { ofEffort, type Probe } from '../probe.ts';
import { expectCode, startAbusedSandbox, submit } from './abused-sandbox.ts';
import { temporaryFolder, octetsOf } from './folders.ts';

const MIB = 1_024 * 1_024;

const manySessions: Probe = {
  name: 'transcripts',
  what: 'sessions that fill their transcripts, and all of them asked for',
  bounds: { memory: 500 * MIB, counts: { 'octets of the largest page': 6 * MIB } },
  run: async (effort) => {
    await using sandbox = await startAbusedSandbox();
    const line = Buffer.from(`${'x'.repeat(15_000)}\r\n`);
    for (let at = 0; at < ofEffort(effort, 300, 2_000); at += 1) {
      const wire = await sandbox.session('not logged in');
      for (let sent = 0; sent < 4; sent += 1) await wire.exchange(line, 1);
      wire.close();
    }
    let largest = 0;
    let octets = 0;
    for (let cursor: string | null = '0'; cursor !== null;) {
      const response = await fetch(`${sandbox.controlUrl}/sessions?limit=500&cursor=${cursor}`);
      const text = await response.text();
      largest = Math.max(largest, text.length);
      octets += text.length;
      cursor = (JSON.parse(text) as { next: string | null }).next;
    }
    return { octets, memory: await sandbox.peakMemory(), counts: { 'octets of the largest page': largest } };
  },
};

const failedHandshakes: Probe = {
  name: 'failed handshakes',
  what: 'handshakes that fail, behind sessions of an account',
  bounds: { memory: 400 * MIB, counts: { 'transcripts lost': 0 } },
  run: async (effort) => {
    await using sandbox = await startAbusedSandbox();
    const sessions = 50;
    for (let at = 0; at < sessions; at += 1) (await sandbox.session()).close();
    const handshakes = ofEffort(effort, 300, 4_000);
    for (let at = 0; at < handshakes; at += 1) {
      const socket = connect(sandbox.ports['465'], '127.0.0.1').resume();
      socket.on('error', () => undefined);
      socket.end('no handshake at all\r\n');
      await once(socket, 'close');
    }
    const kept = await readSessions(sandbox.control, sandbox.account.id);
    return {
      octets: handshakes * 21,
      memory: await sandbox.peakMemory(),
      counts: { 'transcripts lost': sessions - kept.length },
    };
  },
};

const names: Probe = {
  name: 'names of failed logins',
  what: 'failed logins, each with a name of its own of 8.8 KB; the octets are those of the data folder',
  bounds: { octets: 24 * MIB, memory: 400 * MIB },
  run: async (effort) => {
    await using folder = await temporaryFolder();
    await using sandbox = await startAbusedSandbox({}, folder.path);
    const sessions = ofEffort(effort, 10, 100);
    for (let at = 0; at < sessions; at += 1) {
      const wire = await sandbox.session('not logged in');
      for (let tried = 0; tried < 100; tried += 1) {
        const name = `${at}-${tried}-`.padEnd(8_800, 'n');
        await wire
          .exchange(Buffer.from(`AUTH PLAIN ${Buffer.from(`\0${name}\0x`).toString('base64')}\r\n`), 1)
          .catch(() => 0);
      }
      wire.close();
    }
    return { octets: await octetsOf(folder.path), memory: await sandbox.peakMemory() };
  },
};

const records: Probe = {
  name: 'TLS records of one octet',
  what: 'a message whose octets come in TLS records of their own',
  bounds: { memory: 400 * MIB, milliseconds: 60_000 },
  run: async (effort) => {
    await using sandbox = await startAbusedSandbox();
    const octets = ofEffort(effort, 40_000, 400_000);
    const socket = connectTls({ port: sandbox.ports['465'], host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    socket.setNoDelay(true).resume();
    for (let at = 0; at < octets; at += 1) {
      if (!socket.write('x')) await once(socket, 'drain');
    }
    const memory = await sandbox.peakMemory();
    socket.destroy();
    return { octets, memory };
  },
};

const streams: Probe = {
  name: 'event streams',
  what: 'event streams of one account, then 200 mails',
  bounds: { memory: 400 * MIB, counts: { 'ms for 200 mails': 10_000 } },
  run: async (effort) => {
    await using sandbox = await startAbusedSandbox();
    const ending = new AbortController();
    const url = `${sandbox.controlUrl}/accounts/${sandbox.account.id}/events`;
    let octets = 0;
    const hear = async (): Promise<void> => {
      const response = await fetch(url, { signal: ending.signal });
      for await (const chunk of response.body ?? []) octets += chunk.length;
    };
    const hearing = Array.from({ length: ofEffort(effort, 200, 1_000) }, () => hear().catch(() => undefined));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const wire = await sandbox.session();
    const begun = performance.now();
    const message = Buffer.from(`From: <${sandbox.sender}>\r\n\r\ntext`);
    for (let at = 0; at < 200; at += 1) await submit(wire, sandbox.sender, ['to@customer.example'], message);
    const took = performance.now() - begun;
    wire.close();
    const memory = await sandbox.peakMemory();
    ending.abort();
    await Promise.all(hearing);
    return { octets, memory, counts: { 'ms for 200 mails': took } };
  },
};

const largeRequests: Probe = {
  name: 'large requests',
  what: 'requests of 300 MB to unknown and known routes of the control API and of the embedded mailbox',
  bounds: { memory: 400 * MIB },
  run: async (effort) => {
    await using sandbox = await startAbusedSandbox();
    const body = Buffer.alloc(ofEffort(effort, 30, 300) * 1_000_000);
    const mailbox = await sandbox.mailbox();
    const places = [`${sandbox.controlUrl}/nowhere`, `${sandbox.controlUrl}/accounts`, `${mailbox}/nowhere`];
    for (const place of places) {
      await fetch(place, { method: 'POST', body, headers: { 'content-type': 'application/json' } }).catch(
        // the refusal may overtake what is still being written
        () => undefined,
      );
    }
    return { octets: places.length * body.length, memory: await sandbox.peakMemory() };
  },
};

const hostileCommands: Probe = {
  name: 'lines without end',
  what: 'a command line that never ends',
  bounds: { memory: 400 * MIB },
  run: async (effort) => {
    await using sandbox = await startAbusedSandbox();
    const wire = await sandbox.session('not logged in');
    const octets = ofEffort(effort, 8, 64) * MIB;
    await wire.exchange(Buffer.concat([Buffer.alloc(octets, 120), Buffer.from('\r\n')]), 1);
    await expectCode(wire, 'NOOP', 250);
    wire.close();
    return { octets, memory: await sandbox.peakMemory() };
  },
};

/** Abuse by sessions, handshakes, names, streams and requests. */
export const sessionProbes: readonly Probe[] = [
  manySessions,
  failedHandshakes,
  names,
  records,
  streams,
  largeRequests,
  hostileCommands,
];
