import { askMailpit, checkApiUrl } from '../mailpit-call.ts';
import { MailboxError } from '../mailbox-error.ts';
import { readGreeting } from './loopback.ts';
import type { MailboxHost } from './mailbox-host.ts';

/** Where a mailbox takes mail. */
export interface SmtpAddress {
  readonly host: string;
  readonly port: number;
}

const patienceMs = 5000;

/**
 * Takes a Mailpit that runs already, once both its doors have answered. Where somebody hears notices it may be down: that is
 * said, and mail waits for it.
 */
export async function openUrl(
  api: string,
  smtp: SmtpAddress,
  onNotice?: (sentence: string) => void,
): Promise<MailboxHost> {
  const base = checkApiUrl(api);
  const where = `at ${base}, taking mail at ${smtp.host}:${smtp.port}`;
  return {
    kind: 'url',
    description: await meet(base, smtp).then(
      (version) => `Mailpit ${version} ${where}`,
      (fault: unknown) => {
        if (onNotice === undefined || !(fault instanceof MailboxError)) throw fault;
        onNotice(`${fault.message} Mail is taken all the same, and waits until it can be delivered.`);
        return `Mailpit ${where}, which does not answer yet`;
      },
    ),
    smtp: { host: smtp.host, port: smtp.port },
    api: base,
    [Symbol.asyncDispose]: async () => {
      // whoever started that Mailpit ends it
    },
  };
}

/** Asks both doors; the version that the one tells. */
async function meet(base: string, smtp: SmtpAddress): Promise<string> {
  const info = await askMailpit(base, patienceMs, (client) => client.getInfo());
  await greetSmtp(smtp);
  return info.Version;
}

async function greetSmtp(smtp: SmtpAddress): Promise<void> {
  const where = `${smtp.host}:${smtp.port}`;
  let greeting: string;
  try {
    greeting = await readGreeting(smtp.host, smtp.port, AbortSignal.timeout(patienceMs));
  } catch (cause) {
    const sentence = `The mailbox takes no mail at ${where}. Check the host and port of its SMTP side.`;
    throw new MailboxError('mailbox-smtp-unreachable', sentence, { cause });
  }
  if (greeting.startsWith('220')) return;
  const sentence = `What answers at ${where} does not greet like a mail server that takes mail: "${greeting}".`;
  throw new MailboxError('mailbox-smtp-unreachable', sentence);
}
