import { expect, test } from 'vitest';
import { accountSchema } from '../control-api/schemas.ts';
import { startProbedForFile } from './probe-fixture.ts';

const probed = await startProbedForFile();
const { operations } = probed.sandbox;

test('an identity is an address or a domain, is verified or not, and goes again', async () => {
  const { id } = await probed.newAccount({
    domains: [],
    connections: [],
    identities: [{ name: 'boss@b.example', state: 'verified' }, { name: 'b.example' }],
  });
  const shown = await operations.setIdentity(id, { name: 'Boss@B.example', state: 'unverified' });
  expect(shown.identities).toEqual([
    { name: 'boss@b.example', state: 'unverified' },
    { name: 'b.example', state: 'unverified' },
  ]);
  await operations.setIdentity(id, { name: 'b.example', state: 'verified' });
  await operations.removeIdentity(id, 'boss@b.example');
  expect((await operations.showAccount(id)).identities).toEqual([{ name: 'b.example', state: 'verified' }]);
  await operations.removeIdentity(id, 'b.example');
  await expect(operations.removeIdentity(id, 'b.example')).rejects.toMatchObject({
    code: 'no-such-identity',
  });
  await expect(operations.setIdentity(id, { name: 'no address@', state: 'verified' })).rejects.toMatchObject({
    code: 'bad-address',
  });
});

test('a domain of one character is an identity that the API can show', async () => {
  const shown = await probed.newAccount({ domains: [{ name: 'x' }], connections: [] });
  expect(accountSchema.parse(shown).identities).toEqual([{ name: 'x', state: 'unverified' }]);
});

test('where all accounts may do the same there is no access to set', async () => {
  const { id, access } = await probed.newAccount();
  expect(access).toBe('');
  await expect(operations.setAccess(id, 'sandbox')).rejects.toMatchObject({
    code: 'unknown-word',
    message: 'There is no access "sandbox": this gateway has none.',
  });
  await expect(probed.newAccount({ access: 'sandbox' })).rejects.toMatchObject({ code: 'unknown-word' });
});
