import { createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import type { WireEvent } from '../../smtp/transcript.ts';
import { openSession } from './driver.ts';
import { certificate, key } from './certificate-fixture.ts';
import type { SmtpSession } from './smtp-session.ts';

const opened: Disposable[] = [];
afterEach(() => {
  for (const thing of opened.splice(0).toReversed()) thing[Symbol.dispose]();
});

async function serve(onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onSocket(socket);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  opened.push({
    [Symbol.dispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function open(
  port: number,
  secrets: readonly string[] = [],
): Promise<{ session: SmtpSession; wire: WireEvent[] }> {
  const wire: WireEvent[] = [];
  const result = await openSession({
    host: '127.0.0.1',
    port,
    number: 1,
    now: () => 7,
    record: (event) => wire.push(event),
    secrets: () => secrets,
    connectTimeoutMs: 5_000,
  });
  if (result.kind !== 'open') throw new Error(result.why);
  opened.push(result.session);
  return { session: result.session, wire };
}

const trust = { servername: 'localhost', certificateAuthority: certificate };

describe('replies', () => {
  test('are read one by one, whatever the packets', async () => {
    const port = await serve((socket) => socket.write('220 a\r\n250-one\r\n250 two\r\n'));
    const { session } = await open(port);
    expect(await session.readReply(5_000)).toMatchObject({ reply: { code: 220, lines: ['a'] }, faults: [] });
    expect(await session.readReply(5_000)).toMatchObject({ reply: { code: 250, lines: ['one', 'two'] } });
  });

  test('that are none are told as such', async () => {
    const port = await serve((socket) => socket.write('hello\r\n250 ok\n'));
    const { session } = await open(port);
    expect(await session.readReply(5_000)).toMatchObject({ kind: 'malformed', line: 'hello' });
    expect(await session.readReply(5_000)).toMatchObject({
      kind: 'reply',
      faults: ['a line ends with LF instead of CRLF'],
    });
  });

  test('that do not come within the limit are silence', async () => {
    const port = await serve((socket) => socket.write('22'));
    const { session } = await open(port);
    expect(await session.readReply(30)).toMatchObject({ kind: 'silence', waitedMs: 30 });
  });
});

describe('a gateway that says too much', () => {
  const flood = (piece: string) => (socket: Socket) => {
    const pump = () => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.on('drain', pump);
    pump();
  };

  test.each([
    ['one line without an end', 'x'.repeat(10_000), 'a line has more than'],
    ['a reply without an end', '250-more\r\n'.repeat(1_000), 'a reply has more than'],
    ['NULs', '\0'.repeat(10_000), 'a line has more than'],
  ])('%s is malformed, and nobody listens any longer', async (_what, piece, why) => {
    const { promise: left, resolve } = Promise.withResolvers<void>();
    const port = await serve((socket) => {
      socket.on('close', () => resolve());
      flood(piece)(socket);
    });
    const { session, wire } = await open(port);
    expect(await session.readReply(5_000)).toMatchObject({
      kind: 'malformed',
      why: expect.stringContaining(why),
    });
    await left;
    expect(session.isOver).toBe(true);
    expect(session.closedBy).toBeUndefined();
    const heard = wire.reduce((sum, { octets }) => sum + octets.length, 0);
    expect(heard).toBeLessThan(1_000_000);
    expect(await session.readReply(5_000)).toMatchObject({ kind: 'malformed' });
  });

  test('replies that nobody asks for are too much some day, read or not', async () => {
    const port = await serve(flood('250 ok\r\n'.repeat(1_000)));
    const { session } = await open(port);
    let last = await session.readReply(5_000);
    while (last.kind === 'reply') last = await session.readReply(5_000);
    expect(last).toMatchObject({ kind: 'malformed' });
  });
});

describe('the end of a session', () => {
  test('by the gateway is seen, with what came before', async () => {
    const port = await serve((socket) => socket.end('221 bye\r\n25'));
    const { session } = await open(port);
    await session.readReply(5_000);
    expect(await session.readReply(5_000)).toEqual({ kind: 'closed', how: 'end', rest: '25' });
    expect(session.closedBy).toBe('end');
    session.write('NOOP\r\n');
    expect(await session.awaitClose(5_000)).toEqual({ kind: 'closed', how: 'end', before: '25' });
  });

  test('that does not come is told as such', async () => {
    const port = await serve((socket) => socket.write('220 a\r\n'));
    const { session } = await open(port);
    await session.readReply(5_000);
    expect(await session.awaitClose(30)).toEqual({ kind: 'still-open', before: '' });
  });

  test('by a reset from here arrives as one', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const port = await serve((socket) =>
      socket.on('error', (error) => resolve(error.message)).write('220 a\r\n'),
    );
    const { session } = await open(port);
    await session.readReply(5_000);
    session.reset();
    expect(await promise).toContain('ECONNRESET');
    expect(session.closedBy).toBeUndefined();
  });

  test('by a close from here lets out what was written', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const port = await serve((socket) => {
      let all = '';
      socket.on('data', (chunk) => (all += chunk.toString('latin1'))).on('end', () => resolve(all));
    });
    const { session } = await open(port);
    session.write('half a mess\u00e4ge');
    session.close();
    expect(await promise).toBe('half a mess\u00e4ge');
  });
});

test('a port that nobody listens on is unreachable', async () => {
  const port = await serve(() => {});
  opened.splice(0).forEach((thing) => thing[Symbol.dispose]());
  const result = await openSession({
    host: '127.0.0.1',
    port,
    number: 1,
    now: () => 0,
    record: () => {},
    secrets: () => [],
    connectTimeoutMs: 5_000,
  });
  expect(result).toMatchObject({ kind: 'unreachable', why: expect.stringContaining('ECONNREFUSED') });
});

describe('TLS', () => {
  const secureServer = (socket: Socket, first: string) => {
    const secure = new TLSSocket(socket, { isServer: true, key, cert: certificate });
    secure.on('error', () => {});
    secure.write(first);
    return secure;
  };

  test('from the first octet', async () => {
    const port = await serve((socket) => void secureServer(socket, '220 secure\r\n'));
    const { session, wire } = await open(port);
    expect(await session.secure(trust, 5_000)).toMatchObject({ kind: 'secured', leftover: '' });
    expect(await session.readReply(5_000)).toMatchObject({ reply: { code: 220 } });
    expect(session.isTls).toBe(true);
    expect(wire).toEqual([{ t: 0, session: 1, direction: 'S', octets: '220 secure\r\n', tls: true }]);
    session.reset();
  });

  test('after STARTTLS; what came in clear behind the 220 is handed out, never read as a reply', async () => {
    const port = await serve((socket) => {
      socket.write('220 plain\r\n');
      socket.once('data', () => {
        socket.write('220 go\r\n250 injected\r\n');
        secureServer(socket, '250 inside\r\n');
      });
    });
    const { session } = await open(port);
    await session.readReply(5_000);
    session.write('STARTTLS\r\n');
    await session.readReply(5_000);
    expect(await session.secure(trust, 5_000)).toMatchObject({
      kind: 'secured',
      leftover: '250 injected\r\n',
    });
    expect(await session.readReply(5_000)).toMatchObject({ reply: { lines: ['inside'] } });
  });

  test('is refused where the certificate is not trusted, or has another name', async () => {
    const port = await serve((socket) => void secureServer(socket, ''));
    const unknown = (await open(port)).session;
    expect(
      await unknown.secure({ servername: 'localhost', certificateAuthority: undefined }, 5_000),
    ).toMatchObject({ kind: 'failed', cause: 'trust' });
    const other = (await open(port)).session;
    expect(await other.secure({ ...trust, servername: 'other.example' }, 5_000)).toMatchObject({
      kind: 'failed',
      cause: 'trust',
    });
  });

  test('with a peer that speaks none fails as a handshake', async () => {
    const port = await serve((socket) => socket.write('220 plain\r\n'));
    const { session } = await open(port);
    expect(await session.secure(trust, 5_000)).toMatchObject({ kind: 'failed', cause: 'handshake' });
  });
});

describe('the transcript shows no secret', () => {
  const talk = async (lines: readonly string[], secrets: readonly string[] = []) => {
    const port = await serve((socket) => socket.on('data', () => socket.write('334 \r\n')));
    const { session, wire } = await open(port, secrets);
    for (const line of lines) {
      session.write(line);
      if (line.endsWith('\n')) await session.readReply(5_000);
    }
    return wire.filter((event) => event.direction === 'C').map((event) => event.octets);
  };

  test.each([
    [['AUTH PLAIN AGEAYg==\r\n'], ['AUTH PLAIN ********\r\n']],
    [
      ['AUTH LOGIN\r\n', 'dXNlcg==\r\n', 'cGFzcw==\r\n'],
      ['AUTH LOGIN\r\n', '********\r\n', '********\r\n'],
    ],
    [
      ['AUTH PLAIN\r\n', '*\r\n'],
      ['AUTH PLAIN\r\n', '*\r\n'],
    ],
    [['AUTH LOGIN\r\ndXNlcg==\r\ncGFzcw==\r\n'], ['AUTH LOGIN\r\n********\r\n********\r\n']],
    [['NOOP\r\n'], ['NOOP\r\n']],
  ])('%j', async (lines, shown) => {
    expect(await talk(lines)).toEqual(shown);
  });

  test('not even one that the other side echoes, cut in two', async () => {
    const secret = 'correct-horse-battery';
    const encoded = Buffer.from(`\0me\0${secret}`).toString('base64');
    const pieces = [
      `250 you said ${secret.slice(0, 9)}`,
      `${secret.slice(9)}\r\n`,
      `535 ${encoded.slice(0, 20)}`,
    ];
    const left = [...pieces, `${encoded.slice(20)}\r\n`];
    const port = await serve((socket) => {
      socket.setNoDelay(true);
      socket.write(left.shift() ?? '');
      socket.on('data', (said: Buffer) => {
        for (const _ of said.toString('latin1').matchAll(/\n/g)) socket.write(left.shift() ?? '');
      });
    });
    const { session, wire } = await open(port, [secret]);
    for (let piece = 0; piece < 3; piece += 1) session.write('NOOP\r\n');
    await session.readReply(5_000);
    await session.readReply(5_000);
    session.close();
    const text = wire.filter(({ direction }) => direction === 'S').map(({ octets }) => octets);
    expect(text.join('')).toMatch(/^250 you said \*{8}\r\n535 \S{0,8}\*{8}\S{0,4}\r\n$/);
  });

  test('not even where an AUTH line goes out in pieces, or a password elsewhere', async () => {
    expect((await talk(['AUTH PLAIN AGEA', 'Yg==\r\n'])).join('')).toBe('AUTH PLAIN ********\r\n');
    expect(await talk(['NOOP hunter2\r\n'], ['hunter2'])).toEqual(['NOOP ********\r\n']);
  });
});
