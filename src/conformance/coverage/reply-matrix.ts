import type { Contract } from '../../contract/contract.ts';
import { isReplyOf } from '../../contract/reply-parts.ts';
import type { Mode } from '../../contract/modes.ts';
import type { RuleId } from '../../contract/rule.ts';
import type { RunEvent } from '../result/run-event.ts';

/** How often each documented reply that a scenario can show came from the gateway in each mode, to the byte but for its parts. */
export type ReplyMatrix = ReadonlyMap<RuleId, ReadonlyMap<Mode, number>>;

/** Counts the documented replies on the wire of a run. */
export function replyMatrix(contract: Contract, events: readonly RunEvent[]): ReplyMatrix {
  const { documentedReplies, modes } = contract;
  const replies = Object.entries(documentedReplies).filter(([rule]) => !isOfControlTest(contract, rule));
  const modeOf = new Map(
    events.flatMap((event) => (event.kind === 'case-started' ? [[event.case, event.mode]] : [])),
  );
  const matrix = new Map(replies.map(([rule]) => [rule, new Map(modes.map(({ mode }) => [mode, 0]))]));
  for (const event of events) {
    if (event.kind !== 'wire' || event.direction !== 'S') continue;
    const mode = modeOf.get(event.case);
    if (mode === undefined) continue;
    for (const line of event.octets.split('\r\n')) {
      const rule = replies.find(([, { reply }]) => isReplyOf(reply, line))?.[0];
      const counts = rule === undefined ? undefined : matrix.get(rule);
      counts?.set(mode, (counts.get(mode) ?? 0) + 1);
    }
  }
  return matrix;
}

/** Whether no scenario can show the rule, such as one that takes minutes. */
const isOfControlTest = ({ rules }: Pick<Contract, 'rules'>, rule: RuleId): boolean =>
  rules[rule]?.shownBy === 'control test';

/** The documented replies that did not come in some mode. */
export function missingReplies(
  matrix: ReplyMatrix,
): readonly { readonly rule: RuleId; readonly mode: Mode }[] {
  return [...matrix].flatMap(([rule, counts]) =>
    [...counts].filter(([, count]) => count === 0).map(([mode]) => ({ rule, mode })),
  );
}

/** The matrix for a terminal; ends with a line feed. */
export function writeReplyMatrix(contract: Contract, matrix: ReplyMatrix): string {
  const { documentedReplies, modes } = contract;
  const replyOf = (rule: RuleId) => documentedReplies[rule]?.reply ?? '';
  const width = Math.max(...[...matrix.keys()].map((rule) => replyOf(rule).length));
  const cell = (text: string) => text.padStart(14);
  return [
    `${''.padEnd(width)}${modes.map(({ mode }) => cell(mode)).join('')}`,
    ...[...matrix].map(
      ([rule, counts]) =>
        `${replyOf(rule).padEnd(width)}${[...counts.values()].map((count) => cell(String(count))).join('')}`,
    ),
    ...Object.keys(documentedReplies)
      .filter((rule) => isOfControlTest(contract, rule))
      .map((rule) => `${replyOf(rule).padEnd(width)}  shown by a control test`),
    '',
    `${missingReplies(matrix).length} of ${matrix.size * modes.length} did not come.`,
    '',
  ].join('\n');
}
