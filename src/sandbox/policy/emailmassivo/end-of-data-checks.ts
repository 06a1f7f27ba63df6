import type { EmailmassivoRuleId } from '../../../contract/emailmassivo/rules.ts';
import { checkWith, type Check } from '../check.ts';
import type { EndOfDataFacts } from '../facts.ts';
import { refuse, refuseAndClose } from './refuse.ts';

type EndOfDataCheck = Check<EndOfDataFacts, EmailmassivoRuleId>;

/** A connection that was blocked while its message came. */
export const blockedMeanwhile: EndOfDataCheck = checkWith(
  'connection blocked',
  refuseAndClose('error.421-unavailable', 'connection.block.effect'),
  (facts) => facts.blocked,
);

/** No From with a mailbox that can be read: the identities of a message are those of its From. */
export const noHeaderFrom: EndOfDataCheck = checkWith(
  'no From that can be read',
  refuse('error.550-from', 'error.550-from.what'),
  ({ identities }) => identities.length === 0,
);

/** A domain in From that the account does not have: what is permanent outweighs what is not. */
export const headerFromNotRegistered: EndOfDataCheck = checkWith(
  'domain in From not registered',
  refuse('error.553-domain', 'sender.header-from'),
  ({ identities }) => identities.some(({ standing }) => standing === 'not registered'),
);

/** The same, without its verification. */
export const headerFromNotVerified: EndOfDataCheck = checkWith(
  'domain in From not verified',
  refuseAndClose('error.421-domain', 'sender.header-from'),
  ({ identities }) => identities.some(({ standing }) => standing === 'not verified'),
);

/** More recipients than the connection may still send to. */
export const sendLimitExceeded: EndOfDataCheck = checkWith(
  'send limit of the connection exceeded',
  refuse('error.450', 'billing.send-limit'),
  ({ sendLimitLeft, recipients }) => sendLimitLeft !== null && recipients.size > sendLimitLeft,
);

/** More recipients than the balance pays for: a parallel session took sends meanwhile. */
export const balanceExceeded: EndOfDataCheck = checkWith(
  'balance exceeded',
  refuse('error.450', 'error.450.stage'),
  ({ balance, recipients }) => recipients.size > balance,
);
