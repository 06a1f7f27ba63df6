import { documentedReplies } from '../../contract/emailmassivo/documented-replies.ts';
import { type DocumentedRuleId, modes } from '../../contract/emailmassivo/transition.ts';
import type { Mode } from '../../contract/modes.ts';
import type { RunEvent } from '../result/run-event.ts';

/** How often each documented reply came from the gateway in each mode, to the byte. */
export type ReplyMatrix = ReadonlyMap<DocumentedRuleId, ReadonlyMap<Mode, number>>;

// Object.keys forgets the type of the keys; the table is closed, so they are these
const documented = Object.keys(documentedReplies) as readonly DocumentedRuleId[];

/** Counts the documented replies on the wire of a run. */
export function replyMatrix(events: readonly RunEvent[]): ReplyMatrix {
  const modeOf = new Map(
    events.flatMap((event) => (event.kind === 'case-started' ? [[event.case, event.mode]] : [])),
  );
  const matrix = new Map(documented.map((rule) => [rule, new Map(modes.map((mode) => [mode, 0]))]));
  for (const event of events) {
    if (event.kind !== 'wire' || event.direction !== 'S') continue;
    const mode = modeOf.get(event.case);
    if (mode === undefined) continue;
    for (const line of event.octets.split('\r\n')) {
      const rule = documented.find((each) => documentedReplies[each].reply === line);
      const counts = rule && matrix.get(rule);
      counts?.set(mode, (counts.get(mode) ?? 0) + 1);
    }
  }
  return matrix;
}

/** The documented replies that did not come in some mode. */
export function missingReplies(
  matrix: ReplyMatrix,
): readonly { readonly rule: DocumentedRuleId; readonly mode: Mode }[] {
  return [...matrix].flatMap(([rule, counts]) =>
    [...counts].filter(([, count]) => count === 0).map(([mode]) => ({ rule, mode })),
  );
}

/** The matrix for a terminal; ends with a line feed. */
export function writeReplyMatrix(matrix: ReplyMatrix): string {
  const width = Math.max(...documented.map((rule) => documentedReplies[rule].reply.length));
  const cell = (text: string) => text.padStart(14);
  return [
    `${''.padEnd(width)}${modes.map(cell).join('')}`,
    ...[...matrix].map(
      ([rule, counts]) =>
        `${documentedReplies[rule].reply.padEnd(width)}${[...counts.values()].map((count) => cell(String(count))).join('')}`,
    ),
    '',
    `${missingReplies(matrix).length} of ${documented.length * modes.length} did not come.`,
    '',
  ].join('\n');
}
