import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { encodeUtf8 } from '../../smtp/bytes.ts';
import { openSmarthostWriter, type SmarthostWriter } from './smarthost.ts';

const message = encodeUtf8('Subject: Order\r\n\r\nIt is on its way.\r\n');
const delivery = { reversePath: 'shop@a.example', forwardPath: 'customer@b.example', message };

const opened: { server: Server; writer: SmarthostWriter; sockets: Set<Socket> }[] = [];
afterEach(async () => {
  for (const { server, writer, sockets } of opened.splice(0)) {
    await writer[Symbol.asyncDispose]();
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

interface HostManners {
  readonly extensions?: readonly string[];
  /** What is said to a command that begins so; 250, or 354 to DATA, where nothing is said. `undefined` closes. */
  readonly replies?: Readonly<Record<string, string | undefined>>;
  readonly greeting?: string;
}

/** A next host that writes down each chunk that comes, and answers as it is told. */
async function host({
  extensions = ['PIPELINING', '8BITMIME', 'SMTPUTF8'],
  replies = {},
  greeting = '220 hi',
}: HostManners) {
  const chunks: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    let rest = '';
    let inMessage = false;
    socket.on('error', () => undefined);
    socket.on('data', (octets) => {
      chunks.push(octets.toString('latin1'));
      rest += octets.toString('latin1');
      for (;;) {
        const end = rest.indexOf(inMessage ? '\r\n.\r\n' : '\r\n');
        if (end === -1) return;
        const unit = inMessage ? 'message' : rest.slice(0, end);
        rest = rest.slice(end + (inMessage ? 5 : 2));
        inMessage = false;
        const told = Object.entries(replies).find(([begin]) => unit.startsWith(begin));
        if (told !== undefined && told[1] === undefined) {
          socket.destroy();
          return;
        }
        const reply = told?.[1] ?? stockReply(unit, extensions);
        inMessage = unit === 'DATA' && reply.startsWith('354');
        socket.write(`${reply}\r\n`);
      }
    });
    socket.write(`${greeting}\r\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const writer = openSmarthostWriter({ host: '127.0.0.1', port }, 'gateway.example');
  opened.push({ server, writer, sockets });
  return { writer, chunks, sockets };
}

function stockReply(unit: string, extensions: readonly string[]): string {
  if (unit.startsWith('EHLO')) {
    return ['host', ...extensions]
      .map((line, at) => `250${at === extensions.length ? ' ' : '-'}${line}`)
      .join('\r\n');
  }
  return unit === 'DATA' ? '354 go on' : '250 fine';
}

test('where the host pipelines, the envelope and DATA leave in one write', async () => {
  const { writer, chunks } = await host({});
  expect(await writer.handOver(delivery)).toEqual({ kind: 'taken' });
  expect(chunks).toContain('MAIL FROM:<shop@a.example>\r\nRCPT TO:<customer@b.example>\r\nDATA\r\n');
});

test('where it does not, each command waits for its reply', async () => {
  const { writer, chunks } = await host({ extensions: [] });
  expect(await writer.handOver(delivery)).toEqual({ kind: 'taken' });
  expect(chunks.slice(1, 4)).toEqual([
    'MAIL FROM:<shop@a.example>\r\n',
    'RCPT TO:<customer@b.example>\r\n',
    'DATA\r\n',
  ]);
});

test('a host that knows no EHLO is greeted with HELO', async () => {
  const { writer, chunks } = await host({ replies: { EHLO: '502 what' } });
  expect(await writer.handOver(delivery)).toEqual({ kind: 'taken' });
  expect(chunks[1]).toMatch(/^HELO /);
});

test('the octets arrive as they are, dots stuffed, and a last line without an end gets one', async () => {
  const { writer, chunks } = await host({});
  await writer.handOver({ ...delivery, message: encodeUtf8('A: b\r\n\r\n.dot\r\nbare\nlast') });
  expect(chunks.join('')).toContain('DATA\r\nA: b\r\n\r\n..dot\r\nbare\nlast\r\n.\r\n');
});

test('parameters are asked for where the host has them and the email needs them', async () => {
  const german = { ...delivery, forwardPath: 'kündin@b.example', message: encodeUtf8('A: ü\r\n') };
  const able = await host({});
  await able.writer.handOver(german);
  await able.writer.handOver(delivery);
  const text = able.chunks.join('');
  expect(text).toContain('MAIL FROM:<shop@a.example> BODY=8BITMIME SMTPUTF8\r\n');
  expect(text).toContain('MAIL FROM:<shop@a.example>\r\n');
  expect(Buffer.from(text, 'latin1').toString('utf8')).toContain('RCPT TO:<kündin@b.example>');
  const unable = await host({ extensions: ['PIPELINING'] });
  await unable.writer.handOver(german);
  expect(unable.chunks.join('')).toContain('MAIL FROM:<shop@a.example>\r\n');
});

test.each([
  ['greeting', { greeting: '421 later' }, 'not now'],
  ['MAIL', { replies: { MAIL: '451 later' } }, 'not now'],
  ['RCPT', { replies: { RCPT: '550 no such user' } }, 'refused'],
  ['RCPT, one command at a time', { extensions: [], replies: { RCPT: '550 no such user' } }, 'refused'],
  ['DATA', { replies: { DATA: '554 no' } }, 'refused'],
  ['the message', { replies: { message: '552 too much' } }, 'refused'],
  ['the message, later', { replies: { message: '452 no room' } }, 'not now'],
  ['nothing, and closes', { replies: { message: undefined } }, 'not now'],
  ['something that is no reply', { replies: { MAIL: 'hello' } }, 'not now'],
] satisfies [string, HostManners, string][])('%s refused', async (_what, manners, kind) => {
  const { writer } = await host(manners);
  expect(await writer.handOver(delivery)).toMatchObject({ kind });
});

test.each([
  ['says goodbye on', (socket: Socket) => void socket.write('421 4.4.2 Timeout\r\n')],
  ['cuts', (socket: Socket) => void socket.resetAndDestroy()],
])('an email whose host %s the idle session that was kept goes over another one', async (_what, end) => {
  const { writer, sockets } = await host({});
  await writer.handOver(delivery);
  for (const socket of sockets) end(socket);
  expect(await writer.handOver(delivery)).toEqual({ kind: 'taken' });
  expect(sockets.size).toBe(2);
});

test('a session is used again after an email that was taken, and never after another', async () => {
  const { writer, sockets } = await host({ replies: { 'RCPT TO:<bad@': '550 no' } });
  await writer.handOver(delivery);
  await writer.handOver(delivery);
  expect(sockets.size).toBe(1);
  await writer.handOver({ ...delivery, forwardPath: 'bad@b.example' });
  expect(await writer.handOver(delivery)).toEqual({ kind: 'taken' });
  expect(sockets.size).toBe(2);
});

test('an idle session that the host closed is not used again', async () => {
  const { writer, sockets } = await host({});
  await writer.handOver(delivery);
  const [idle] = sockets;
  idle?.destroy();
  if (idle) await once(idle, 'close');
  const handedOver = await writer.handOver(delivery);
  // the close may not have been heard yet: then the email waits, and is not lost
  expect(['taken', 'not now']).toContain(handedOver.kind);
});

test('nobody there is "not now"', async () => {
  const { writer, chunks } = await host({});
  const nobody = openSmarthostWriter({ host: '127.0.0.1', port: 1 }, 'gateway.example');
  expect(await nobody.handOver(delivery)).toMatchObject({ kind: 'not now' });
  expect(chunks).toEqual([]);
  await writer[Symbol.asyncDispose]();
});
