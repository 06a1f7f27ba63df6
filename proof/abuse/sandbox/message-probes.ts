/** Abuse by what a message holds. */
import { ofEffort, type Probe } from '../probe.ts';
import { startAbusedSandbox, submit } from './abused-sandbox.ts';

const KIB = 1_024;
const MIB = 1_024 * KIB;

/** The beginnings of a From field that make a careless reader look at the rest again and again. */
const hostileParts = [
  '<',
  '"',
  '(',
  '\\',
  ',',
  '@',
  ':',
  ';',
  '=?utf-8?q?',
  '<a@b>,',
  '"\\',
  '((',
  '\r\n ',
  'a,<',
];

const hostileFrom: Probe = {
  name: 'hostile From',
  what: 'From fields of one part repeated, each part in a message of its own',
  bounds: { milliseconds: 15_000, memory: 600 * MIB, counts: { 'ms at most for one': 2_000 } },
  run: async (effort) => {
    await using sandbox = await startAbusedSandbox();
    const size = ofEffort(effort, 256 * KIB, MIB);
    let octets = 0;
    let longest = 0;
    for (const part of hostileParts) {
      const message = Buffer.from(`From: ${part.repeat(size / part.length)}\r\n\r\ntext`);
      const wire = await sandbox.session();
      const begun = performance.now();
      await submit(wire, sandbox.sender, ['to@customer.example'], message);
      longest = Math.max(longest, performance.now() - begun);
      octets += message.length;
      wire.close();
    }
    return { octets, memory: await sandbox.peakMemory(), counts: { 'ms at most for one': longest } };
  },
};

const hostileSubject: Probe = {
  name: 'hostile subject',
  what: 'a Subject and a Message-ID of 512 KiB to 1,000 recipients',
  bounds: { milliseconds: 15_000, memory: 450 * MIB },
  run: async (effort) => {
    const recipients = ofEffort(effort, 100, 1_000);
    await using sandbox = await startAbusedSandbox({ limits: { recipientLimit: recipients } });
    const long = 's'.repeat(512 * KIB);
    const message = Buffer.from(
      `From: <${sandbox.sender}>\r\nSubject: ${long}\r\nMessage-ID: <${long}@x.example>\r\n\r\ntext`,
    );
    const wire = await sandbox.session();
    const forwardPaths = Array.from({ length: recipients }, (_, at) => `to${at}@customer.example`);
    await submit(wire, sandbox.sender, forwardPaths, message);
    wire.close();
    const page = await fetch(`${sandbox.controlUrl}/accounts/${sandbox.account.id}/history`);
    const answered = (await page.arrayBuffer()).byteLength;
    return { octets: answered, memory: await sandbox.peakMemory() };
  },
};

const dots: Probe = {
  name: 'lines of dots',
  what: 'a message of nothing but lines that are dot-stuffed',
  bounds: { milliseconds: 20_000, memory: 500 * MIB },
  run: async (effort) => {
    await using sandbox = await startAbusedSandbox();
    const lines = Buffer.from('..\r\n'.repeat(ofEffort(effort, MIB, 4 * MIB)));
    const wire = await sandbox.session();
    await submit(
      wire,
      sandbox.sender,
      ['to@customer.example'],
      Buffer.concat([Buffer.from(`From: <${sandbox.sender}>\r\n\r\n`), lines]),
    );
    wire.close();
    return { octets: lines.length, memory: await sandbox.peakMemory() };
  },
};

/** Abuse by what a message holds. */
export const messageProbes: readonly Probe[] = [hostileFrom, hostileSubject, dots];
