import { rules } from '../../contract/contract.ts';
import { decodeUtf8, stringToOctets } from '../../smtp/bytes.ts';
import { createSecretBook } from '../../smtp/secret-book.ts';
import { withoutSecrets } from '../../smtp/secret-stream.ts';
import type { WireEvent } from '../../smtp/transcript.ts';
import type { Finding } from '../result/finding.ts';
import { isOwnRequirement, type Requirement } from '../../contract/requirement.ts';
import { rulesOfVerb } from '../scenario/rules-of-moment.ts';
import { gradeUnmet } from '../result/grade.ts';
import type { TranscriptNote } from './bounded-transcript.ts';
import type { BrokenInvariant } from './invariants.ts';
import type { Unmet } from './stop.ts';

/** How many of the last lines on the wire a finding carries. */
const WIRE_LINES = 8;

/** Characters of each of a finding's texts; a target may say more. */
const TEXT_KEPT = 2_000;

/** A text no longer than a report needs it, marked where it was cut. */
export function cut(text: string): string {
  return text.length <= TEXT_KEPT
    ? text
    : `${text.slice(0, TEXT_KEPT)}… (cut: ${text.length} characters in all)`;
}

/** Secrets of a case at most. */
const SECRETS = 64;

/** What a finding is made with. */
export interface FindingContext {
  readonly file: string;
  readonly declaresChoices: boolean;
  /** The end of the transcript up to now, secrets blanked. */
  readonly wire: readonly (WireEvent | TranscriptNote)[];
  readonly secrets: readonly string[];
  /** The label of each session in the dialogue, in the order in which they were opened. */
  readonly labels: readonly number[];
}

/** Makes a finding of an unmet expectation; none where its rule is not held against this target. */
export function makeFinding(unmet: Unmet, context: FindingContext): Finding | undefined {
  const outcome = gradeUnmet(unmet.rule, context.declaresChoices);
  if (outcome === 'never-run') return undefined;
  const book = createSecretBook(SECRETS);
  for (const secret of context.secrets) book.add(secret);
  const blank = (text: string) => withoutSecrets(text, [book]);
  return {
    rule: unmet.rule,
    ...basisOf(unmet.rule),
    outcome,
    file: context.file,
    line: unmet.position.line,
    column: unmet.position.column + unmet.offset,
    source: unmet.source,
    offset: unmet.offset,
    expected: cut(blank(unmet.expected)),
    received: cut(blank(unmet.received)),
    wire:
      unmet.isOfTheEnd === true
        ? []
        : lastWireLines(context.wire, WIRE_LINES, context.labels)
            .map(readable)
            .map((line) => cut(line)),
    message: cut(blank(unmet.message)),
    ...((unmet.own === true || isOwnRequirement(unmet.rule)) && { own: true as const }),
    ...(isOwnRequirement(unmet.rule) && { hints: unmet.hints ?? rulesOfVerb(unmet.reply?.answers) }),
  };
}

/** Where a requirement comes from; one that the author names comes from no document. */
function basisOf(requirement: Requirement): Pick<Finding, 'basis' | 'level'> {
  if (isOwnRequirement(requirement)) return { basis: 'own' };
  const entry = rules[requirement];
  return { basis: entry.basis, level: 'level' in entry ? entry.level : undefined };
}

/** A broken invariant as an unmet expectation of the line that was being played. */
export function unmetInvariant({ line, rule, expected, received, message }: BrokenInvariant): Unmet {
  return { rule, expected, received, message, position: line.position, source: line.source, offset: 0 };
}

/** The last lines on the wire, as `C: …` and `S: …`, or `C2: …` where the dialogue calls the session so; notes stand between them. */
function lastWireLines(
  wire: readonly (WireEvent | TranscriptNote)[],
  count: number,
  labels: readonly number[],
): readonly string[] {
  const lines: string[] = [];
  for (const event of wire.slice(-count)) {
    if ('note' in event) {
      lines.push(event.note);
      continue;
    }
    const { session, direction, octets } = event;
    const label = labels[session - 1] ?? 1;
    const who = `${direction}${label === 1 ? '' : label}`;
    lines.push(
      ...octets
        .replace(/\r?\n$/, '')
        .split(/\r?\n/)
        .map((line) => `${who}: ${line}`),
    );
  }
  return lines.slice(-count);
}

/** Octets as the text that they are, where they are UTF-8. */
function readable(text: string): string {
  // what holds higher characters is text already
  return !/[^\p{ASCII}\u0080-\u00ff]/u.test(text) ? (decodeUtf8(stringToOctets(text)) ?? text) : text;
}
