import { modeOf, type Contract } from '../../contract/contract.ts';
import type { Violation } from './fuzz-wire.ts';
import { writeRaw } from './raw-octets.ts';
import { placeholders } from './wire-input.ts';
import type { Origin } from '../situation/origin.ts';

/** Writes what broke a promise as a scenario: the same octets in the same chunks, and a session beside it that is served. */
export function writeViolation(
  contract: Contract,
  { rule, mode, input, what }: Violation,
  origin: Origin,
): string {
  const { encryption } = modeOf(contract, mode);
  const opening = {
    'after the opening': encryption === 'none' ? ['C: <connect>', 'S: 220 *'] : ['C: <open>'],
    'after the login': ['C: <session>'],
    'in place of the handshake':
      encryption === 'starttls'
        ? ['C: <connect>', 'S: 220 *', 'C: EHLO client.example', 'S: 250 *', 'C: STARTTLS', 'S: 220 *']
        : ['C: <connect>', ...(encryption === 'none' ? ['S: 220 *'] : [])],
  }[input.where];
  return [
    `# ${what.replaceAll(/[^\x20-\x7E]/g, '?')}`,
    'title: Found by wire',
    `about: ${rule}`,
    `modes: [${JSON.stringify(mode)}]`,
    `found: ${JSON.stringify(origin)}`,
    'given: { recipients: { to: accepts } }',
    'dialogue: |',
    ...['C2: <session>', ...opening].map((line) => `  ${line}`),
    // each chunk leaves in a write of its own
    ...input.chunks.map((chunk) => `  C> ${writeRaw(chunk, values)}`),
    '  C2: NOOP',
    '  S2: 250 *',
    '',
  ].join('\n');
}

const values: Readonly<Record<string, string>> = {
  [placeholders.sender]: '${sender}',
  [placeholders.recipient]: '${to}',
  // the right response stands in no file
  [placeholders.credentials]: 'AGxvZ2luAHBhc3N3b3Jk',
};
