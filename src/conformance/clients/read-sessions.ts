/** From transcripts to facts. Pure. */
import type { Session as Transcript } from '../../control-api/history-schemas.ts';
import type { Reply, Session, Step } from './facts.ts';

type Entry = Transcript['entries'][number];

/** Reads the transcripts of one account; `origin` is the instant at which the case began, as milliseconds. */
export function readSessions(transcripts: readonly Transcript[], origin: number): readonly Session[] {
  return transcripts
    .toSorted((left, right) => Date.parse(left.startedAt) - Date.parse(right.startedAt))
    .map((transcript, index) => readSession(transcript, index + 1, origin));
}

function readSession(transcript: Transcript, number: number, origin: number): Session {
  const began = Date.parse(transcript.startedAt) - origin;
  const reader = new Reader(number, began);
  for (const entry of transcript.entries) reader.take(entry);
  return { number, port: transcript.port, began, ...reader.result(), isCut: transcript.truncated };
}

/** Walks one transcript; the gateway answers one thing at a time, so a reply belongs to the last thing said. */
class Reader {
  readonly #number: number;
  readonly #began: number;
  readonly #steps: Step[] = [];
  #greeting: Reply | undefined;
  #lastCode: number | undefined;
  #late = false;
  #secured: number | undefined;
  #failed: string | undefined;
  #ended: number | undefined;
  /** When it closed its side and did not wait for a reply. */
  #left: number | undefined;
  #serverName: string | undefined;
  #pipelining = false;

  constructor(number: number, began: number) {
    this.#number = number;
    this.#began = began;
  }

  take(entry: Entry): void {
    const at = this.#began + entry.t;
    switch (entry.kind) {
      case 'wire':
        if (entry.direction === 'C') this.#said(at, entry);
        else this.#answered(at, entry.octets);
        return;
      case 'tls':
        this.#secured ??= at;
        this.#serverName ??= entry.servername ?? undefined;
        return;
      case 'failed handshake':
        this.#failed = entry.why.trim();
        return;
      case 'half-closed':
        // the reply to QUIT is all that a client may leave without
        if (this.#steps.at(-1)?.verb !== 'QUIT') this.#left = at;
        return;
      case 'closed':
        this.#ended = at;
        return;
      case 'decision':
        return;
    }
  }

  result(): Omit<Session, 'number' | 'port' | 'began' | 'isCut'> {
    return {
      ended: this.#left ?? this.#ended,
      greeting: this.#greeting,
      steps: this.#steps,
      secured: this.#secured,
      failedHandshake: this.#failed,
      serverName: this.#serverName,
      pipelining: this.#pipelining,
    };
  }

  #said(at: number, { octets, tls, size }: Extract<Entry, { readonly kind: 'wire' }>): void {
    // it had sent this before it closed its side: it pipelines, and reads on
    if (this.#ended === undefined) this.#left = undefined;
    const kind = { 354: 'message', 334: 'answer to a challenge' }[this.#lastCode ?? 0] ?? 'command';
    const text = kind === 'message' ? octets : octets.replace(/\r?\n$/, '');
    const verb = kind === 'command' ? (/^[A-Za-z]+(?=$|[ :])/.exec(text)?.[0].toUpperCase() ?? '') : '';
    this.#lastCode = undefined;
    // the kinds are those of the table above
    const step = { session: this.#number, at, kind: kind as Step['kind'], verb, text, tls };
    this.#steps.push({ ...step, shortened: size !== undefined, reply: undefined, late: this.#late });
  }

  #answered(at: number, octets: string): void {
    // the gateway may answer a client that has left, who never hears it
    if (this.#ended !== undefined || this.#left !== undefined) return;
    const code = Number(octets.slice(0, 3));
    const reply: Reply = { at, code, text: octets.replace(/\r\n$/, '') };
    const last = this.#steps.at(-1);
    if (last === undefined) this.#greeting = reply;
    else if (last.reply === undefined) this.#steps[this.#steps.length - 1] = { ...last, reply };
    this.#lastCode = code;
    this.#late ||= code === 421 || code === 221;
    this.#pipelining ||= last?.verb === 'EHLO' && /^250[- ]PIPELINING\r?$/m.test(octets);
  }
}
