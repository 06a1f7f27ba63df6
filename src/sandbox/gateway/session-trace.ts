import type { Conversation } from './conversation.ts';

/**
 * The part of the Received field that is the session's (RFC 5321 §4.4): who said hello from where, by whom it was
 * taken and how (the keywords of RFC 3848, RFC 6531 §4.3).
 */
export function sessionTrace({ state, parts, clientAddress }: Conversation): string {
  const literal = clientAddress.includes(':') ? `[IPv6:${clientAddress}]` : `[${clientAddress}]`;
  return `from ${state.hello?.name ?? literal} (${literal})\r\n\tby ${parts.name} with ${transmissionType(state)}`;
}

function transmissionType(state: Conversation['state']): string {
  const base = state.transaction?.smtpUtf8 === true ? 'UTF8SMTP' : 'ESMTP';
  return `${base}${state.tls ? 'S' : ''}${state.connection === undefined ? '' : 'A'}`;
}
