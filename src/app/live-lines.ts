import { escapeControls } from '../conformance/report/escape-controls.ts';
import { counted } from '../conformance/result/counted.ts';
import type { RuleId } from '../contract/rule.ts';
import type { AccountEvent } from '../sandbox/operations/event-log.ts';
import type { SessionRecorder, TranscriptRecorder } from '../sandbox/gateway/transcript-recorder.ts';

/** Characters of a command that are shown. */
const LONGEST = 80;

/** What is told while a sandbox is up, a line each. */
export interface LiveLines {
  /** Listens to all sessions; what they record is recorded as before. */
  readonly recorder: (own: TranscriptRecorder) => TranscriptRecorder;
  /** Tells what became of an email. */
  readonly hear: (account: string, event: AccountEvent) => void;
}

/**
 * Tells each session when it ends, each refusal with its rule and each email whose fate is known. Of a session it shows
 * what the transcript records, which holds no secrets (rule `sandbox.secrets`), and of that plain commands alone.
 */
export function createLiveLines(write: (line: string) => void): LiveLines {
  let sessions = 0;
  return {
    recorder: (own) => ({
      ...own,
      open: (origin) => {
        sessions += 1;
        return tellSession(own.open(origin), `session ${sessions} on ${origin.port}`, write);
      },
    }),
    hear: (_account, event) => {
      if (event.kind === 'email' && event.status !== 'queued')
        write(
          `mail to ${escapeControls(event.recipient)}: ${event.status}${event.reason === undefined ? '' : ` (${escapeControls(event.reason)})`}`,
        );
    },
  };
}

function tellSession(own: SessionRecorder, name: string, write: (line: string) => void): SessionRecorder {
  let said = 'the greeting';
  // a refusal, until its rule is known: that is recorded behind it
  let pending: string | undefined;
  const tell = (rule?: RuleId): void => {
    if (pending !== undefined) write(`${pending}${rule === undefined ? '' : ` (${rule})`}`);
    pending = undefined;
  };
  let accepted = 0;
  let refused = 0;
  return {
    ...own,
    line: (octets, tls) => {
      tell();
      const recorded = own.line(octets, tls);
      said = shownCommand(recorded);
      return recorded;
    },
    message: (octets, tls) => {
      tell();
      said = 'the message';
      own.message(octets, tls);
    },
    decided: (id) => {
      own.decided(id);
      tell(id);
    },
    wire: (octets, tls) => {
      const recorded = own.wire(octets, tls);
      const reply = recorded.trimEnd();
      if (/^[45]/.test(reply)) {
        refused += 1;
        tell();
        pending = `${name}: ${said}: refused with ${escapeControls(reply)}`;
      } else if (said === 'the message' && reply.startsWith('250')) accepted += 1;
      return recorded;
    },
    failedHandshake: (why) => {
      own.failedHandshake(why);
      write(`${name}: no TLS: ${escapeControls(why)}`);
    },
    closed: () => {
      own.closed();
      tell();
      write(`${name} is over: ${counted(accepted, 'message')} accepted, ${counted(refused, 'refusal')}`);
    },
  };
}

/** Commands behind which no secret stands. */
const PLAIN = /^(?:EHLO|HELO|MAIL|RCPT|DATA|RSET|NOOP|QUIT|STARTTLS|VRFY|EXPN|HELP)(?: |$)/i;

/** A command as it may be shown: what is none may be a credential, as an answer to AUTH is. */
function shownCommand(octets: string): string {
  const line = octets.trimEnd();
  if (/^\s*AUTH/i.test(line)) return 'AUTH';
  if (!PLAIN.test(line)) return 'a line that is no plain command';
  const shown = line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
  return escapeControls(shown);
}
