import { isAddressLiteral } from '../../smtp/address-literal.ts';
import { isAsciiDomain } from '../../smtp/path.ts';
import type { SessionContext } from './session-context.ts';

/**
 * The part of the Received field that is the session's (RFC 5321 §4.4): who said hello from where, by whom it was
 * taken and how (the keywords of RFC 3848, RFC 6531 §4.3). A hello that is no domain and no address literal has no
 * place in it (rule `protocol.hello-name`).
 */
export function sessionTrace({ state, parts, clientAddress }: SessionContext): string {
  const literal = clientAddress.includes(':') ? `[IPv6:${clientAddress}]` : `[${clientAddress}]`;
  const said = state.hello?.name ?? '';
  const name = isAsciiDomain(said) || isAddressLiteral(said) ? said : literal;
  return `from ${name} (${literal})\r\n\tby ${parts.name} with ${transmissionType(state)}`;
}

function transmissionType(state: SessionContext['state']): string {
  const base = state.transaction?.smtpUtf8 === true ? 'UTF8SMTP' : 'ESMTP';
  return `${base}${state.tls ? 'S' : ''}${state.connection === undefined ? '' : 'A'}`;
}
