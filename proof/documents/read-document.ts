/** A fenced block of a Markdown file that a reader is meant to act on. */
export type DocumentBlock =
  /** Commands, typed one after another; all end with this exit code. */
  | {
      readonly kind: 'commands';
      readonly line: number;
      readonly commands: readonly string[];
      readonly exitCode: number;
      /** What is typed while they run. */
      readonly input: string;
    }
  /** What the commands above print, in part: a line with `…` alone stands for any number of lines. */
  | { readonly kind: 'output'; readonly line: number; readonly text: string }
  /** A file that the reader writes. */
  | { readonly kind: 'file'; readonly line: number; readonly path: string; readonly text: string };

/**
 * Reads the blocks of a document. Behind the fence stands `sh` for commands, `sh exit=1` where they end with another
 * code than 0, `sh enter` where Enter is pressed while they run, `sh elsewhere` where another test types them or they need
 * what no test has; `text` for output, or a language and a path (`yaml scenarios/one.scenario.yaml`) for a file; any other
 * block is only looked at.
 */
export function readDocument(markdown: string): readonly DocumentBlock[] {
  const blocks: DocumentBlock[] = [];
  for (const match of markdown.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)) {
    const [, info = '', text = ''] = match;
    const [language, ...words] = info.trim().split(/\s+/);
    const [word = ''] = words;
    const line = markdown.slice(0, match.index).split('\n').length;
    if (language === 'sh') {
      if (words.includes('elsewhere')) continue;
      const typed = text.split('\n').map((each) => each.replace(/ +# .*$/, ''));
      const commands = typed.filter((command) => command !== '' && !command.startsWith('#'));
      const exitCode = Number(/^exit=(\d+)$/.exec(word)?.[1] ?? 0);
      const input = words.includes('enter') ? '\n' : '';
      blocks.push({ kind: 'commands', line, commands, exitCode, input });
    } else if (language === 'text') blocks.push({ kind: 'output', line, text });
    else if (word !== '') blocks.push({ kind: 'file', line, path: word, text });
  }
  return blocks;
}

/**
 * Whether an output shows what a document prints of it. How many seconds something took and how wide a column is may
 * differ.
 */
export function shows(output: string, printed: string): boolean {
  const wanted = linesOf(printed).map((line) =>
    line === '…' ? 'gap' : new RegExp(`^${line.split('…').map(RegExp.escape).join('.*')}$`),
  );
  const lines = linesOf(output);
  return lines.some((_, at) => follows(lines.slice(at), wanted));
}

function follows(lines: readonly string[], [next, ...others]: readonly (RegExp | 'gap')[]): boolean {
  if (next === undefined) return true;
  if (next === 'gap') return lines.some((_, at) => follows(lines.slice(at), others));
  const [line, ...later] = lines;
  return line !== undefined && next.test(line) && follows(later, others);
}

function linesOf(text: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replaceAll(/\s+/g, ' ')
        .replaceAll(/\d+(?:\.\d+)? s\b/g, 'some s'),
    );
}
