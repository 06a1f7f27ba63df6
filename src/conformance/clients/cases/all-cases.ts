import type { Contract } from '../../../contract/contract.ts';
import type { ClientCase } from '../client-case.ts';
import { addressCases } from './addresses.ts';
import { afterDotCases } from './after-dot.ts';
import { contraryCases } from './contrary.ts';
import { encryptionCases } from './encryption.ts';
import { endingCases } from './ending.ts';
import { injectionCases } from './injection.ts';
import { inputsCase } from './inputs.ts';
import { laterCases } from './later.ts';
import { loginCases } from './login.ts';
import { messageCases } from './message.ts';
import { passwordCases } from './passwords.ts';
import { goodbyeCase, impossibleCase, sanityCase } from './plain.ts';
import { recipientCases } from './recipients.ts';
import { replyCases } from './replies.ts';
import { senderCases } from './sender.ts';
import { severalMailsCases } from './several-mails.ts';
import { tokenCases } from './tokens.ts';
import { unavailableCases } from './unavailable.ts';

/**
 * All cases of a contract in the order of the card; the sanity case is played before the others. What the provider's
 * documentation says has its words, what the RFCs say is the same for all.
 */
export const clientCasesOf = (contract: Contract): readonly ClientCase[] => [
  sanityCase,
  inputsCase,
  impossibleCase,
  ...unavailableCases(contract),
  ...afterDotCases,
  ...endingCases,
  ...severalMailsCases,
  ...loginCases(contract),
  ...tokenCases,
  ...passwordCases,
  ...senderCases(contract),
  ...laterCases,
  ...recipientCases(contract),
  ...addressCases,
  ...injectionCases,
  ...encryptionCases.filter(
    ({ tls }) => tls === 'chosen' || contract.modes.some(({ encryption }) => encryption === tls),
  ),
  ...messageCases,
  ...replyCases,
  ...contraryCases,
  goodbyeCase,
];
