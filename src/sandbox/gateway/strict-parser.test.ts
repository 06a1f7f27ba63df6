import { describe, expect, test } from 'vitest';
import { OctetBuffer } from './octet-buffer.ts';
import { StrictParser, type ReceivedLine, type ReceivedMessage } from './strict-parser.ts';

/** A parser whose lines are kept, whose time is told, and that goes on at once. */
function listen() {
  const lines: ReceivedLine[] = [];
  const said: string[] = [];
  const time = { now: 0 };
  const parser: StrictParser = new StrictParser(
    {
      line: (line) => {
        lines.push(line);
        parser.goOn();
      },
      ended: () => said.push('ended'),
      tooSlow: () => said.push('too slow'),
    },
    { now: () => time.now, limitMs: (of) => (of === 'line' ? 1_000 : 5_000) },
    (octets) => octets,
  );
  const send = async (octets: string): Promise<void> => {
    await new Promise<void>((resolve) => void parser.write(Buffer.from(octets, 'latin1'), () => resolve()));
  };
  return { parser, lines, said, time, send };
}

describe('a client that dawdles (protocol.idle)', () => {
  test('has so long for a line, however few octets it sends at a time', async () => {
    const { said, time, send } = listen();
    for (time.now = 0; time.now <= 1_000; time.now += 100) await send('N');
    expect(said).toEqual([]);
    time.now = 1_001;
    await send('O');
    expect(said).toEqual(['too slow']);
  });

  test('may take as many lines as it likes, and be silent between them', async () => {
    const { said, lines, time, send } = listen();
    for (time.now = 0; time.now < 100_000; time.now += 10_000) await send('NOOP\r\n');
    await send('NOOP\r');
    time.now += 1_000;
    await send('\n');
    expect([said, lines.length]).toEqual([[], 11]);
  });

  test('has its time anew for each line of a pipeline', async () => {
    const { said, lines, time, send } = listen();
    await send('NOOP\r\nNO');
    time.now = 900;
    await send('OP\r\nNO');
    time.now = 1_800;
    await send('OP\r\n');
    expect([said, lines.length]).toEqual([[], 3]);
  });

  test('has longer for a message, and no more than that', async () => {
    const { parser, said, time, send } = listen();
    const whole: ReceivedMessage[] = [];
    parser.receiveMessage(1_000, (message) => {
      whole.push(message);
      parser.goOn();
    });
    parser.goOn();
    for (time.now = 0; time.now <= 5_000; time.now += 500) await send('a\r\n');
    expect(said).toEqual([]);
    time.now = 5_001;
    await send('.\r\n');
    expect([said, whole]).toEqual([['too slow'], []]);
  });
});

test('a client that closes its side is heard to the end, and what it cut off is not executed', async () => {
  const { parser, lines, said, send } = listen();
  await send('NOOP\r\nQUI');
  await new Promise<void>((resolve) => void parser.end(() => resolve()));
  expect([lines, said]).toEqual([[{ kind: 'line', octets: 'NOOP' }], ['ended']]);
});

describe('a message costs what its octets do, whatever they are', () => {
  const receive = async (chunks: readonly string[], limit: number) => {
    const { parser, send } = listen();
    const whole: ReceivedMessage[] = [];
    parser.receiveMessage(limit, (message) => {
      whole.push(message);
      parser.goOn();
    });
    parser.goOn();
    for (const chunk of chunks) await send(chunk);
    return whole[0];
  };

  test('stuffed dots and single octets come out as they should', async () => {
    const text = '..one\r\n...two\r\n\r\n.\rthree\r\n';
    const single = await receive(`${text}.\r\n`.split(''), 1_000);
    expect(single?.octets.toString('latin1')).toBe('.one\r\n..two\r\n\r\n\rthree\r\n');
    const atOnce = await receive([`${text}.\r\n`], 1_000);
    expect(atOnce).toEqual(single);
  });

  test('an oversized one is counted whole and kept up to the limit', async () => {
    const message = await receive(['x'.repeat(90), 'y'.repeat(90), '\r\n.\r\n'], 100);
    expect(message?.size).toBe(182);
    expect(message?.octets.toString('latin1')).toBe('x'.repeat(90) + 'y'.repeat(10));
  });

  test.each([
    ['lines of two dots', '..\r\n', 4],
    ['single octets', 'x', 1],
  ])('%s: twice the input is twice the memory, and no more than twice its octets', (_what, piece, each) => {
    const held = (count: number) => {
      const hoard = new OctetBuffer(10_000_000);
      for (let time = 0; time < count; time += 1) hoard.add(Buffer.from(piece));
      expect(hoard.size).toBe(count * each);
      return hoard.held;
    };
    expect(held(100_000)).toBeLessThanOrEqual(2 * 100_000 * each);
    expect(held(200_000)).toBeLessThanOrEqual(2 * held(100_000));
  });

  test('what is taken is a buffer of its own, without the room that was left', () => {
    const hoard = new OctetBuffer(10_000);
    hoard.add(Buffer.from('abc'));
    expect(hoard.take().buffer.byteLength).toBe(3);
  });
});
