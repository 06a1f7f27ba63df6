import { EVERY_REPLY } from './moments.ts';
import type { RuleEntry } from './rule.ts';

/** The rule under which forced replies are given. */
export const TRIGGERS_RULE = 'sandbox.triggers';

/** What only the sandbox has; never held against another gateway. */
export const sandboxRules = {
  'sandbox.clock': {
    basis: 'sandbox',
    statement: 'Time can be frozen and advanced; each account has a clock of its own.',
    source: 'docs/flow.md',
    shownBy: 'control test',
    moments: EVERY_REPLY,
  },
  'sandbox.listeners': {
    basis: 'sandbox',
    statement:
      'An account may take listeners of its own: the documented ports again, belonging to it from the first byte.',
    source: 'docs/flow.md',
    shownBy: 'control test',
    moments: EVERY_REPLY,
  },
  'sandbox.secrets': {
    basis: 'sandbox',
    statement:
      'Passwords, tokens and whatever could be a credential behind AUTH are blanked where they are recorded, in every form and place.',
    source: 'docs/flow.md',
    shownBy: 'control test',
    moments: EVERY_REPLY,
  },
  'sandbox.transcripts': {
    basis: 'sandbox',
    statement:
      'Each session of an account has a transcript, which tells in order what was said in it, encrypted or not.',
    source: 'docs/flow.md',
    shownBy: 'control test',
    moments: EVERY_REPLY,
  },
  'sandbox.recipients': {
    basis: 'sandbox',
    statement:
      'What an address does can be set by call, and is built into reserved addresses at simulator.test.',
    source: 'docs/flow.md',
    shownBy: 'control test',
    moments: ['RCPT', 'history', 'suppressed'],
  },
  'sandbox.triggers': {
    basis: 'sandbox',
    statement:
      'A trigger forces a reply, a delay, a drop or a TLS fault at a stage, for a match, so many times.',
    source: 'docs/flow.md',
    shownBy: 'control test',
    moments: EVERY_REPLY,
  },
  'sandbox.tokens': {
    basis: 'sandbox',
    statement:
      'Where it is turned on, AUTH XOAUTH2 and OAUTHBEARER take an access token that was issued to the login, has not expired and has the scope smtp.send; any other is told its fault in a 334 and refused at the next line.',
    source: 'docs/sandbox.md',
    shownBy: 'scenario',
    moments: ['EHLO', 'AUTH'],
  },
  'sandbox.maintenance': {
    basis: 'sandbox',
    statement: "Maintenance can be switched on and off, for the gateway or for listeners of one's own.",
    source: 'docs/flow.md',
    shownBy: 'control test',
    moments: EVERY_REPLY,
  },
  'sandbox.isolation': {
    basis: 'sandbox',
    statement: 'Parallel tests do not see each other: each takes an account of its own.',
    source: 'docs/flow.md',
    shownBy: 'control test',
    moments: EVERY_REPLY,
  },
  'sandbox.settled': {
    basis: 'sandbox',
    statement:
      'A call waits until an account is settled: no unread input, nothing due or in flight, outcomes visible.',
    source: 'docs/flow.md',
    shownBy: 'control test',
    moments: EVERY_REPLY,
  },
  'sandbox.seed': {
    basis: 'sandbox',
    statement: 'A seed file makes accounts with fixed logins, passwords, domains, balances and ports.',
    source: 'docs/flow.md',
    shownBy: 'control test',
    moments: EVERY_REPLY,
  },
} as const satisfies Record<string, RuleEntry>;
