/**
 * Where mail ends: something that takes SMTP on one side and shows what it took through Mailpit's API on the other.
 * This room finds, starts and reads such a mailbox. It refuses to know what is right: it neither checks an email
 * nor charges for one.
 */
import { openContainer } from './host/container.ts';
import { openEmbedded, type EmbeddedOptions } from './host/embedded.ts';
import { findMailpit } from './host/find-mailpit.ts';
import type { MailboxHost } from './host/mailbox-host.ts';
import { openLastingProgram } from './host/lasting-program.ts';
import { openProgram } from './host/program.ts';
import { openUrl, type SmtpAddress } from './host/url.ts';
import { MailboxError } from './mailbox-error.ts';

export type { MailboxHost } from './host/mailbox-host.ts';

/** The port on which the API of a mailbox listens that is started here; a free one where none is given. */
interface AtPort {
  readonly apiPort?: number;
}

/**
 * Which mailbox to open. `auto`: Mailpit on the search path, else the embedded stand-in. `searchPath` is a list of
 * directories in the form of the environment's `PATH`; this room never reads the environment itself.
 */
export type MailboxChoice =
  | ({ readonly kind: 'auto'; readonly searchPath: string } & AtPort)
  | ({ readonly kind: 'program'; readonly searchPath: string; readonly path?: string } & AtPort)
  | ({ readonly kind: 'embedded' } & EmbeddedOptions)
  | { readonly kind: 'container'; readonly image?: string }
  | { readonly kind: 'url'; readonly api: string; readonly smtp: SmtpAddress };

/**
 * Opens the chosen mailbox; the caller disposes of it. It is ready to take mail, unless somebody hears notices, one
 * sentence each: then one at a URL may be down as yet, and a Mailpit of our own that dies is started again. Throws
 * {@link MailboxError} `mailbox-port-taken` where something else listens on the port that was asked for.
 */
export async function openMailbox(
  choice: MailboxChoice,
  onNotice?: (sentence: string) => void,
): Promise<MailboxHost> {
  switch (choice.kind) {
    case 'auto': {
      const path = await findMailpit(choice.searchPath);
      return path === undefined
        ? openEmbedded(choice.apiPort === undefined ? {} : { apiPort: choice.apiPort })
        : startProgram(path, choice.apiPort, onNotice);
    }
    case 'program': {
      const path = choice.path ?? (await findMailpit(choice.searchPath));
      if (path === undefined) throw mailpitNotFound(choice.searchPath);
      return startProgram(path, choice.apiPort, onNotice);
    }
    case 'embedded':
      return openEmbedded(choice);
    case 'container':
      return openContainer(choice.image);
    case 'url':
      return openUrl(choice.api, choice.smtp, onNotice);
  }
}

function startProgram(
  path: string,
  apiPort: number | undefined,
  onNotice: ((sentence: string) => void) | undefined,
): Promise<MailboxHost> {
  return onNotice === undefined ? openProgram(path, apiPort) : openLastingProgram(path, apiPort, onNotice);
}

function mailpitNotFound(searchPath: string): MailboxError {
  return new MailboxError(
    'mailpit-not-found',
    `No program named mailpit was found on the search path (${searchPath === '' ? 'it is empty' : searchPath}). ` +
      'Install Mailpit, name its path, or take the embedded mailbox.',
  );
}
