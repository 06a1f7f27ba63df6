import type { ModeEntry } from '../modes.ts';

/** The five ways to reach the gateway: 465 with TLS from the first octet, 587 and 25 with STARTTLS or without. */
export const modes = [
  { mode: '465+tls', port: 465, encryption: 'implicit', rule: 'port.465.implicit-tls' },
  { mode: '587', port: 587, encryption: 'none', rule: 'port.587.plain' },
  { mode: '587+starttls', port: 587, encryption: 'starttls', rule: 'port.587.starttls' },
  { mode: '25', port: 25, encryption: 'none', rule: 'port.25.plain' },
  { mode: '25+starttls', port: 25, encryption: 'starttls', rule: 'port.25.starttls' },
] as const satisfies readonly ModeEntry[];
