import type { SessionPage } from '../../control-api/history-schemas.ts';
import type { Transcript, TranscriptRecorder } from '../gateway/transcript-recorder.ts';
import { readNumberCursor } from './cursors.ts';
import { showTranscript } from './operation-views.ts';
import { outcomeOf } from './session-outcome.ts';

/** Transcripts of a page where nobody says how many. */
const SESSIONS = 100;
/** Octets at which a page ends, as the recorder counts them; the transcript that passes it is the last one. */
const OCTETS = 4 * 1024 * 1024;

/** A page of the transcripts that are kept, oldest first; one that is forgotten meanwhile shifts none of the others. */
export function pageOfSessions(
  recorder: TranscriptRecorder,
  account: string | undefined,
  { cursor, limit = SESSIONS }: { readonly cursor?: string | undefined; readonly limit?: number } = {},
): SessionPage {
  const after = readNumberCursor(cursor);
  const rest = recorder.list(account).filter(({ sequence }) => sequence > after);
  const page: Transcript[] = [];
  let octets = 0;
  for (const transcript of rest) {
    if (page.length === limit || octets >= OCTETS) break;
    page.push(transcript);
    octets += transcript.octets;
  }
  const last = page.at(-1);
  return {
    sessions: page.map((transcript) => ({
      ...showTranscript(transcript),
      outcome: outcomeOf(transcript),
    })),
    next: page.length < rest.length && last !== undefined ? String(last.sequence) : null,
  };
}
