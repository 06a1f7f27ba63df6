import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { z } from 'zod';

/** Everything that can be put side by side; `ours` and `ours in memory` are this project's gateway. */
export type PeerName =
  'ours' | 'ours in memory' | 'bare' | 'smtp-server' | 'Mailpit' | 'MailDev' | 'smtp-sink';

/** Where a peer listens. */
export const addressSchema = z.object({
  port: z.int(),
  /** A port with TLS from the first octet. */
  tlsPort: z.int().optional(),
  login: z.object({ name: z.string(), password: z.string() }).optional(),
});

/** A peer that is up, in a process of its own. */
export interface Peer extends AsyncDisposable {
  readonly name: PeerName;
  readonly pid: number;
  readonly address: z.output<typeof addressSchema>;
  /** What a reader must know to compare, such as a missing AUTH. */
  readonly flag: string | undefined;
  /** Emails accepted and not yet relayed; nothing for a peer that relays none. */
  readonly backlog?: () => Promise<number>;
}

/** A peer that cannot be run here, with the reason. */
export class PeerMissing extends Error {
  override readonly name = 'PeerMissing';
}

/** The path of a program on the search path. */
export async function findProgram(name: string): Promise<string> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  throw new PeerMissing(`There is no program named ${name} on the search path.`);
}
