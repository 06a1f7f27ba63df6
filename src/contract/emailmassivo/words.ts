import { domainStates } from '../vocabulary.ts';
import type { ProviderWords } from '../words.ts';
import {
  connectionStatusMeanings,
  connectionStatusTones,
  domainStateMeanings,
  domainStateTones,
  emailStatusMeanings,
  emailStatusTones,
  encryptionMeanings,
  ledgerKindMeanings,
  limitMeanings,
  reachedStatuses,
  roleMeanings,
} from './meanings.ts';
import { plans } from './plans.ts';
import { connectionStatuses, emailStatuses, ledgerKinds, roles } from './vocabulary.ts';

const reservedDomain = 'simulator.test';

/** The words of the first provider. */
export const words = {
  roles: roles.map((name) => ({
    name,
    meaning: roleMeanings[name],
    reservedAddress: `${name}@${reservedDomain}`,
  })),
  reservedDomain,
  emailStatuses: emailStatuses.map((name) => ({
    name,
    meaning: emailStatusMeanings[name],
    tone: emailStatusTones[name],
    reached: reachedStatuses.includes(name),
  })),
  connectionStatuses: connectionStatuses.map((name) => ({
    name,
    meaning: connectionStatusMeanings[name],
    tone: connectionStatusTones[name],
  })),
  domainStates: domainStates.map((name) => ({
    name,
    meaning: domainStateMeanings[name],
    tone: domainStateTones[name],
  })),
  ledgerKinds: ledgerKinds.map((name) => ({ name, meaning: ledgerKindMeanings[name] })),
  plans,
  encryptions: Object.entries(encryptionMeanings).map(([name, meaning]) => ({ name, meaning })),
  limits: Object.entries(limitMeanings).map(([name, limit]) => ({ name, ...limit })),
  accesses: [],
} as const satisfies ProviderWords;
