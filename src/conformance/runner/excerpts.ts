import { decodeUtf8, stringToOctets } from '../../smtp/bytes.ts';
import type { BoundedTranscript } from './bounded-transcript.ts';
import type { CaseSession } from './case-session.ts';
import { cut } from './finding.ts';

/** What findings quote of the wire: the last lines up to the moment that each of them is about. */
export interface Excerpts {
  /** The last lines up to now. */
  now(): readonly string[];
  /** Keeps the last lines up to now for findings of this line of the file, which may be found later. */
  keep(line: number): void;
  /** The lines that were kept for this line of the file, else the last ones. */
  at(line: number): readonly string[];
}

/** How many of the last lines on the wire a finding carries. */
const WIRE_LINES = 8;
/** Lines of a file for which an excerpt is kept: a gateway that answers oddly does so everywhere. */
const KEPT = 200;

/** Follows the transcript of a case with these sessions, in the order in which they were opened. */
export function openExcerpts(
  transcript: Pick<BoundedTranscript, 'tail'>,
  sessions: readonly Pick<CaseSession, 'label' | 'unread'>[],
): Excerpts {
  const kept = new Map<number, readonly string[]>();
  const now = () => lastWireLines(transcript, sessions).map((line) => cut(readable(line)));
  return {
    now,
    keep(line) {
      if (kept.size < KEPT || kept.has(line)) kept.set(line, now().map(withoutItsWhole));
    },
    at: (line) => kept.get(line) ?? now(),
  };
}

/**
 * The last lines on the wire, as `C: …` and `S: …`, or `C2: …` where the dialogue calls the session so; notes stand
 * between them. What came and is not read yet says nothing of this moment: replies to pipelined commands come together.
 */
function lastWireLines(
  transcript: Pick<BoundedTranscript, 'tail'>,
  sessions: readonly Pick<CaseSession, 'label' | 'unread'>[],
): readonly string[] {
  const unread = sessions.map((session) => session.unread.length);
  const blocks: (readonly string[])[] = [];
  let count = 0;
  for (const event of transcript.tail().toReversed()) {
    if (count >= WIRE_LINES) break;
    const lines = 'note' in event ? [event.note] : linesOf(event.octets);
    if ('note' in event) {
      blocks.push(lines);
      count += 1;
      continue;
    }
    const { session, direction, octets } = event;
    const left = direction === 'S' ? (unread[session - 1] ?? 0) : 0;
    const read = octets.slice(0, Math.max(0, octets.length - left));
    if (direction === 'S') unread[session - 1] = Math.max(0, left - octets.length);
    if (read === '') continue;
    const label = sessions[session - 1]?.label ?? 1;
    const who = `${direction}${label === 1 ? '' : label}`;
    const told = linesOf(read).map((line) => `${who}: ${line}`);
    blocks.push(told);
    count += told.length;
  }
  return blocks.toReversed().flat().slice(-WIRE_LINES);
}

function linesOf(octets: string): readonly string[] {
  return octets.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** Octets as the text that they are, where they are UTF-8. */
function readable(text: string): string {
  // what holds higher characters is text already
  return !/[^\p{ASCII}\u0080-\u00ff]/u.test(text) ? (decodeUtf8(stringToOctets(text)) ?? text) : text;
}

/** The same text, which does not keep in memory the longer one that it was cut from. */
function withoutItsWhole(text: string): string {
  return Buffer.from(text).toString();
}
