import type { WireEvent } from '../../smtp/transcript.ts';

/** What a target's words may cost a case's record. Octets of the record's JSON. */
export const transcriptBounds = {
  /** What each session has to begin with. */
  session: 16 * 1024,
  /** What each reply that was asked for adds: a conversation in order is never cut. */
  reply: 1024,
  /** What one case may cost in all. */
  case: 4 * 1024 * 1024,
} as const;

/** What an event costs beside its octets. */
const EVENT_COST = 160;
/** The last events that findings quote from: more than they quote, since what is not read yet is left out. */
const TAIL = 64;

/** A wire event of the record; `cut` octets of it were left out. */
export type RecordedWire = WireEvent & { readonly cut?: number };

/** Something between two lines on the wire that an excerpt shows: a session that begins or ends, a change of the world. */
export interface TranscriptNote {
  readonly note: string;
}

/** The transcript of one case, which grows no longer than a conversation in order would. */
export interface BoundedTranscript {
  /** Takes what went over the wire. */
  record(event: WireEvent): void;
  /** A reply that was asked for has been read. */
  heard(session: number): void;
  /** Tells how much was left out since the last event that was kept. */
  end(): void;
  /** Takes what excerpts show between the lines of the wire. */
  note(text: string): void;
  /** The last events and notes, whether they were kept or not. */
  tail(): readonly (WireEvent | TranscriptNote)[];
}

interface Ledger {
  left: number;
  /** Octets left out after the last event that was kept, and the event that the first of them came in. */
  cut: number;
  since: WireEvent | undefined;
}

/** A transcript whose kept events go to `keep`. The client's own words are the scenario's, and are kept whole. */
export function boundTranscript(keep: (event: RecordedWire) => void): BoundedTranscript {
  const ledgers = new Map<number, Ledger>();
  const last: (WireEvent | TranscriptNote)[] = [];
  const remember = (one: WireEvent | TranscriptNote): void => {
    last.push(one);
    if (last.length > TAIL) last.shift();
  };
  let caseLeft: number = transcriptBounds.case;

  const ledgerOf = (session: number): Ledger => {
    const known = ledgers.get(session);
    if (known !== undefined) return known;
    const fresh: Ledger = { left: transcriptBounds.session, cut: 0, since: undefined };
    ledgers.set(session, fresh);
    return fresh;
  };
  const tellCut = (ledger: Ledger): void => {
    if (ledger.since !== undefined) keep({ ...ledger.since, octets: '', cut: ledger.cut });
    ledger.cut = 0;
    ledger.since = undefined;
  };

  return {
    record(event) {
      remember(event);
      const ledger = ledgerOf(event.session);
      if (event.direction === 'C') {
        tellCut(ledger);
        keep(event);
        return;
      }
      const room = Math.min(ledger.left, caseLeft) - EVENT_COST;
      const shown = room <= 0 ? '' : fit(event.octets, room);
      const left = event.octets.length - shown.length;
      if (shown !== '') {
        const cost = EVENT_COST + jsonLength(shown);
        ledger.left -= cost;
        caseLeft -= cost;
        tellCut(ledger);
        keep({ ...event, octets: shown });
      }
      if (left > 0) {
        ledger.since ??= event;
        ledger.cut += left;
      }
    },
    heard(session) {
      ledgerOf(session).left += transcriptBounds.reply;
    },
    end() {
      for (const ledger of ledgers.values()) tellCut(ledger);
    },
    note: (text) => remember({ note: text }),
    tail: () => [...last],
  };
}

/** As much of a text as JSON writes in so many octets. */
function fit(text: string, octets: number): string {
  if (text.length * WORST <= octets || jsonLength(text) <= octets) return text;
  let cost = 0;
  for (let at = 0; at < text.length; at += 1) {
    cost += jsonLength(text.charAt(at));
    if (cost > octets) return text.slice(0, at);
  }
  return text;
}

/** The most octets that JSON makes of one: `\u0000`. */
const WORST = 6;

function jsonLength(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}
