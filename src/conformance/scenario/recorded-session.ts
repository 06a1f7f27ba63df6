import type { RefusalReason } from '../../contract/checks.ts';
import { documentedRuleOf, isRefusalFor, type Contract } from '../../contract/contract.ts';
import type { Mode } from '../../contract/modes.ts';

/** A session as a gateway recorded it; one character of a text is an octet, and secrets are blanked. */
export interface RecordedSession {
  readonly id: string;
  readonly port: number;
  readonly entries: readonly RecordedEntry[];
}

type RecordedEntry =
  | {
      readonly kind: 'wire';
      readonly direction: 'C' | 'S';
      readonly octets: string;
      /** Octets of a message of which the beginning alone is recorded. */
      readonly size?: number | undefined;
    }
  | { readonly kind: 'decision'; readonly rule: string }
  | { readonly kind: 'tls' | 'failed handshake' | 'half-closed' | 'closed' };

/** The code of a reply. */
export const codeOf = (reply: string): string => reply.slice(0, 3);

/** Which documented error a reply is, if it is one. */
export function errorOf(contract: Contract, reply: string): string | undefined {
  return documentedRuleOf(contract, reply.trimEnd());
}

/** Whether a reply is the documented refusal for a reason. */
export function refuses(contract: Contract, reply: string, reason: RefusalReason): boolean {
  return isRefusalFor(contract, errorOf(contract, reply), reason);
}

/** The path between the first angle brackets; empty where there is none. */
export function pathOf(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}

/** The mode in which a session was. */
export function modeOfSession({ modes }: Contract, { port, entries }: RecordedSession): Mode {
  const hasTls = entries.some(({ kind }) => kind === 'tls');
  const ofPort = modes.filter((entry) => entry.port === port);
  const found = ofPort.find(
    ({ encryption }) => encryption === 'implicit' || (encryption === 'starttls') === hasTls,
  );
  return (found ?? ofPort[0])?.mode ?? String(port);
}

/** Octets as a `C>` line writes them. */
export function escapeOctets(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll(/[^\x20-\x7E]/g, (octet) => `\\x${octet.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
