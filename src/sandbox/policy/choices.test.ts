import { expect, test } from 'vitest';
import { defaultChoices } from './choices.ts';

test('the declared choices, as a second witness writes them out', () => {
  expect(defaultChoices).toEqual({
    authUnderTlsOnly: false,
    authMechanisms: ['PLAIN', 'LOGIN'],
    loginAttempts: 5,
    loginWindowMs: 300_000,
    rateLimit: 100,
    rateWindowMs: 10_000,
    sessionLimit: null,
    sizeLimit: 26_214_400,
    recipientLimit: 1_000,
    badMailboxLimit: 10,
    badMailboxWindowMs: 86_400_000,
    addressAttempts: null,
    giveUpMs: 86_400_000,
    messageGiveUpMs: 60_000,
    verifyWithoutSupport: false,
    idleMs: 300_000,
    messageMs: 3_600_000,
    sendQuota: null,
    sendRate: null,
    sendBurstMs: 1_000,
    access: '',
  });
});
