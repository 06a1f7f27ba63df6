import type { AmazonSesRuleId } from '../../../contract/amazon-ses/rules.ts';
import type { Checks } from '../checks.ts';
import { forNewRecipients, protocolChecks } from '../protocol-checks.ts';
import { authenticationDown, credentialChecks, serviceDown, tooManySessions } from './access-checks.ts';
import {
  accessDenied,
  duplicateHeader,
  noFrom,
  notVerified,
  notWhole,
  quotaExceeded,
  rateExceeded,
  unreadableIdentity,
} from './end-of-data-checks.ts';
import { refusals } from './protocol-replies.ts';
import { nullReversePath, recipientSyntax, senderSyntax } from './transaction-checks.ts';

const protocol = protocolChecks(refusals);

/**
 * The order in which each verb is checked in a region: this is the rule `order.checks`. What the whole gateway is in comes first,
 * permanent before temporary, and last what counts recipients.
 */
export function orderOfChecks(region: string): Checks<AmazonSesRuleId> {
  return {
    connect: [tooManySessions],
    'any verb': [
      protocol.lineTooLong,
      protocol.controlCharacter,
      protocol.noUtf8,
      protocol.encryptionFirst,
      authenticationDown,
      serviceDown,
    ],
    EHLO: [protocol.helloName],
    STARTTLS: [
      protocol.starttlsNotOffered,
      protocol.tlsNotNow,
      protocol.surplusArgument,
      protocol.starttlsInsideTls,
    ],
    AUTH: [protocol.authOutOfOrder, protocol.noMechanism, protocol.unknownMechanism, protocol.surplusWords],
    credentials: credentialChecks,
    MAIL: [
      protocol.noHello,
      protocol.noLogin,
      protocol.nested,
      nullReversePath,
      senderSyntax,
      protocol.unreadable,
      protocol.mailParameters,
      protocol.internationalSender,
      protocol.declaredSize,
    ],
    RCPT: [
      protocol.noTransaction,
      recipientSyntax,
      protocol.unreadable,
      protocol.rcptParameters,
      protocol.internationalRecipient,
      forNewRecipients(protocol.tooManyRecipients),
    ],
    DATA: [protocol.surplusArgument, protocol.noTransaction, protocol.noRecipient],
    'end of data': [
      notWhole,
      protocol.size,
      protocol.bareLineEnd,
      accessDenied(region),
      duplicateHeader,
      noFrom,
      unreadableIdentity,
      notVerified(region),
      protocol.malformedHeader,
      protocol.tooManyFields,
      quotaExceeded,
      rateExceeded,
    ],
  };
}
