import { startProgram } from './start-program.ts';
import type { Peer } from './peer.ts';

/** Postfix's sink, in C, which discards and knows no AUTH. */
export function startSmtpSink(): Promise<Peer> {
  return startProgram({ name: 'smtp-sink', flag: 'no AUTH' }, 'smtp-sink', (port) => [
    `127.0.0.1:${port}`,
    '511',
  ]);
}
