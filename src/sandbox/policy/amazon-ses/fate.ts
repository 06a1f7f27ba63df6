import type { Role } from '../../../contract/amazon-ses/words.ts';
import type { Fate, Notice, RecipientFacts } from '../fate.ts';
import { isOfSimulator } from './simulator.ts';

const NOTICE_HOST = 'amazonses.com';

const bounce = (status: string, diagnostic: string): Notice => ({
  kind: 'bounce',
  from: `MAILER-DAEMON@${NOTICE_HOST}`,
  reportingMta: NOTICE_HOST,
  status,
  diagnostic,
});

const complaint: Notice = {
  kind: 'complaint',
  from: `complaints@${NOTICE_HOST}`,
  userAgent: 'SMTP Gauntlet',
};

const suppressed: Fate = {
  kind: 'stays here',
  status: 'suppressed',
  reason: 'The address is on the suppression list of the account.',
};

/** What becomes of mail to an address of each role; the list of the account comes before whatever an address can do. */
const fates: Readonly<Record<Role, Fate>> = {
  accepts: { kind: 'handed over', status: 'delivered' },
  suppressed,
  nonexistent: {
    kind: 'stays here',
    status: 'bounced',
    reason: '550 5.1.1 The mailbox does not exist.',
    notice: bounce('5.1.1', '550 5.1.1 The mailbox does not exist.'),
  },
  'out-of-office': {
    kind: 'handed over',
    status: 'delivered',
    notice: { kind: 'automatic response', text: 'I am out of the office and read your message later.\r\n' },
  },
  complains: { kind: 'handed over', status: 'complained', notice: complaint },
  listed: {
    kind: 'stays here',
    status: 'bounced',
    reason: '550 5.1.1 The address is suppressed.',
    notice: bounce('5.1.1', '550 5.1.1 The address is suppressed.'),
  },
};

/** What becomes of an accepted email. */
export function fateOf({ role, suppressed: isSuppressed }: Omit<RecipientFacts, 'key'>): Fate {
  if (isSuppressed) return suppressed;
  return isRole(role) ? fates[role] : fates.accepts;
}

/** Whether an outcome puts the recipient on the suppression list: a hard bounce or a complaint, but none of the simulator's. */
export function suppresses(status: string, addressKey: string): boolean {
  return (status === 'bounced' || status === 'complained') && !isOfSimulator(addressKey);
}

function isRole(role: string | undefined): role is Role {
  return role !== undefined && Object.hasOwn(fates, role);
}
