import type { Contract } from '../../contract/contract.ts';
import type { Mode } from '../../contract/modes.ts';
import type { RuleId } from '../../contract/rule.ts';
import type { RunEvent } from '../result/run-event.ts';

/** How often each documented reply came from the gateway in each mode, to the byte. */
export type ReplyMatrix = ReadonlyMap<RuleId, ReadonlyMap<Mode, number>>;

/** Counts the documented replies on the wire of a run. */
export function replyMatrix(
  { documentedReplies, modes }: Contract,
  events: readonly RunEvent[],
): ReplyMatrix {
  const replies = Object.entries(documentedReplies);
  const modeOf = new Map(
    events.flatMap((event) => (event.kind === 'case-started' ? [[event.case, event.mode]] : [])),
  );
  const matrix = new Map(replies.map(([rule]) => [rule, new Map(modes.map(({ mode }) => [mode, 0]))]));
  for (const event of events) {
    if (event.kind !== 'wire' || event.direction !== 'S') continue;
    const mode = modeOf.get(event.case);
    if (mode === undefined) continue;
    for (const line of event.octets.split('\r\n')) {
      const rule = replies.find(([, { reply }]) => reply === line)?.[0];
      const counts = rule === undefined ? undefined : matrix.get(rule);
      counts?.set(mode, (counts.get(mode) ?? 0) + 1);
    }
  }
  return matrix;
}

/** The documented replies that did not come in some mode. */
export function missingReplies(
  matrix: ReplyMatrix,
): readonly { readonly rule: RuleId; readonly mode: Mode }[] {
  return [...matrix].flatMap(([rule, counts]) =>
    [...counts].filter(([, count]) => count === 0).map(([mode]) => ({ rule, mode })),
  );
}

/** The matrix for a terminal; ends with a line feed. */
export function writeReplyMatrix({ documentedReplies, modes }: Contract, matrix: ReplyMatrix): string {
  const replyOf = (rule: RuleId) => documentedReplies[rule]?.reply ?? '';
  const width = Math.max(...[...matrix.keys()].map((rule) => replyOf(rule).length));
  const cell = (text: string) => text.padStart(14);
  return [
    `${''.padEnd(width)}${modes.map(({ mode }) => cell(mode)).join('')}`,
    ...[...matrix].map(
      ([rule, counts]) =>
        `${replyOf(rule).padEnd(width)}${[...counts.values()].map((count) => cell(String(count))).join('')}`,
    ),
    '',
    `${missingReplies(matrix).length} of ${matrix.size * modes.length} did not come.`,
    '',
  ].join('\n');
}
