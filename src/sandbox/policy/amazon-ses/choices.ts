import { RECIPIENT_LIMIT, SIZE_LIMIT } from '../../../contract/amazon-ses/limits.ts';
import type { AmazonSesRuleId } from '../../../contract/amazon-ses/rules.ts';
import { defaultChoices, type Choices } from '../choices.ts';

/** The choices of this provider, as they are declared when nobody says otherwise. */
export const choices: Choices = {
  ...defaultChoices,
  sizeLimit: SIZE_LIMIT,
  recipientLimit: RECIPIENT_LIMIT,
  sendBurstMs: 5_000,
  access: 'production',
};

/** The rule under which each choice is declared; those that are left out mean nothing here. */
export const choiceRules = {
  authMechanisms: 'auth.mechanisms.list',
  sessionLimit: 'error.421.stage',
  sizeLimit: 'limit.size.megabyte',
  recipientLimit: 'limit.recipients',
  sendQuota: 'access.production.limits',
  sendRate: 'access.production.limits',
  sendBurstMs: 'rate.burst',
  access: 'access.production.limits',
  idleMs: 'error.451-timeout.limit',
  messageMs: 'error.451-timeout.limit',
} as const satisfies Partial<Record<keyof Choices, AmazonSesRuleId>>;
