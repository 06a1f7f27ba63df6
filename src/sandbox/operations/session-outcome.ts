import type { SessionOutcome } from '../../control-api/history-schemas.ts';
import type { Vocabulary } from '../../control-api/vocabulary-schemas.ts';
import type { Transcript, TranscriptEntry } from '../gateway/transcript-recorder.ts';

/** What can become of a session, in the words of the control API. */
export const sessionOutcomes = [
  { name: 'open', meaning: 'The session goes on.', tone: 'waiting' },
  { name: 'fine', meaning: 'Each command was taken.', tone: 'good' },
  { name: 'refused', meaning: 'A command was refused.', tone: 'bad' },
  { name: 'failed', meaning: 'The TLS handshake failed.', tone: 'bad' },
] as const satisfies Vocabulary['sessionOutcomes'];

type Wire = Extract<TranscriptEntry, { readonly kind: 'wire' }>;

const isReply = (entry: TranscriptEntry): entry is Wire => entry.kind === 'wire' && entry.direction === 'S';

/** A transient or permanent negative reply (RFC 5321 §4.2.1). */
const isRefusal = (entry: TranscriptEntry): entry is Wire => isReply(entry) && /^[45]/.test(entry.octets);

/**
 * What became of a session. Of several refusals the first one counts: what a client says behind it, such as DATA without a
 * recipient, is refused because of it.
 */
export function outcomeOf({ entries }: Transcript): SessionOutcome {
  const at = entries.findIndex(isRefusal);
  const refusal = entries[at];
  if (refusal !== undefined && isReply(refusal)) {
    const decision = entries[at + 1];
    const rule = decision?.kind === 'decision' ? decision.rule : null;
    return { word: 'refused', text: refusal.octets.trimEnd(), rule };
  }
  const failed = entries.find(({ kind }) => kind === 'failed handshake');
  if (failed?.kind === 'failed handshake') return { word: 'failed', text: reasonOf(failed.why), rule: null };
  // the goodbye says nothing of what was done
  const last = entries.findLast((entry) => isReply(entry) && !entry.octets.startsWith('221'));
  return {
    word: entries.some(({ kind }) => kind === 'closed') ? 'fine' : 'open',
    text: last?.kind === 'wire' ? (last.octets.trimEnd().split('\n').at(-1) ?? '') : '',
    rule: null,
  };
}

/** What OpenSSL says in words, without the numbers and names of its code around it. */
function reasonOf(why: string): string {
  return /error:[0-9A-F]+:[^:]*:[^:]*:([^:\n]+)/.exec(why)?.[1] ?? why;
}
