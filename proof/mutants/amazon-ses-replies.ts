import type { AmazonSesRuleId } from '../../src/contract/amazon-ses/rules.ts';
import { replyFrom, showReply } from '../../src/smtp/reply.ts';
import { accepted, policyMutant, refusalMutant, replyMutant, says, type Mutant } from '../mutant.ts';
import { sesFacts } from './amazon-ses.ts';

/** A reply, what is said instead, the rule that this breaks, and what else holds the same reply. */
type WrongReply = readonly [
  id: string,
  rule: AmazonSesRuleId,
  said: string,
  instead: string,
  alsoTouches?: readonly AmazonSesRuleId[],
];

const wrongReplies: readonly WrongReply[] = [
  [
    '530-plain-in-other-words',
    'port.encrypted.reply',
    '530 Must issue a STARTTLS command first',
    '530 Issue STARTTLS first',
    ['port.encrypted'],
  ],
  ['451-in-other-words', 'error.451-failure', '451 Temporary service failure', '451 Temporary local problem'],
  [
    '454-quota-without-day',
    'error.454-quota',
    '454 Throttling failure: Daily message quota exceeded',
    '454 Throttling failure: Message quota exceeded',
  ],
  [
    '454-rate-in-other-words',
    'error.454-rate',
    '454 Throttling failure: Maximum sending rate exceeded',
    '454 Throttling failure: Rate exceeded',
  ],
  [
    '454-authentication-in-other-words',
    'error.454-authentication',
    '454 Temporary authentication failure',
    '454 Temporary login failure',
  ],
  [
    '454-service-in-other-words',
    'error.454-service',
    '454 Temporary service failure',
    '454 Temporary failure',
  ],
  [
    '535-of-another',
    'error.535',
    '535 Authentication Credentials Invalid',
    '535 5.7.8 Incorrect login or password',
  ],
  [
    '535-subscription-in-other-words',
    'error.535-subscription',
    '535 Account not subscribed to SES',
    '535 Account not subscribed',
  ],
  [
    '552-without-dot',
    'error.552',
    '552 Message is too long.',
    '552 Message is too long',
    ['protocol.size', 'limit.size.megabyte'],
  ],
  [
    '501-sender-as-syntax',
    'error.501',
    '501 Invalid MAIL FROM address provided',
    '501 Syntax error in the argument',
  ],
  [
    '501-recipient-as-syntax',
    'error.501',
    '501 Invalid RCPT TO address provided',
    '501 Syntax error in the argument',
  ],
  ['452-as-553', 'limit.recipients.reply', '452 Too many recipients', '552 Too many recipients'],
];

/** A reply with parts that are wrong: what it is turned into. */
type WrongParts = readonly [
  id: string,
  rule: AmazonSesRuleId,
  wrong: string,
  change: (said: string) => string,
  alsoTouches?: readonly AmazonSesRuleId[],
];

const wrongParts: readonly WrongParts[] = [
  [
    '553-sender-without-address',
    'error.553-sender',
    'leaves the address out of 553',
    (said) => said.replace(/^553 <.*> Invalid/, '553 Invalid'),
  ],
  [
    '553-recipient-without-brackets',
    'error.553-recipient',
    'leaves the brackets out of 553',
    (said) => said.replace(/^553 <(.*)> address/, '553 $1 address'),
  ],
  [
    '553-address-in-capitals',
    'error.553-sender',
    'shows what is beyond ASCII as blanks',
    (said) => (said.startsWith('553 <?') ? said.replace('?', ' ') : said),
  ],
  [
    '554-identity-without-region',
    'error.554-identity',
    'names no region',
    (said) => said.replace(/ in region [A-Z0-9-]+/, ''),
  ],
  [
    '554-identity-names-one',
    'error.554-identity.list',
    'names the first identity alone',
    (said) => (said.includes('identities failed') ? said.replace(/, .*$/, '') : said),
  ],
  [
    '554-identity-cut-in-silence',
    'error.554-identity.list',
    'does not say that more identities failed',
    (said) => said.replace(/, \.\.\.$/, ''),
  ],
  [
    '554-access-without-identity',
    'error.554-access.names',
    'does not name the identity',
    (said) => said.replace(/ on resource .*$/, ''),
    ['error.554-access'],
  ],
  [
    '554-access-of-nobody',
    'error.554-access.names',
    'names another user',
    (said) => said.replace(/:user\/\S+/, ':root'),
  ],
  [
    '554-duplicate-in-lower-case',
    'error.554-duplicate',
    'names the field in lower case',
    (said) => said.replace(/header '(.*)'/, (_all, name: string) => `header '${name.toLowerCase()}'`),
  ],
  [
    '554-from-without-name',
    'error.554-from',
    'does not name the field that holds no address',
    (said) => said.replace(/Header '\w+' holds/, 'Header holds'),
  ],
];

/** Gateways of the second provider whose replies are wrong. */
export const sesReplyMutants: readonly Mutant[] = [
  ...wrongReplies.map(([id, rule, said, instead, alsoTouches]) =>
    replyMutant(sesFacts(id, rule, `says "${instead}" for "${said}"`, alsoTouches), said, instead),
  ),
  ...wrongParts.map(([id, rule, wrong, change, alsoTouches]) =>
    refusalMutant(sesFacts(id, rule, wrong, alsoTouches), ({ reply }) => {
      const said = showReply(reply);
      const changed = change(said);
      return changed === said ? undefined : { reply: replyFrom(changed) };
    }),
  ),
  policyMutant(sesFacts('250-without-id', 'reply.250', 'accepts a message without a string'), (own, hit) => ({
    endOfData: (facts) => {
      const decision = own.endOfData(facts);
      if (decision.kind !== 'accept') return decision;
      hit();
      return accepted('250 Ok');
    },
  })),
  policyMutant(
    sesFacts('250-with-the-same-id', 'reply.250', 'accepts every message with the same string'),
    (own, hit) => ({
      endOfData: (facts) => {
        const decision = own.endOfData(facts);
        if (decision.kind !== 'accept') return decision;
        hit();
        return accepted('250 Ok 1');
      },
    }),
  ),
  policyMutant(sesFacts('501-null-path-taken', 'error.501', 'takes the null reverse-path'), (own, hit) => ({
    mail: (facts) => {
      const decision = own.mail(facts);
      if (!says(decision, '501 Invalid MAIL FROM address provided') || facts.argument.kind !== 'read')
        return decision;
      hit();
      return accepted();
    },
  })),
];
