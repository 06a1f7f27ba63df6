import { BLANK, blankSecrets, type Direction, type WireEvent } from '../../smtp/transcript.ts';

/** Writes the transcript of one session, and blanks secrets before anything is written. */
export interface Recorder {
  record(direction: Direction, octets: string, tls: boolean): void;
  /** A reply was read: 334 makes the next lines of the client an answer, any other ends that. */
  sawReply(code: number): void;
}

/** The part of a session's options that its transcript needs. */
export interface RecorderOptions {
  /** The number under which the transcript shows it. */
  readonly number: number;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
  /** Takes each run of octets as it goes over the wire, secrets blanked. */
  readonly record: (event: WireEvent) => void;
  /** Texts that no transcript may show, beside what AUTH carries; asked anew for each run of octets. */
  readonly secrets: () => readonly string[];
}

/** A recorder for one session, whose time begins now. */
export function createRecorder({ number, now, record, secrets }: RecorderOptions): Recorder {
  const began = now();
  let challenged = false;
  let unfinished = '';
  const blankClient = (octets: string): string => {
    let blanked = '';
    for (const piece of octets.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
      const line = unfinished + piece;
      blanked += blankPiece(unfinished, line, challenged);
      unfinished = line.endsWith('\n') ? '' : line;
      // an answer may be sent without waiting for its 334
      if (/^\s*AUTH[ \t]/i.test(line) && unfinished === '') challenged = true;
    }
    return blanked;
  };
  return {
    record(direction, octets, tls) {
      const blanked = direction === 'C' ? blankClient(octets) : octets;
      const shown = secrets().reduce((text, secret) => text.replaceAll(secret, BLANK), blanked);
      record({ t: Math.max(0, now() - began), session: number, direction, octets: shown, tls });
    },
    sawReply(code) {
      challenged = code === 334;
    },
  };
}

/** What may be shown of the newest piece of a line whose beginning was shown before. */
function blankPiece(before: string, line: string, challenged: boolean): string {
  const shownBefore = blankSecrets(before, challenged);
  const shown = blankSecrets(line, challenged);
  if (before === '') return shown;
  return shown.startsWith(shownBefore) ? shown.slice(shownBefore.length) : `${BLANK}\r\n`;
}
