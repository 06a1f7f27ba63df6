import type { Session } from '../../control-api/history-schemas.ts';
import type { Vocabulary } from '../../control-api/vocabulary-schemas.ts';

/** What of a transcript is shown, line by line. */
export type Line =
  | {
      readonly kind: 'wire';
      readonly at: number;
      readonly direction: 'C' | 'S';
      readonly tls: boolean;
      readonly text: string;
      readonly isRefusal: boolean;
      /** The rule behind a reply, where one was decided. */
      readonly rule: string | undefined;
    }
  | { readonly kind: 'fact'; readonly at: number; readonly text: string };

/** One character an octet becomes text; what is no UTF-8 stays as it is. */
function decoded(octets: string): string {
  try {
    const bytes = Uint8Array.from(octets, (character) => character.codePointAt(0) ?? 0);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return octets;
  }
}

const isRefusing = (direction: 'C' | 'S', octets: string): boolean =>
  direction === 'S' && /^[45]\d\d/.test(octets);

/** The lines of a session; a decision belongs to the reply before it. */
export function linesOf(session: Session): readonly Line[] {
  const lines: Line[] = [];
  for (const entry of session.entries) {
    const last = lines.at(-1);
    switch (entry.kind) {
      case 'wire':
        lines.push({
          kind: 'wire',
          at: entry.t,
          direction: entry.direction,
          tls: entry.tls,
          text:
            decoded(entry.octets).replace(/\r\n$/, '') +
            (entry.size === undefined ? '' : `\n… ${entry.size} octets in all`),
          isRefusal: isRefusing(entry.direction, entry.octets),
          rule: undefined,
        });
        break;
      case 'decision':
        if (last?.kind === 'wire') lines[lines.length - 1] = { ...last, rule: entry.rule };
        else lines.push({ kind: 'fact', at: entry.t, text: `Rule ${entry.rule}` });
        break;
      case 'tls': {
        const name = entry.servername === null ? '' : `, for ${entry.servername}`;
        lines.push({ kind: 'fact', at: entry.t, text: `${entry.protocol}, ${entry.cipher}${name}` });
        break;
      }
      case 'failed handshake':
        lines.push({ kind: 'fact', at: entry.t, text: `The TLS handshake failed: ${entry.why}` });
        break;
      case 'half-closed':
        lines.push({
          kind: 'fact',
          at: entry.t,
          text: 'The client closed its side while it was owed a reply',
        });
        break;
      case 'closed':
        lines.push({ kind: 'fact', at: entry.t, text: 'Closed' });
        break;
    }
  }
  return lines;
}

/** What the words of the gateway say of a rule: its sentence, and the documented error that it is about. */
export function explain(vocabulary: Vocabulary | undefined, rule: string, reply: string) {
  const known = vocabulary?.rules.find(({ id }) => id === rule);
  const errors = vocabulary?.documentedErrors;
  return {
    rule: known,
    basis: vocabulary?.bases.find(({ name }) => name === known?.basis)?.meaning,
    // a trigger may force the documented reply of another rule
    error:
      errors?.find((each) => rule === each.rule || rule.startsWith(`${each.rule}.`)) ??
      errors?.find((each) => each.reply === reply),
  };
}
