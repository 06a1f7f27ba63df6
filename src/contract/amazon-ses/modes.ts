import type { ModeEntry } from '../modes.ts';

/** The five ways to reach the gateway: STARTTLS on three ports, TLS from the first octet on two; none without TLS. */
export const modes = [
  { mode: '587+starttls', port: 587, encryption: 'starttls', rule: 'port.587.starttls' },
  { mode: '25+starttls', port: 25, encryption: 'starttls', rule: 'port.25.starttls' },
  { mode: '2587+starttls', port: 2587, encryption: 'starttls', rule: 'port.2587.starttls' },
  { mode: '465+tls', port: 465, encryption: 'implicit', rule: 'port.465.implicit-tls' },
  { mode: '2465+tls', port: 2465, encryption: 'implicit', rule: 'port.2465.implicit-tls' },
] as const satisfies readonly ModeEntry[];
