import type { RulesOfSuite } from '../checks.ts';

/** The rules of the standards and of the sandbox that checks of the suite show, for any contract that takes these rules up. */
export const sharedChecks = {
  'form of replies': 'protocol.reply-form',
  greeting: 'protocol.greeting',
  close: 'protocol.close',
  'STARTTLS inside TLS': 'tls.no-starttls-inside',
  'charges of what was cut off': 'billing.cut',
  secrets: 'sandbox.secrets',
  transcripts: 'sandbox.transcripts',
  settling: 'sandbox.settled',
  triggers: 'sandbox.triggers',
} as const satisfies RulesOfSuite['checks'];
