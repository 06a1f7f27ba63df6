import { expect, test } from 'vitest';
import { gatewayName } from '../../contract/emailmassivo/vocabulary.ts';
import { isLocalName, namesInHosts } from './server-name.ts';

test.each([
  ['localhost', true],
  ['LOCALHOST', true],
  ['localhost.', true],
  ['smtp.localhost', true],
  ['localhost.localdomain', true],
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['0.0.0.0', true],
  ['::1', true],
  ['localhost-but-not-quite.example', false],
  ['notlocalhost', false],
  ['buildbox', false],
  ['192.0.2.1', false],
  ['2001:db8::1', false],
] as const)('%s says "this machine" by itself: %s', (name, isLocal) => {
  expect(isLocalName(name)).toBe(isLocal);
});

test('of a hosts file the names are of use that a certificate of ours has, and that lead to 127.0.0.1', () => {
  const hosts = [
    '# 127.0.0.1 commented.example',
    `127.0.0.1\tlocalhost BuildBox ads.example # ${gatewayName}`,
    `127.0.0.1 ${gatewayName}`,
    '127.0.1.1 other',
    '::1 localhost buildbox',
    '',
  ].join('\n');
  expect(namesInHosts(hosts, { gatewayName, machine: 'buildbox' })).toEqual([gatewayName, 'buildbox']);
  expect(namesInHosts(hosts, { gatewayName, machine: 'other' })).toEqual([gatewayName]);
  expect(namesInHosts(hosts, { gatewayName, machine: 'localhost' })).toEqual([gatewayName]);
  expect(namesInHosts('', { gatewayName, machine: 'buildbox' })).toEqual([]);
});
