/** The documented ports (the documentation's "465", "587 and 25"), by which listeners and rules are named. */
export const ports = [465, 587, 25] as const;
export type Port = (typeof ports)[number];

/** How a session gets its encryption, if it does. */
export type Encryption = 'implicit' | 'starttls' | 'none';

/** The five ways to reach the gateway, by the documented port whatever the real number. */
export const modes = ['465+tls', '587', '587+starttls', '25', '25+starttls'] as const;
export type Mode = (typeof modes)[number];

/** What a mode means on the wire, and the rule that promises it. */
export const modeFacts = {
  '465+tls': { port: 465, encryption: 'implicit', rule: 'port.465.implicit-tls' },
  '587': { port: 587, encryption: 'none', rule: 'port.587.plain' },
  '587+starttls': { port: 587, encryption: 'starttls', rule: 'port.587.starttls' },
  '25': { port: 25, encryption: 'none', rule: 'port.25.plain' },
  '25+starttls': { port: 25, encryption: 'starttls', rule: 'port.25.starttls' },
} as const satisfies Record<Mode, { port: Port; encryption: Encryption; rule: string }>;

/** Whether a text names a mode. */
export function isMode(text: string): text is Mode {
  return modes.some((mode) => mode === text);
}
