/** A graded case as reports are made from it: data that can be written down and read back. */
import { z } from 'zod';
import type { ClientCase } from './client-case.ts';
import { isCut, showSeconds, type Facts, type Session } from './facts.ts';
import { grades, type Judgement } from './grade.ts';
import { showTold } from './told.ts';

const evidenceLineSchema = z.object({ at: z.number(), line: z.string() });

const judgementSchema = z.object({
  grade: z.enum(grades),
  /** What happened, in plain words. */
  what: z.string(),
  /** Emails lost, sent twice, sends charged for nothing, passwords shown. */
  harm: z.string().optional(),
  /** What to change. */
  advice: z.string().optional(),
  /** The client's line or word, and the reply of the gateway that decided. */
  evidence: evidenceLineSchema.extend({ reply: evidenceLineSchema.optional() }).optional(),
});

const lineSchema = z.object({
  /** Milliseconds since the case began. */
  at: z.number(),
  /** `C1` is the client in its first connection, `S1` the gateway there, `-` what is no octet on the wire. */
  who: z.string(),
  tls: z.boolean(),
  text: z.string(),
});

export const gradedCaseSchema = z.object({
  id: z.string(),
  title: z.string(),
  rightWay: z.string(),
  source: z.string(),
  /** Seconds of patience that this case wants; 0 for the default. */
  patience: z.number(),
  wire: judgementSchema,
  told: judgementSchema,
  transcript: z.array(lineSchema),
  /** Whether the transcript lacks what came after it was full, of which nothing is concluded. */
  cut: z.boolean().default(false),
  /** The last that the client printed, secrets blanked. */
  output: z.string(),
  /** Sends deducted in the case. */
  charged: z.number(),
  /** Milliseconds from the first order to the client's last word. */
  ms: z.number(),
});

/** One line of a transcript. */
export type TranscriptLine = z.output<typeof lineSchema>;

/** One case with its grades and all that earned them. */
export type GradedCase = z.output<typeof gradedCaseSchema>;

/** Octets kept of one message in a report. */
const MESSAGE_KEPT = 2_000;

/** Characters kept of what a client printed. */
const OUTPUT_KEPT = 2_000;

/** Puts a case, its facts and its judgements together. */
export function tellFacts(
  one: ClientCase,
  facts: Facts,
  { wire, told }: { readonly wire: Judgement; readonly told: Judgement },
): GradedCase {
  const { id, title, rightWay, source, patience } = one;
  const last = facts.rounds.at(-1) ?? facts.rounds[0];
  return {
    id,
    title,
    rightWay,
    source,
    patience,
    wire,
    told,
    transcript: [...transcriptOf(facts)],
    cut: isCut(facts),
    output: lastOf(
      facts.rounds
        .map((round) => ('output' in round.told ? round.told.output : ''))
        .join('\n')
        .trim(),
    ),
    charged: facts.charged,
    ms: last.ended ?? last.began + facts.patience,
  };
}

function lastOf(output: string): string {
  return output.length > OUTPUT_KEPT ? `…${output.slice(-OUTPUT_KEPT)}` : output;
}

function transcriptOf(facts: Facts): readonly TranscriptLine[] {
  const lines: TranscriptLine[] = [];
  const note = (at: number, who: string, text: string, tls = false) => lines.push({ at, who, tls, text });
  for (const session of facts.sessions) {
    const { number, greeting } = session;
    if (session.failedHandshake !== undefined)
      note(session.began, '-', `${number}: handshake failed: ${session.failedHandshake}`);
    else note(session.began, '-', `${number}: connects to ${session.port}`);
    if (session.secured !== undefined) note(session.secured, '-', `${number}: TLS`);
    if (greeting !== undefined)
      note(greeting.at, `S${number}`, greeting.text, (session.secured ?? Infinity) <= greeting.at);
    for (const step of session.steps) {
      const text = step.text.length > MESSAGE_KEPT ? `${step.text.slice(0, MESSAGE_KEPT)}…` : step.text;
      note(step.at, `C${number}`, text, step.tls);
      if (step.reply !== undefined) note(step.reply.at, `S${number}`, step.reply.text, step.tls);
    }
    if (session.isCut)
      note(
        lastMoment(session),
        '-',
        `${number}: the transcript is full, and the rest of this session is not kept`,
      );
    if (session.ended !== undefined) note(session.ended, '-', `${number}: closed`);
  }
  facts.rounds.forEach((round, index) => {
    const which = facts.rounds.length > 1 ? `mail ${index + 1}: ` : '';
    note(round.began, '-', `${which}the client is told to send`);
    const at = round.ended ?? round.began + facts.patience;
    note(
      at,
      '-',
      `${which}the client ${showTold(round.told)}, after ${showSeconds(facts, at - round.began)}`,
    );
  });
  return lines.toSorted((left, right) => left.at - right.at);
}

function lastMoment({ began, steps }: Session): number {
  const last = steps.at(-1);
  return last?.reply?.at ?? last?.at ?? began;
}
