import { z } from 'zod';
import { findingSchema } from './finding.ts';
import { recordedContractSchema } from './recorded-contract.ts';
import { requirementSchema } from './requirement-schema.ts';
import { outcomes } from './result.ts';
import { handshakeSchema } from './handshake.ts';

/** The version of the form in which runs are written down; a change that old readers cannot read raises it. */
export const runSchemaVersion = 3;

const ofCase = { case: z.string().min(1) };

const runStarted = z
  .object({
    kind: z.literal('run-started'),
    schema: z.literal(runSchemaVersion),
    target: z.object({ name: z.string(), version: z.string(), declaresChoices: z.boolean() }).readonly(),
    /** What the target was held to. */
    contract: recordedContractSchema,
    suite: z.string(),
    seed: z.string(),
    /** When the run began, as ISO 8601 in UTC. */
    clock: z.string(),
    node: z.string(),
    /** How many cases are going to be run. */
    cases: z.int().min(0),
    /** Which part of the suite this is, where it was cut in parts; counted from 1. */
    shard: z
      .object({ index: z.int().min(1), of: z.int().min(1) })
      .readonly()
      .optional(),
  })
  .readonly();

/** A line of the scenario file, without its indentation. */
const sourceLine = z.object({ line: z.int().min(1), source: z.string() }).readonly();

const caseStarted = z
  .object({
    kind: z.literal('case-started'),
    ...ofCase,
    /** The case's id without its mode, by which the same case in several modes is one line of a report. */
    group: z.string(),
    scenario: z.string(),
    title: z.string(),
    /** The case's own title where its file has several. */
    caseTitle: z.string().optional(),
    about: requirementSchema,
    mode: z.string().min(1),
    file: z.string(),
    line: z.int().min(1),
    /** What is to be said and heard, and what must have come of it. */
    dialogue: z.array(sourceLine).readonly(),
    ending: z.array(sourceLine).readonly(),
    /** The command that plays it again as it was played here, in the folder where the run was typed. */
    again: z.string().optional(),
    /** Which time it is, where the same case is played several times; counted from 1. */
    repeat: z.int().min(1).optional(),
  })
  .readonly();

/** The line of the dialogue that was being played; absent before the first and after the last. */
const played = { line: z.int().min(1).optional() };

const wire = z
  .object({
    kind: z.literal('wire'),
    ...ofCase,
    /** Milliseconds since the session began. */
    t: z.number().min(0),
    session: z.int().min(1),
    direction: z.enum(['C', 'S']),
    /** One character an octet, secrets blanked. */
    octets: z.string(),
    tls: z.boolean(),
    /** How many octets more this side said here, which the record leaves out: it was full. */
    cut: z.int().min(1).optional(),
    ...played,
  })
  .readonly();

const heard = z
  .object({
    kind: z.literal('heard'),
    ...ofCase,
    /** One whole reply of this session was read, the next in its order. */
    session: z.int().min(1),
    ...played,
  })
  .readonly();

const tls = z
  .object({
    kind: z.literal('tls'),
    ...ofCase,
    session: z.int().min(1),
    ...played,
    servername: z.string(),
    handshake: handshakeSchema,
  })
  .readonly();

const finding = z
  .object({
    kind: z.literal('finding'),
    ...ofCase,
    finding: findingSchema,
    /** Whether an earlier run, taken as the baseline, had found it already. */
    known: z.boolean().optional(),
  })
  .readonly();

const caseFinished = z
  .object({
    kind: z.literal('case-finished'),
    ...ofCase,
    outcome: z.enum(outcomes),
    /** Why it is not passed, where no finding says so: the missing need, the error, the reason given. */
    why: z.string().optional(),
    /** The rules, and the requirements of the author's own, that an expectation held and found met. */
    met: z.array(requirementSchema).readonly(),
    /** Milliseconds of real time, and sends charged where the target shows them. */
    costs: z.object({ ms: z.number().min(0), sends: z.int().optional() }).readonly(),
  })
  .readonly();

const runFinished = z
  .object({
    kind: z.literal('run-finished'),
    /** How it ended: `untrustworthy` where a case passed that no gateway can pass, `bailed` after too many bad ones. */
    how: z.enum(['finished', 'smoke-failed', 'untrustworthy', 'interrupted', 'bailed']),
    why: z.string().optional(),
    ms: z.number().min(0),
  })
  .readonly();

/** One line of `run.ndjson`, the only truth about a run. */
export const runEventSchema = z.discriminatedUnion('kind', [
  runStarted,
  caseStarted,
  wire,
  heard,
  tls,
  finding,
  caseFinished,
  runFinished,
]);

export type RunEvent = z.infer<typeof runEventSchema>;
export type RunStarted = z.infer<typeof runStarted>;
export type CaseStarted = z.infer<typeof caseStarted>;
export type CaseFinished = z.infer<typeof caseFinished>;
export type RunFinished = z.infer<typeof runFinished>;

/** The published JSON Schema of a line of a record. */
export function runEventJsonSchema(): Readonly<Record<string, unknown>> {
  return { ...z.toJSONSchema(runEventSchema), title: 'A line of the record of a run of SMTP Gauntlet' };
}
