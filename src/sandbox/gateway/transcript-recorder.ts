import type { Port } from '../../contract/modes.ts';
import type { RuleId } from '../../contract/rule.ts';
import type { TlsFacts } from './tls-facts.ts';
import { createRedactor, type Redactor } from '../../smtp/redact.ts';
import { createSecretBook, type SecretBook } from '../../smtp/secret-book.ts';
import type { Direction } from '../../smtp/transcript.ts';

/** Where a session began. */
export interface SessionOrigin {
  readonly id: string;
  readonly port: Port;
  /** Milliseconds of the gateway's clock. */
  readonly startedAt: number;
  readonly clientAddress: string;
}

/** One line of a transcript: octets on the wire, or what was decided, or what the socket did. Secrets are blanked. */
export type TranscriptEntry =
  | {
      readonly kind: 'wire';
      /** Milliseconds since the session began. */
      readonly t: number;
      readonly direction: Direction;
      readonly tls: boolean;
      readonly octets: string;
      /** Octets of a message of which only the beginning is kept. */
      readonly size?: number;
    }
  | { readonly kind: 'decision'; readonly t: number; readonly rule: RuleId }
  | ({ readonly kind: 'tls' } & { readonly t: number; readonly facts: TlsFacts })
  | { readonly kind: 'failed handshake'; readonly t: number; readonly why: string }
  /** The client closed its side while it was owed a reply. */
  | { readonly kind: 'half-closed'; readonly t: number }
  | { readonly kind: 'closed'; readonly t: number };

/** The transcript of one session, as far as its bounds allow. */
export interface Transcript extends SessionOrigin {
  /** The account that the session logged in to, or whose own listeners it used. */
  readonly account: string | undefined;
  readonly entries: readonly TranscriptEntry[];
  /** Whether entries are missing because the transcript was full. */
  readonly truncated: boolean;
  /** Rises with every session. */
  readonly sequence: number;
  /** What it costs of the recorder's bounds. */
  readonly octets: number;
}

/** Writes one session's transcript. */
export interface SessionRecorder {
  /** A line that the client sent, with its CRLF; gives what of it may be shown. */
  line(octets: string, tls: boolean): string;
  /** A reply of the gateway; gives what of it may be shown. */
  wire(octets: string, tls: boolean): string;
  /** What the client says to a session that is closing already; only plain commands are shown. */
  late(octets: string, tls: boolean): void;
  /** A message that the client sent, without its final dot. */
  message(octets: Buffer, tls: boolean): void;
  decided(rule: RuleId): void;
  secured(facts: TlsFacts): void;
  failedHandshake(why: string): void;
  belongsTo(account: string): void;
  /** The client closed its side while it was owed a reply: it may be gone. */
  halfClosed(): void;
  closed(): void;
}

/** Keeps the transcripts of all sessions, refused ones too; a seam for proof. */
export interface TranscriptRecorder {
  open(origin: SessionOrigin): SessionRecorder;
  /** Newest last; of one account, or of all. */
  list(account?: string): readonly Transcript[];
}

/** How much is kept. */
export interface TranscriptBounds {
  /** Transcripts kept; the oldest go first. */
  readonly sessions: number;
  /** How many of them may be of sessions in which the client never said a line, such as failed handshakes. */
  readonly silent: number;
  /** How many may be of sessions that are no account's, silent ones included. */
  readonly nobodys: number;
  /** Octets kept of one session. */
  readonly octets: number;
  /** Octets kept in all. */
  readonly total: number;
}

/** Enough for a team's day, small enough for its laptop. */
export const defaultBounds: TranscriptBounds = {
  sessions: 2_000,
  silent: 200,
  nobodys: 800,
  octets: 64 * 1024,
  total: 64 * 1024 * 1024,
};

/** Keeps transcripts in memory; `elapsed` is a clock that never goes back, in milliseconds. */
export function createTranscriptRecorder(
  elapsed: () => number,
  bounds = defaultBounds,
  secrets: SecretBook = createSecretBook(),
): TranscriptRecorder {
  const kept = new Map<string, OpenTranscript>();
  let opened = 0;
  let total = 0;

  /** Makes room; `newest` stays, since it is being written. */
  const forgetBeyondBounds = (newest: OpenTranscript): void => {
    while (kept.size > 1 && (kept.size > bounds.sessions || total > bounds.total)) {
      const victim = leastMissed(kept.values(), bounds);
      if (victim === undefined || victim === newest) return;
      kept.delete(victim.origin.id);
      total -= victim.octets;
      victim.forgotten = true;
    }
  };

  return {
    open: (origin) => {
      opened += 1;
      const transcript: OpenTranscript = {
        origin,
        sequence: opened,
        account: undefined,
        entries: [],
        octets: SESSION,
        truncated: false,
        spoke: false,
        forgotten: false,
      };
      kept.set(origin.id, transcript);
      total += transcript.octets;
      forgetBeyondBounds(transcript);
      return recorderOf(transcript, elapsed, createRedactor(secrets), bounds.octets, (octets) => {
        total += octets;
        if (total > bounds.total) forgetBeyondBounds(transcript);
      });
    },
    list: (account) =>
      [...kept.values()]
        .filter((each) => account === undefined || each.account === account)
        .map((each) => ({
          ...each.origin,
          account: each.account,
          entries: [...each.entries],
          truncated: each.truncated,
          sequence: each.sequence,
          octets: each.octets,
        })),
  };
}

interface OpenTranscript {
  readonly origin: SessionOrigin;
  readonly sequence: number;
  account: string | undefined;
  readonly entries: TranscriptEntry[];
  octets: number;
  truncated: boolean;
  /** Whether the client said a line. */
  spoke: boolean;
  /** Whether it was forgotten while its session was still open. */
  forgotten: boolean;
}

/** What a transcript and an entry cost beside their octets: objects in memory, and names in the JSON that shows them. */
const SESSION = 512;
const ENTRY = 160;

/**
 * The transcript that is missed least: the oldest of those that say nothing or are nobody's, where these have more than
 * their share, so that a scan of the ports pushes out nothing that somebody looks for; else the oldest.
 */
function leastMissed(kept: Iterable<OpenTranscript>, bounds: TranscriptBounds): OpenTranscript | undefined {
  const all = [...kept];
  const silent = all.filter((each) => !each.spoke);
  if (silent.length > bounds.silent) return silent[0];
  const nobodys = all.filter((each) => each.account === undefined);
  return nobodys.length > bounds.nobodys ? nobodys[0] : all[0];
}

/** Octets kept of one message, so that what is said after a long one is kept too. */
const MESSAGE_KEPT = 16 * 1024;

/** Octets read behind those, so that no secret stands half in what is kept. */
const MARGIN = 1_024;

function recorderOf(
  transcript: OpenTranscript,
  elapsed: () => number,
  redactor: Redactor,
  limit: number,
  cost: (octets: number) => void,
): SessionRecorder {
  const start = elapsed();
  const t = () => Math.round((elapsed() - start) * 1_000) / 1_000;
  const hasRoom = (size: number): boolean => {
    // nothing stands behind a hole, where a reply would look like the answer to what came before it
    if (!transcript.truncated && transcript.octets + size <= limit) return true;
    transcript.truncated = true;
    return false;
  };
  const add = (entry: TranscriptEntry, size: number) => {
    if (transcript.forgotten || (entry.kind !== 'closed' && !hasRoom(size))) return;
    transcript.octets += size;
    transcript.entries.push(entry);
    cost(size);
  };
  // redacted here, where it is recorded, so that no reader can forget to (rule `sandbox.secrets`)
  const wire = (direction: Direction, octets: string, tls: boolean) => {
    if (octets === '') return octets;
    if (direction === 'C') transcript.spoke = true;
    add({ kind: 'wire', t: t(), direction, tls, octets }, octets.length + ENTRY);
    return octets;
  };
  let lastTls = false;
  return {
    line: (octets, tls) => wire('C', redactor.client(octets), tls),
    wire: (octets, tls) => {
      lastTls = tls;
      redactor.sawReply(Number(octets.slice(0, 3)));
      return wire('S', redactor.gateway(octets), tls);
    },
    late: (octets, tls) => {
      redactor.suspect();
      // a line by itself, for its reader takes one entry for one line
      for (const line of redactor.client(octets).match(/[^\n]*\n|[^\n]+$/g) ?? []) wire('C', line, tls);
    },
    message: (octets, tls) => {
      const kept = Math.min(octets.length, MESSAGE_KEPT);
      // a transcript that is full, or would be, is spared the copy
      if (!hasRoom(kept + ENTRY)) return;
      const shown = redactor.whole(octets.toString('latin1', 0, kept + MARGIN)).slice(0, kept);
      const entry = { kind: 'wire', t: t(), direction: 'C', tls, octets: shown } as const;
      add(kept < octets.length ? { ...entry, size: octets.length } : entry, kept + ENTRY);
    },
    decided: (rule) => add({ kind: 'decision', t: t(), rule }, ENTRY),
    secured: (facts) => {
      const { servername } = facts;
      const shown = servername === undefined ? undefined : redactor.whole(servername);
      add({ kind: 'tls', t: t(), facts: { ...facts, servername: shown } }, ENTRY + (shown?.length ?? 0));
    },
    failedHandshake: (why) => add({ kind: 'failed handshake', t: t(), why }, ENTRY + why.length),
    belongsTo: (account) => {
      transcript.account = account;
    },
    halfClosed: () => add({ kind: 'half-closed', t: t() }, ENTRY),
    closed: () => {
      const { client, gateway } = redactor.flush();
      wire('C', client, lastTls);
      wire('S', gateway, lastTls);
      add({ kind: 'closed', t: t() }, 0);
    },
  };
}
