import type { EmailmassivoRuleId } from '../../../contract/emailmassivo/rules.ts';
import type { Checks } from '../checks.ts';
import { forNewRecipients, protocolChecks } from '../protocol-checks.ts';
import { credentialChecks, maintenance, sessionLimit } from './access-checks.ts';
import {
  balanceExceeded,
  blockedMeanwhile,
  headerFromNotRegistered,
  headerFromNotVerified,
  noHeaderFrom,
  sendLimitExceeded,
} from './end-of-data-checks.ts';
import { refusals } from './protocol-replies.ts';
import {
  balanceUsedUp,
  blockedSender,
  mailboxFull,
  rateLimit,
  senderNotRegistered,
  senderNotVerified,
  sendLimitReached,
  suppressed,
} from './transaction-checks.ts';

const protocol = protocolChecks(refusals);

/**
 * The order in which each verb is checked: this is the rule `order.checks`. Permanent before temporary, and last what
 * counts accepted recipients.
 */
export const orderOfChecks: Checks<EmailmassivoRuleId> = {
  connect: [maintenance, sessionLimit],
  'any verb': [maintenance, protocol.lineTooLong, protocol.controlCharacter, protocol.noUtf8],
  EHLO: [protocol.helloName],
  STARTTLS: [
    protocol.starttlsNotOffered,
    protocol.tlsNotNow,
    protocol.surplusArgument,
    protocol.starttlsInsideTls,
  ],
  AUTH: [
    protocol.authOutOfOrder,
    protocol.encryptionRequired,
    protocol.noMechanism,
    protocol.unknownMechanism,
    protocol.surplusWords,
  ],
  credentials: credentialChecks,
  MAIL: [
    protocol.noHello,
    protocol.noLogin,
    protocol.nested,
    protocol.unreadable,
    protocol.mailParameters,
    protocol.internationalSender,
    blockedSender,
    rateLimit,
    senderNotRegistered,
    senderNotVerified,
    protocol.declaredSize,
  ],
  RCPT: [
    protocol.noTransaction,
    protocol.unreadable,
    protocol.rcptParameters,
    protocol.internationalRecipient,
    ...[protocol.tooManyRecipients, suppressed, mailboxFull, sendLimitReached, balanceUsedUp].map(
      forNewRecipients,
    ),
  ],
  DATA: [protocol.surplusArgument, protocol.noTransaction, protocol.noRecipient],
  'end of data': [
    protocol.size,
    protocol.bareLineEnd,
    blockedMeanwhile,
    noHeaderFrom,
    headerFromNotRegistered,
    headerFromNotVerified,
    protocol.malformedHeader,
    protocol.tooManyFields,
    sendLimitExceeded,
    balanceExceeded,
  ],
};
