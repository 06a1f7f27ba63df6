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

/** All cases in the order of the card; the sanity case is played before the others. */
export const clientCases: readonly ClientCase[] = [
  sanityCase,
  inputsCase,
  impossibleCase,
  ...unavailableCases,
  ...afterDotCases,
  ...endingCases,
  ...severalMailsCases,
  ...loginCases,
  ...tokenCases,
  ...passwordCases,
  ...senderCases,
  ...laterCases,
  ...recipientCases,
  ...addressCases,
  ...injectionCases,
  ...encryptionCases,
  ...messageCases,
  ...replyCases,
  ...contraryCases,
  goodbyeCase,
];
