import { describe, expect, test } from 'vitest';
import { checkDomain, missingRecords } from './check-domain.ts';
import { recordKinds, type RecordKind } from '../../contract/vocabulary.ts';
import { createDkimKey, requiredRecords } from './domain-records.ts';
import { sandboxResolver } from './resolver.ts';

const key = createDkimKey();
const gateway = { gatewayName: 'smtp.gateway.example', dkimKey: key };
const check = (published: readonly RecordKind[], domain = 'shop.example') =>
  checkDomain(domain, sandboxResolver(domain, published, gateway), key);

describe('a domain passes with SPF, DKIM and DMARC in place (domain.verification)', () => {
  test('all three published', async () => {
    expect(await check(recordKinds)).toEqual({ spf: true, dkim: true, dmarc: true });
  });

  test.each(recordKinds)('without %s it is told which is missing', async (kind) => {
    const others = recordKinds.filter((each) => each !== kind);
    expect(missingRecords(await check(others))).toEqual([kind]);
  });

  test('nothing published', async () => {
    expect(missingRecords(await check([]))).toEqual(recordKinds);
  });

  test('another key under the selector is no DKIM', async () => {
    const stranger = sandboxResolver('shop.example', recordKinds, { ...gateway, dkimKey: createDkimKey() });
    expect(missingRecords(await checkDomain('shop.example', stranger, key))).toEqual(['dkim']);
  });

  test('an international domain', async () => {
    expect(missingRecords(await check(recordKinds, 'xn--bcher-kva.example'))).toEqual([]);
  });
});

test('the records to publish stand under the names where receivers look', () => {
  expect(requiredRecords('shop.example', gateway).map(({ name, type }) => [type, name])).toEqual([
    ['TXT', 'shop.example'],
    ['TXT', 'gauntlet._domainkey.shop.example'],
    ['TXT', '_dmarc.shop.example'],
  ]);
});
