import { createRedactor } from '../../smtp/redact.ts';
import { createSecretBook } from '../../smtp/secret-book.ts';
import type { Direction, WireEvent } from '../../smtp/transcript.ts';

/** Writes the transcript of one session, and takes out secrets before anything is written. */
export interface Recorder {
  record(direction: Direction, octets: string, tls: boolean): void;
  /** A reply was read: it says what the client's next line is. */
  sawReply(code: number): void;
  /** The session is over: what was held back is written. */
  end(): void;
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

/** Secrets of a case: two logins, and the passwords that they had before. */
const KNOWN = 64;

/** A recorder for one session, whose time begins now. */
export function createRecorder({ number, now, record, secrets }: RecorderOptions): Recorder {
  const began = now();
  const book = createSecretBook(KNOWN);
  const redactor = createRedactor(book);
  let lastTls = false;
  const write = (direction: Direction, octets: string) => {
    if (octets === '') return;
    record({ t: Math.max(0, now() - began), session: number, direction, octets, tls: lastTls });
  };
  return {
    record: (direction, octets, tls) => {
      lastTls = tls;
      for (const secret of secrets()) book.add(secret);
      write(direction, direction === 'C' ? redactor.client(octets) : redactor.gateway(octets));
    },
    sawReply: (code) => redactor.sawReply(code),
    end: () => {
      const { client, gateway } = redactor.flush();
      write('C', client);
      write('S', gateway);
    },
  };
}
