import type { ClientCase } from '../client-case.ts';
import { afterDotCases } from './after-dot.ts';
import { encryptionCases } from './encryption.ts';
import { loginCases } from './login.ts';
import { messageCases } from './message.ts';
import { goodbyeCase, impossibleCase, sanityCase } from './plain.ts';
import { recipientCases } from './recipients.ts';
import { senderCases } from './sender.ts';
import { unavailableCases } from './unavailable.ts';

/** All cases in the order of the card; the sanity case is played before the others. */
export const clientCases: readonly ClientCase[] = [
  sanityCase,
  impossibleCase,
  ...unavailableCases,
  ...afterDotCases,
  ...loginCases,
  ...senderCases,
  ...recipientCases,
  ...encryptionCases,
  ...messageCases,
  goodbyeCase,
];
