import { expect, test } from 'vitest';
import { emailmassivo } from '../contract/emailmassivo/emailmassivo.ts';
import { parseListenerPorts, usualNumber } from './listener-ports.ts';

test('the ports of the first provider have the numbers that they always had', () => {
  expect(parseListenerPorts({}, emailmassivo)).toEqual({ 465: 2465, 587: 2587, 25: 2525 });
});

test('a port that any user may listen on keeps its number, and takes none from another', () => {
  const ports = [25, 465, 587, 2465, 2587];
  expect(ports.map((port) => usualNumber(port, ports))).toEqual([2525, 10_465, 10_587, 2465, 2587]);
});

test('a number that was typed counts, and 0 is any free one', () => {
  expect(parseListenerPorts({ port587: '0', port25: '4025' }, emailmassivo)).toMatchObject({
    587: 0,
    25: 4025,
  });
  expect(() => parseListenerPorts({ port587: 'x' }, emailmassivo)).toThrow('--port-587 takes a whole number');
});
