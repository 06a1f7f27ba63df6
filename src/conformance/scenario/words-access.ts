import type { Word } from './word.ts';

/** Keys below `given` of providers whose accounts have an access: what it may do, its identities and its quotas. */
export const accessWords = [
  {
    id: 'given.access',
    meaning: 'What the account may do, a word of the provider; without it what a new account may do.',
    example: 'access: sandbox',
  },
  {
    id: 'given.identities',
    meaning:
      'Further identities of the account with their state: the sender, recipients by name, or domains. The sender’s domain is one by `domain`.',
    example: 'identities: { to: verified, recipients.example: unverified }',
  },
  {
    id: 'given.send-quota',
    meaning: 'Recipients that the account may have in 24 hours.',
    example: 'send-quota: 3',
  },
  {
    id: 'given.send-rate',
    meaning: 'Recipients that the account may have in a second.',
    example: 'send-rate: 1',
  },
  {
    id: 'given.simulator',
    meaning:
      'Recipients whose addresses are the provider’s own for their role, each with a label of the case.',
    example: 'simulator: [to, cc]',
  },
] as const satisfies readonly Word[];
