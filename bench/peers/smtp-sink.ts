import { startProgram } from './start-program.ts';
import type { Peer } from './peer.ts';

/** Postfix's sink, in C, which discards and knows no AUTH. It does not run as root, so it is told who else to be. */
export function startSmtpSink(): Promise<Peer> {
  const other = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  return startProgram({ name: 'smtp-sink', flag: 'no AUTH' }, 'smtp-sink', (port) => [
    ...other,
    `127.0.0.1:${port}`,
    '511',
  ]);
}
