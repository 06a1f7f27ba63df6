import { MailpitClient } from 'mailpit-api';
import { MailboxError } from './mailbox-error.ts';

/** A base URL that can be asked: http or https, no query, no hash, no slash at the end. */
export function checkApiUrl(api: string): string {
  const url = URL.canParse(api) ? new URL(api) : undefined;
  const fits = url !== undefined && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '';
  if (fits) return api.replace(/\/+$/, '');
  const sentence = `"${api}" is not the address of a mailbox. Write it like http://127.0.0.1:8025.`;
  throw new MailboxError('mailbox-url-invalid', sentence);
}

/** One question to Mailpit through its client, with a limit in milliseconds; every failure becomes a MailboxError. */
export async function askMailpit<Answer>(
  api: string,
  limitMs: number,
  ask: (client: MailpitClient) => Promise<Answer>,
): Promise<Answer> {
  // the client takes its signal once and for all its calls, hence a client for each call
  const client = new MailpitClient(api, { fetchOptions: { signal: AbortSignal.timeout(limitMs) } });
  try {
    return await ask(client);
  } catch (error) {
    throw explainFailure(error, api, limitMs);
  }
}

/** What went wrong when a mailbox was asked, in our codes. */
export function explainFailure(error: unknown, api: string, limitMs: number): MailboxError {
  if (error instanceof MailboxError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const status = /^Mailpit API Error: (\d{3}) /.exec(message)?.[1];
  if (status !== undefined) return explainStatus(Number(status), api, message, error);
  if (hasCause(error, (link) => link.name === 'TimeoutError')) {
    const sentence = `The mailbox at ${api} gave no whole answer within ${limitMs} ms. Look whether it is overloaded.`;
    return new MailboxError('mailbox-slow', sentence, { cause: error });
  }
  if (hasCause(error, (link) => link instanceof SyntaxError)) return explainGarbage(api, message, error);
  const sentence = `The mailbox at ${api} could not be reached. Look whether it is running and the address is right.`;
  return new MailboxError('mailbox-unreachable', sentence, { cause: error });
}

/** An answer that came, but is not what Mailpit would say. */
export function explainGarbage(api: string, what: string, cause: unknown): MailboxError {
  const sentence = `What answers at ${api} does not talk like Mailpit: ${what}. Check the address.`;
  return new MailboxError('mailbox-answer-unreadable', sentence, { cause });
}

/** An answer with a status that is not 200. */
export function explainStatus(status: number, api: string, detail: string, cause?: unknown): MailboxError {
  const options = cause === undefined ? undefined : { cause };
  if (status >= 500) {
    const sentence = `The mailbox at ${api} failed while answering (${detail}). Look into its log.`;
    return new MailboxError('mailbox-answered-500', sentence, options);
  }
  if (status === 404) {
    const sentence = `The mailbox at ${api} does not have what was asked for (${detail}). It may have been deleted.`;
    return new MailboxError('mailbox-email-gone', sentence, options);
  }
  const sentence = `The mailbox at ${api} refused to answer (${detail}).`;
  return new MailboxError('mailbox-refused', sentence, options);
}

function hasCause(error: unknown, fits: (link: Error) => boolean): boolean {
  for (let link = error; link instanceof Error; link = link.cause) if (fits(link)) return true;
  return false;
}
