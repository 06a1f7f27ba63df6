/**
 * A next host before the mailbox that speaks as such hosts do: not each of its sessions knows EHLO or pipelines, some give
 * their replies in pieces, and some say goodbye after a few emails. What a mailbox gets is the same; a relay that is right
 * lets nobody notice.
 */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** How a session speaks; each next one in another way. */
const speeches = [
  'as the mailbox',
  'HELO only',
  'no extensions, in pieces',
  'a goodbye after two emails',
] as const;
type Speech = (typeof speeches)[number];

/** Emails that a session takes before it says goodbye. */
const EMAILS_BEFORE_GOODBYE = 2;
const CRLF = '\r\n';

/** Opens the host before a mailbox; ends with its disposal. */
export async function openNextHost(mailbox: {
  readonly host: string;
  readonly port: number;
}): Promise<AsyncDisposable & { readonly host: string; readonly port: number }> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer({ noDelay: true }, (client) => {
    const speech = speeches[count++ % speeches.length] ?? 'as the mailbox';
    const behind = connect({ ...mailbox, noDelay: true });
    for (const socket of [client, behind]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      // the other side hears of it by the close
      socket.on('error', () => socket.destroy());
    }
    client.on('close', () => behind.destroy());
    behind.on('close', () => client.end());
    relay(client, behind, speech);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The next host has no port.');
  return {
    host: '127.0.0.1',
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Hands lines to the mailbox and replies back, in the speech of the session. */
function relay(client: Socket, behind: Socket, speech: Speech): void {
  let input = '';
  let isMessage = false;
  let emails = 0;
  // replies that are due before the one to DATA
  let asked = 0;
  let dataAt: number | undefined;
  const take = (line: string): void => {
    if (isMessage) {
      behind.write(line + CRLF, 'latin1');
      if (line === '.') {
        isMessage = false;
        emails += 1;
      }
      return;
    }
    if (speech === 'HELO only' && /^EHLO/i.test(line)) {
      client.write(`502 5.5.1 say HELO${CRLF}`);
      return;
    }
    if (speech === 'a goodbye after two emails' && /^MAIL/i.test(line) && emails >= EMAILS_BEFORE_GOODBYE) {
      client.end(`421 4.3.2 enough${CRLF}`);
      behind.destroy();
      return;
    }
    asked += 1;
    if (/^DATA$/i.test(line)) dataAt = asked;
    behind.write(line + CRLF, 'latin1');
  };
  client.setEncoding('latin1');
  client.on('data', (octets: string) => {
    input += octets;
    go();
  });
  const isHeld = () => dataAt !== undefined;
  const go = (): void => {
    while (!isHeld()) {
      const end = input.indexOf(CRLF);
      if (end === -1) return;
      const line = input.slice(0, end);
      input = input.slice(end + CRLF.length);
      if (!behind.destroyed) take(line);
    }
  };
  let replies = '';
  behind.setEncoding('latin1');
  behind.on('data', (octets: string) => {
    replies += octets;
    const whole = /^(?:\d{3}-[^\n]*\n)*\d{3} [^\n]*\n/;
    for (let reply = whole.exec(replies)?.[0]; reply !== undefined; reply = whole.exec(replies)?.[0]) {
      replies = replies.slice(reply.length);
      answer(reply);
    }
  });
  let answered = 0;
  const answer = (reply: string): void => {
    // the greeting answers nothing
    const isAnswer = !reply.startsWith('220');
    if (isAnswer) answered += 1;
    if (speech === 'no extensions, in pieces') {
      for (const piece of withoutExtensions(reply).match(/[^]{1,3}/g) ?? []) client.write(piece, 'latin1');
    } else client.write(reply, 'latin1');
    if (dataAt !== undefined && answered >= dataAt) {
      isMessage = reply.startsWith('354');
      dataAt = undefined;
      if (isMessage) asked += 1;
      go();
    }
  };
}

/** A reply to EHLO that lists nothing; any other stays. */
function withoutExtensions(reply: string): string {
  const lines = reply.split(CRLF).slice(0, -1);
  return lines.length > 1 && lines.some((line) => /PIPELINING|8BITMIME|SIZE/.test(line))
    ? `250 next.example${CRLF}`
    : reply;
}
