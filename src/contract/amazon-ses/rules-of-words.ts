import { sharedRulesOfWords } from '../rfc/rules-of-words.ts';
import type { AmazonSesRuleId } from './rules.ts';

const { 'given.recipient-limit': _shared, ...shared } = sharedRulesOfWords;

/** The rule that each word of the scenario language arranges or shows. */
export const rulesOfWords: Readonly<Record<string, AmazonSesRuleId>> = {
  ...shared,
  '<send GROUP>': 'limit.recipients',
  '<send GROUP N to N>': 'limit.recipients',
  'given.recipient-limit': 'limit.recipients',
  'given.domain': 'error.554-identity',
  'given.connection': 'error.554-access',
  'given.session-limit': 'error.421',
  'given.access': 'access.sandbox',
  'given.identities': 'identity.kinds',
  'given.send-quota': 'error.454-quota',
  'given.send-rate': 'error.454-rate',
  'role: suppressed': 'suppression.accepted',
  'role: nonexistent': 'simulator.bounce',
  'role: out-of-office': 'simulator.out-of-office',
  'role: complains': 'simulator.complaint',
  'role: listed': 'simulator.listed',
  '<session>': 'reply.235',
  '<wrong login>': 'error.535',
  '<AUTH right password>': 'reply.235',
  '<AUTH wrong password>': 'error.535',
  '<AUTH unknown login>': 'error.535',
  '<message>': 'delivery.content',
  'S: REPLY': 'reply.format',
  'W: block': 'error.554-access',
  'W: unblock': 'error.554-access',
  'then.charged': 'billing.recipients',
  'then.delivered': 'delivery.content',
  'then.history': 'history.rows',
  'then.statistics': 'history.rows',
  'then.status': 'connection.status',
  'then.suppressed': 'suppression.filled',
};
