import type { ProviderWords } from '../words.ts';

/** The domain of the simulator's addresses. */
export const SIMULATOR_DOMAIN = 'simulator.amazonses.com';

const at = (localPart: string): string => `${localPart}@${SIMULATOR_DOMAIN}`;

/** What an address can do. */
export const roles = [
  { name: 'accepts', meaning: 'The mail is accepted and delivered.', reservedAddress: at('success') },
  {
    name: 'suppressed',
    meaning: 'The address is on the account’s suppression list: the mail is accepted and never sent.',
    reservedAddress: null,
  },
  {
    name: 'nonexistent',
    meaning: 'The mail is accepted; the other side says 550 5.1.1, and a bounce comes back.',
    reservedAddress: at('bounce'),
  },
  {
    name: 'out-of-office',
    meaning: 'The mail is delivered; an automatic response comes back.',
    reservedAddress: at('ooto'),
  },
  {
    name: 'complains',
    meaning: 'The mail is delivered; then the recipient complains, and the complaint comes back.',
    reservedAddress: at('complaint'),
  },
  {
    name: 'listed',
    meaning: 'The mail is accepted; a hard bounce comes back as if the address were suppressed everywhere.',
    reservedAddress: at('suppressionlist'),
  },
] as const;

/** What becomes of mail to an address. */
export type Role = (typeof roles)[number]['name'];

/** What an account may do. */
export const accesses = [
  { name: 'production', meaning: 'It sends to anybody; its senders must be verified.' },
  {
    name: 'sandbox',
    meaning:
      'It sends to verified addresses and domains, or to the simulator: 200 in 24 hours, 1 per second.',
  },
  { name: 'not subscribed', meaning: 'It has no subscription; nobody can sign in.' },
] as const;

/** What an account may do. */
export type Access = (typeof accesses)[number]['name'];

/** The words of this provider. */
export const words = {
  roles,
  reservedDomain: SIMULATOR_DOMAIN,
  emailStatuses: [
    {
      name: 'queued',
      meaning: 'Accepted and counted; not yet handed over.',
      tone: 'waiting',
      reached: false,
    },
    {
      name: 'deferred',
      meaning: 'The mailbox did not take it for now; it is tried again.',
      tone: 'waiting',
      reached: false,
    },
    { name: 'delivered', meaning: 'The mailbox has it.', tone: 'good', reached: true },
    { name: 'bounced', meaning: 'A hard bounce: the mailbox does not exist.', tone: 'bad', reached: false },
    { name: 'rejected', meaning: 'The server of the mailbox refused it.', tone: 'bad', reached: false },
    { name: 'failed', meaning: 'It could not be delivered and was given up.', tone: 'bad', reached: false },
    {
      name: 'suppressed',
      meaning: 'Accepted and not sent: the address is on the suppression list.',
      tone: 'notice',
      reached: false,
    },
    {
      name: 'complained',
      meaning: 'Delivered; the recipient complained about it.',
      tone: 'notice',
      reached: true,
    },
  ],
  connectionStatuses: [
    { name: 'Active', meaning: 'It can sign in and send.', tone: 'good' },
    { name: 'Denied', meaning: 'It can sign in; a policy forbids it to send.', tone: 'bad' },
  ],
  domainStates: [
    { name: 'verified', meaning: 'Mail from it is accepted.', tone: 'good' },
    { name: 'unverified', meaning: 'Mail from it is rejected.', tone: 'waiting' },
  ],
  // a bill is paid later, so no balance changes by what is sent
  ledgerKinds: [
    { name: 'opened', meaning: 'The sends with which the account began; none is ever taken from them.' },
    { name: 'set', meaning: 'The balance was set by hand.' },
  ],
  plans: [],
  encryptions: [
    { name: 'implicit', meaning: 'TLS wrapper' },
    { name: 'starttls', meaning: 'STARTTLS' },
  ],
  limits: [
    {
      name: 'sendQuota',
      label: 'Sending quota',
      meaning: 'recipients in 24 hours; empty: what its access has',
      least: 0,
    },
    {
      name: 'sendRate',
      label: 'Sending rate',
      meaning: 'recipients per second; empty: what its access has',
      least: 1,
    },
    { name: 'sizeLimit', label: 'Message size', meaning: 'octets', least: 1 },
    { name: 'recipientLimit', label: 'Recipients', meaning: 'of one message', least: 1 },
    {
      name: 'sessionLimit',
      label: 'Connections',
      meaning: 'open at once, own listeners; empty: no limit',
      least: 0,
    },
  ],
  accesses,
} as const satisfies ProviderWords;
