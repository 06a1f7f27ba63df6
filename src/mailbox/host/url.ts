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

/** Takes a Mailpit that runs already, once both its doors have answered. */
export async function openUrl(api: string, smtp: SmtpAddress): Promise<MailboxHost> {
  const base = checkApiUrl(api);
  const info = await askMailpit(base, patienceMs, (client) => client.getInfo());
  await greetSmtp(smtp);
  return {
    kind: 'url',
    description: `Mailpit ${info.Version} at ${base}, taking mail at ${smtp.host}:${smtp.port}`,
    smtp: { host: smtp.host, port: smtp.port },
    api: base,
    [Symbol.asyncDispose]: async () => {
      // whoever started that Mailpit ends it
    },
  };
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
