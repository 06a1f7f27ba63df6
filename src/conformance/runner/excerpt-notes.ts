import { counted } from '../result/counted.ts';
import type { WorldChange } from '../situation/world-change.ts';

// What stands between the lines of the wire in a finding: without it two sessions read like one, and a change of the
// world like nothing.

/** `(connected)`, or `(C2 connected)` of a further session. */
export function showSessionNote(session: number, what: string): string {
  return `(${session === 1 ? '' : `C${session} `}${what})`;
}

/** The line, and the time that it has come to. */
export function showTimeNote(source: string, clockMs: number): string {
  return `${source}   (it is ${new Date(clockMs).toISOString()})`;
}

/** The line, and what it has changed. */
export function showChangeNote(source: string, change: WorldChange): string {
  return `${source}   (${showChange(change)})`;
}

function showChange(change: WorldChange): string {
  const of = 'login' in change && change.login !== undefined ? ` of the ${change.login} login` : '';
  switch (change.kind) {
    case 'balance':
      return `the account${of} has ${counted(change.sends, 'send')}`;
    case 'buy':
      return `the account${of} has ${counted(change.sends, `${change.plan} send`)} more`;
    case 'block':
      return `the connection${of} is ${change.blocked ? 'blocked' : 'active again'}`;
    case 'new-password':
      return `the connection${of} has another password`;
    case 'maintenance':
      return change.on ? 'every session gets 421' : 'sessions are taken again';
    case 'record':
      return `the ${change.record} record ${change.published ? 'stands in' : 'is gone from'} DNS`;
    case 'verify-domain':
      return 'support has looked at the records of the domain';
    case 'recipient':
      return `${change.name} has the role ${change.role}`;
    case 'mailbox':
      return change.up ? 'the mailbox takes mail again' : 'the mailbox takes no mail';
    case 'settled':
      return 'nothing of the account is under way';
  }
}
