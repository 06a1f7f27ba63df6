import type { SessionPage } from '../../control-api/history-schemas.ts';
import { OperationError } from '../control/operations.ts';
import type { Transcript, TranscriptRecorder } from '../gateway/transcript-recorder.ts';
import { showTranscript } from './operation-views.ts';

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
  const after = cursor === undefined ? 0 : readCursor(cursor);
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
    sessions: page.map(showTranscript),
    next: page.length < rest.length && last !== undefined ? String(last.sequence) : null,
  };
}

function readCursor(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new OperationError('bad-cursor', `"${text}" is no cursor; take the "next" of a page.`);
}
