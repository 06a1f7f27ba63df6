import { setTimeout as delay } from 'node:timers/promises';
import { bodyOf } from '../../src/control-api/client.ts';
import { openDescriptors, residentMemory } from './process-memory.ts';
import { startAbusedSandbox, submit, type AbusedSandbox } from './sandbox/abused-sandbox.ts';
import { octetsOf, temporaryFolder } from './sandbox/folders.ts';

/** Figures of one moment of the day. */
export interface Moment {
  readonly mails: number;
  /** Of them not yet handed over. */
  readonly waiting: number;
  readonly seconds: number;
  /** Octets of resident memory. */
  readonly memory: number;
  /** Octets of the data folder. */
  readonly folder: number;
  readonly descriptors: number;
}

/** Octets of the data folder that a mail may leave behind: its row of the history, and what finds it. */
export const FOLDER_OCTETS_A_MAIL = 600;
/** Octets of the data folder that do not grow: free pages, the write-ahead log. */
export const FOLDER_OCTETS_FIXED = 48 * 1_024 * 1_024;
/** How much more memory a sandbox may have at the end than when it was warm. */
export const MEMORY_GROWTH = 1.3;

const CLIENTS = 8;
/** Mails that may wait to be handed over: above it the machine cannot keep the rate, and the clients wait for it. */
const MOST_WAITING = 500;
/** The tenth of the day from which memory must be flat: by then all that is warmed up is warm. */
const WARM = 3;
/** Octets of each mail. */
const SIZE = 4_096;

/** A day in small: so many mails at a steady rate through a sandbox with a data folder; a moment for each tenth, and the end. */
export async function dayInSmall(
  mails: number,
  rate: number,
  onMoment: (moment: Moment) => void,
): Promise<readonly Moment[]> {
  await using folder = await temporaryFolder();
  await using sandbox = await startAbusedSandbox({}, folder.path);
  const begun = performance.now();
  const moments: Moment[] = [];
  let sent = 0;
  const note = async (): Promise<void> => {
    const moment = {
      mails: sent,
      waiting: sent - sandbox.sink.taken,
      seconds: (performance.now() - begun) / 1_000,
      memory: await residentMemory(sandbox.pid),
      folder: await octetsOf(folder.path),
      descriptors: await openDescriptors(sandbox.pid),
    };
    moments.push(moment);
    onMoment(moment);
  };
  await note();
  const share = Math.ceil(mails / 10);
  for (let tenth = 1; tenth <= 10; tenth += 1) {
    const until = Math.min(mails, share * tenth);
    await Promise.all(
      Array.from({ length: CLIENTS }, () =>
        sendSome(
          sandbox,
          () => sent,
          () => {
            if (sent >= until) return undefined;
            sent += 1;
            return Math.max(0, begun + (sent / rate) * 1_000 - performance.now());
          },
        ),
      ),
    );
    await note();
  }
  await settle(sandbox);
  // the rounds in which bodies are forgotten
  await delay(5_000);
  await note();
  if (sandbox.sink.taken !== mails)
    throw new Error(`${sandbox.sink.taken} of ${mails} mails were delivered.`);
  return moments;
}

/** One client: a session for a while of mails, as a program has it, then the next. */
async function sendSome(
  sandbox: AbusedSandbox,
  sentBefore: () => number,
  nextWait: () => number | undefined,
): Promise<void> {
  const message = Buffer.from(
    `From: <${sandbox.sender}>\r\nSubject: a day\r\n\r\n${'text of a line'.repeat(SIZE / 14)}`.replaceAll(
      /(.{900})/g,
      '$1\r\n',
    ),
  );
  for (;;) {
    const wire = await sandbox.session();
    for (let at = 0; at < 200; at += 1) {
      const wait = nextWait();
      if (wait === undefined) {
        wire.close();
        return;
      }
      if (wait > 0) await delay(wait);
      while (sandbox.sink.taken < sentBefore() - MOST_WAITING) await delay(10);
      const code = await submit(wire, sandbox.sender, ['to@customer.example'], message);
      if (code !== 250) throw new Error(`${code} came where a mail was to be accepted`);
    }
    wire.close();
  }
}

async function settle({ control, account }: AbusedSandbox): Promise<void> {
  const param = { account: account.id };
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const response = await control.accounts[':account'].settled.$post({ param, json: { timeoutMs: 60_000 } });
    if (response.ok) return;
  }
  await bodyOf(control.accounts[':account'].settled.$post({ param, json: { timeoutMs: 60_000 } }));
}

/** What is not as it should be at the end of the day; nothing where all is well. */
export function faultsOfDay(moments: readonly Moment[]): readonly string[] {
  const [start] = moments;
  const early = moments[WARM];
  const end = moments.at(-1);
  if (start === undefined || early === undefined || end === undefined) return ['the day has no moments'];
  const peak = Math.max(...moments.slice(WARM).map(({ memory }) => memory));
  const folder = FOLDER_OCTETS_FIXED + end.mails * FOLDER_OCTETS_A_MAIL;
  return [
    ...(peak > early.memory * MEMORY_GROWTH ? [`memory grew from ${early.memory} to ${peak}`] : []),
    ...(end.folder > folder ? [`the data folder has ${end.folder} octets, more than ${folder}`] : []),
    ...(end.descriptors > start.descriptors + 20
      ? [`${end.descriptors} descriptors are open, ${start.descriptors} were at the start`]
      : []),
  ];
}
