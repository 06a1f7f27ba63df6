import type { DialogueLine, SayLine } from './dialogue.ts';

/** What is done in one go: lines that leave in one write, or any other line alone. */
export type DialogueStep =
  | { readonly kind: 'write'; readonly lines: readonly [SayLine, ...SayLine[]] }
  | { readonly kind: 'line'; readonly line: Exclude<DialogueLine, SayLine> };

/**
 * Groups what a session says without waiting into one write (RFC 2920). An `S:` line, `W:`, `T:`, a macro or another
 * session's line ends the write, and so does a `C>` line between itself and the next `C>` line: octets that are written out
 * leave as they stand.
 */
export function groupWrites(lines: readonly DialogueLine[]): readonly DialogueStep[] {
  const steps: DialogueStep[] = [];
  for (const line of lines) {
    const last = steps.at(-1);
    if (line.kind !== 'say') steps.push({ kind: 'line', line });
    else if (
      last?.kind === 'write' &&
      last.lines[0].session === line.session &&
      !(line.ends === 'nothing' && last.lines.at(-1)?.ends === 'nothing')
    ) {
      steps[steps.length - 1] = { kind: 'write', lines: [...last.lines, line] };
    } else steps.push({ kind: 'write', lines: [line] });
  }
  return steps;
}
