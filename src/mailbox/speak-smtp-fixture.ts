import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { MailboxHost } from './mailbox.ts';

/** A message as a test hands it over; `message` is one character per octet, lines with CRLF, not yet stuffed. */
export interface SampleMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly message: string;
  readonly mailParameters?: string;
}

/** For tests: sends messages octet by octet over one session, and gives the last reply to each. */
export async function submitAll(
  host: Pick<MailboxHost, 'smtp'>,
  submissions: readonly SampleMail[],
): Promise<readonly string[]> {
  const socket = connect(host.smtp);
  try {
    await once(socket, 'connect');
    return await talk(socket, submissions);
  } finally {
    socket.destroy();
  }
}

/** For tests: sends one message, and gives the reply to it. */
export async function submit(host: MailboxHost, submission: SampleMail): Promise<string> {
  const [reply = ''] = await submitAll(host, [submission]);
  return reply;
}

async function talk(socket: Socket, submissions: readonly SampleMail[]): Promise<readonly string[]> {
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const hear = async (): Promise<string> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error('the mail server hung up');
      if (/^\d{3}(?: |$)/.test(value)) return value;
    }
  };
  const say = async (command: string): Promise<string> => {
    socket.write(`${command}\r\n`);
    return hear();
  };
  await hear();
  await say('EHLO tester.example');
  const replies: string[] = [];
  for (const { from, to, message, mailParameters = '' } of submissions) {
    await say('RSET');
    let reply = await say(`MAIL FROM:<${from}>${mailParameters}`);
    for (const path of to) reply = await say(`RCPT TO:<${path}>`);
    reply = await say('DATA');
    if (reply.startsWith('354')) {
      socket.write(Buffer.from(`${message.replaceAll(/^\./gm, '..')}.\r\n`, 'latin1'));
      reply = await hear();
    }
    replies.push(reply);
  }
  return replies;
}
