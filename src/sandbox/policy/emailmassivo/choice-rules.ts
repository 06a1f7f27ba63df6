import type { ChoiceRules } from '../choices.ts';

/** The rule under which the first provider declares each choice. */
export const choiceRules = {
  authUnderTlsOnly: 'tls.auth-everywhere',
  authMechanisms: 'auth.mechanisms.list',
  loginAttempts: 'error.454.window',
  loginWindowMs: 'error.454.window',
  rateLimit: 'error.451.window',
  rateWindowMs: 'error.451.window',
  sessionLimit: 'error.421-unavailable.stage',
  sizeLimit: 'protocol.size',
  recipientLimit: 'protocol.recipients',
  badMailboxLimit: 'connection.block.limit',
  badMailboxWindowMs: 'connection.block.limit',
  addressAttempts: 'error.454.window',
  giveUpMs: 'history.statuses',
  messageGiveUpMs: 'history.statuses',
  verifyWithoutSupport: 'domain.verification.how',
  idleMs: 'protocol.idle',
  messageMs: 'protocol.idle',
} as const satisfies ChoiceRules;
