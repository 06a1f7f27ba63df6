import type { Needs } from '../situation/needs.ts';

/** What a case needs that says nothing of what it needs. */
export const usualNeeds: Needs = {
  balance: 100,
  plans: [],
  sendLimit: undefined,
  domain: 'verified',
  connection: 'active',
  secondLogin: undefined,
  rate: undefined,
  sessionLimit: undefined,
  sizeLimit: undefined,
  recipientLimit: undefined,
  recipients: new Map(),
  clock: '2026-01-15T12:00:00.000Z',
  ownListeners: false,
  triggers: [],
  changes: [],
};
