import net from 'node:net';

/** A message as its client remembers it. */
export interface SentMessage {
  readonly messageId: string;
  readonly recipients: readonly string[];
  /** Whether the client saw the 250 after the final dot. */
  acknowledged: boolean;
}

/** What a client sends with. */
export interface ClientSetup {
  readonly name: string;
  readonly port: number;
  readonly token: string;
  readonly sender: string;
  readonly log: SentMessage[];
  readonly signal: AbortSignal;
}

/**
 * Sends until it is told to stop, on a new session whenever the old one is gone. It never sends a message twice: what
 * was not acknowledged stays unknown, as RFC 5321 §4.5.3.2.6 has it.
 */
export async function sendUntilStopped(setup: ClientSetup): Promise<void> {
  while (!setup.signal.aborted) {
    await sendOnOneSession(setup).catch(() => undefined);
    // the gateway may be gone for a moment; the next turn of the loop tries again
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function sendOnOneSession({ name, port, token, sender, log, signal }: ClientSetup): Promise<void> {
  const session = await openSession(port);
  try {
    await session.expect('220');
    await session.say('EHLO client.example', '250');
    await session.say(`AUTH PLAIN ${token}`, '235');
    while (!signal.aborted) {
      const messageId = `<${name}-${log.length}@client.example>`;
      const recipients = Array.from(
        { length: 1 + (log.length % 3) },
        (_, at) => `${name}-${log.length}-${at}@r.example`,
      );
      await session.say(`MAIL FROM:<${sender}>`, '250');
      for (const recipient of recipients) await session.say(`RCPT TO:<${recipient}>`, '250');
      await session.say('DATA', '354');
      const message: SentMessage = { messageId, recipients, acknowledged: false };
      log.push(message);
      await session.say(`From: <${sender}>\r\nMessage-ID: ${messageId}\r\n\r\ntext\r\n.`, '250');
      message.acknowledged = true;
    }
  } finally {
    session.close();
  }
}

interface Session {
  say(line: string, code: string): Promise<void>;
  expect(code: string): Promise<void>;
  close(): void;
}

async function openSession(port: number): Promise<Session> {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
  let received = '';
  let wake = Promise.withResolvers<void>();
  let gone = false;
  const notice = () => {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };
  socket.setEncoding('latin1');
  socket.on('data', (octets: string) => {
    received += octets;
    notice();
  });
  for (const event of ['error', 'close'] as const) {
    socket.on(event, () => {
      gone = true;
      notice();
    });
  }
  const expect = async (code: string): Promise<void> => {
    for (;;) {
      const match = /^(?:\d{3}-.*\r\n)*(\d{3}) .*\r\n/.exec(received);
      if (match !== null) {
        received = received.slice(match[0].length);
        if (match[1] !== code) throw new Error(`expected ${code}, got ${match[0]}`);
        return;
      }
      if (gone) throw new Error('the session is gone');
      await wake.promise;
    }
  };
  return {
    expect,
    say: (line, code) => {
      socket.write(`${line}\r\n`);
      return expect(code);
    },
    close: () => socket.destroy(),
  };
}
