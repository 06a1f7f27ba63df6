import { expect, test } from 'vitest';
import { prescribedReplies, type Contract } from '../../contract/contract.ts';
import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { chooseMode, ClientCheckError } from './check-client.ts';
import { clientCasesOf } from './cases/all-cases.ts';
import { clientCases } from './cases-fixture.ts';

/** A provider that documents one refusal of its own, and has one port without TLS from the first byte. */
const other: Contract = {
  ...emailmassivo,
  id: 'other',
  documentedReplies: { 'error.535': { reply: '535 5.7.139 Not with this password', cause: '', cure: [] } },
  rulesOfSuite: { ...emailmassivo.rulesOfSuite, refusals: { 'wrong login': 'error.535' } },
  modes: [
    { mode: '2525', port: 2525, encryption: 'none', rule: 'port.25.plain' },
    { mode: '2525+starttls', port: 2525, encryption: 'starttls', rule: 'port.25.starttls' },
  ],
};

const own = ['rate-limit', 'domain-not-verified', 'domain-not-found', 'missing-from'];
const ownOfRecipients = ['balance-450', 'unsubscribed-550', 'mailbox-553'];

test('what a provider does not refuse for is no case, and all else is', () => {
  const ids = new Set(clientCasesOf(other).map(({ id }) => id));
  const missing = clientCases.map(({ id }) => id).filter((id) => !ids.has(id));
  expect(missing.toSorted()).toEqual([...own, ...ownOfRecipients, 'implicit-tls'].toSorted());
});

test('its cases have its words, or those of the RFC, and none of another provider', () => {
  const cases = clientCasesOf(other);
  expect(cases.find(({ id }) => id === 'login-535')?.title).toBe('535 5.7.139 Not with this password');
  const foreign = Object.values(emailmassivo.documentedReplies).map(({ reply }) => reply);
  const text = JSON.stringify(cases.map(({ title, arrange }) => ({ title, arrange })));
  expect(foreign.filter((reply) => text.includes(JSON.stringify(reply).slice(1, -1)))).toEqual([]);
});

test('a reply of another code than the case is about is not taken', () => {
  const busy = { reply: '451 Come back later', cause: '', cure: [] };
  const cases = clientCasesOf({
    ...other,
    documentedReplies: { 'error.451': busy },
    rulesOfSuite: {
      ...other.rulesOfSuite,
      refusals: { maintenance: 'error.451', 'wrong login': 'error.451' },
    },
  });
  const titles = cases
    .filter(({ id }) => /^(?:unavailable-session|login-535)$/.test(id))
    .map(({ title }) => title);
  expect(titles).toEqual([
    '421 4.3.2 Service not available, in mid-session',
    '535 5.7.8 Authentication credentials invalid',
  ]);
});

test('of the first provider each documented reply is met', () => {
  const text = JSON.stringify(clientCases.map(({ title, arrange }) => ({ title, arrange })));
  const replies = Object.values(emailmassivo.documentedReplies).map(({ reply }) => reply);
  expect(replies.filter((reply) => !text.includes(JSON.stringify(reply).slice(1, -1)))).toEqual([]);
  expect(replies.filter((reply) => !prescribedReplies(emailmassivo).has(reply))).toEqual([]);
});

test('a client is told a mode of the contract, its first with STARTTLS unless said', () => {
  expect(chooseMode({ contract: other })).toBe('2525+starttls');
  expect(chooseMode({ contract: emailmassivo })).toBe('587+starttls');
  expect(chooseMode({ contract: other, mode: '2525' })).toBe('2525');
  expect(() => chooseMode({ contract: other, mode: '587' })).toThrow(ClientCheckError);
  expect(() => chooseMode({ contract: other, mode: '587' })).toThrow('The modes are 2525, 2525+starttls.');
});
