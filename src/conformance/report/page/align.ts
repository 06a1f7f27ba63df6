import type { PageLine, PageTrace } from '../page-data.ts';

type Handshake = Extract<PageTrace, readonly ['t', ...unknown[]]>;

/** One thing that happened, with the line of the dialogue that it belongs to; 0 is none. */
export type Happening =
  | {
      readonly kind: 'wire';
      readonly who: 'C' | 'S';
      readonly session: number;
      readonly line: number;
      readonly t: number;
      readonly tls: boolean;
      readonly octets: string;
    }
  | { readonly kind: 'tls'; readonly session: number; readonly line: number; readonly handshake: Handshake }
  /** So many octets more came, which the record leaves out. */
  | { readonly kind: 'cut'; readonly session: number; readonly line: number; readonly octets: number };

/** A line of the dialogue and what happened at it. Without a line: before the first or after the last. */
export interface AlignedRow {
  readonly line: PageLine | undefined;
  readonly happenings: readonly Happening[];
}

/**
 * Lays a transcript beside the dialogue that it comes from. Each reply stands at the line at which it was read, even
 * where several came in one piece; of lines that were written at once each stands at its own.
 */
export function alignTranscript(
  dialogue: readonly PageLine[],
  trace: readonly PageTrace[],
): readonly AlignedRow[] {
  const happenings = spreadWrites(dialogue, readReplies(trace));
  const known = new Set(dialogue.map(([line]) => line));
  const first = happenings.findIndex(({ line }) => known.has(line));
  const before = happenings.filter(({ line }, at) => !known.has(line) && at < first);
  const after = happenings.filter(({ line }, at) => !known.has(line) && at >= first);
  const byLine = Map.groupBy(happenings, ({ line }) => line);
  return [
    ...(before.length === 0 ? [] : [{ line: undefined, happenings: before }]),
    ...dialogue.map((line) => ({ line, happenings: byLine.get(line[0]) ?? [] })),
    ...(after.length === 0 ? [] : [{ line: undefined, happenings: after }]),
  ];
}

/** Cuts what each session's gateway said into replies, each where it was read; what nobody read stands at the end. */
function readReplies(trace: readonly PageTrace[]): readonly Happening[] {
  const told: Happening[] = [];
  const waiting = new Map<number, { octets: string; t: number; tls: boolean }>();
  for (const event of trace) {
    const [kind, session, line] = event;
    if (kind === 't') told.push({ kind: 'tls', session, line, handshake: event });
    else if (kind === 'x') told.push({ kind: 'cut', session, line, octets: event[3] });
    else if (kind === 'h') {
      const input = waiting.get(session);
      if (input === undefined) continue;
      const octets = /^(?:\d{3}-.*(?:\r?\n|$))*.*(?:\r?\n|$)/.exec(input.octets)?.[0] ?? '';
      told.push({ kind: 'wire', who: 'S', session, line, t: input.t, tls: input.tls, octets });
      input.octets = input.octets.slice(octets.length);
    } else {
      const [, , , t, tls, octets] = event;
      if (kind === 'C') told.push({ kind: 'wire', who: 'C', session, line, t, tls: tls === 1, octets });
      else {
        const input = waiting.get(session);
        waiting.set(session, { octets: (input?.octets ?? '') + octets, t, tls: tls === 1 });
      }
    }
  }
  const unread = [...waiting].filter(([, { octets }]) => octets !== '');
  return [
    ...told,
    ...unread.map(([session, input]): Happening => ({ kind: 'wire', who: 'S', session, line: 0, ...input })),
  ];
}

/** A plain line of the client: what stands in it is one line on the wire. */
const PLAIN = /^C(\d?): (?!<)/;

/** Lines of the client without an answer between them leave in one write, which is noted at the first of them. */
function spreadWrites(dialogue: readonly PageLine[], happenings: readonly Happening[]): readonly Happening[] {
  const at = new Map(dialogue.map(([line], index) => [line, index]));
  return happenings.flatMap((one) => {
    const start = at.get(one.line);
    if (one.kind !== 'wire' || one.who !== 'C' || start === undefined) return [one];
    const label = PLAIN.exec(dialogue[start]?.[1] ?? '')?.[1];
    if (label === undefined) return [one];
    const run = dialogue.slice(start).findIndex(([, source]) => PLAIN.exec(source)?.[1] !== label);
    const count = run === -1 ? dialogue.length - start : run;
    const lines = one.octets.split(/(?<=\n)/);
    return lines.length !== count
      ? [one]
      : lines.map((octets, index) => ({ ...one, octets, line: dialogue[start + index]?.[0] ?? one.line }));
  });
}
