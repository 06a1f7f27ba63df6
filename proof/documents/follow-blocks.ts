import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { shows, type DocumentBlock } from './read-document.ts';

/** How a command was typed: what it printed, and how it ended. */
export interface Typed {
  readonly output: string;
  readonly exitCode: number;
}

/**
 * Does what a document says in a folder: writes its files, types its commands, and holds what it prints to what came. What
 * the first block that differs did instead; `undefined` where none does.
 */
export async function followBlocks(
  path: string,
  folder: string,
  blocks: readonly DocumentBlock[],
  type: (command: string, input: string) => Promise<Typed>,
): Promise<string | undefined> {
  let output = '';
  for (const block of blocks) {
    const place = `${path}:${block.line}`;
    if (block.kind === 'file') {
      await mkdir(join(folder, dirname(block.path)), { recursive: true });
      await writeFile(join(folder, block.path), block.text);
    } else if (block.kind === 'output') {
      if (!shows(output, block.text)) return `${place} prints what does not come:\n${output}`;
    } else {
      output = '';
      for (const command of block.commands) {
        const end = await type(command, block.input);
        output += end.output;
        if (end.exitCode !== block.exitCode)
          return `${place}: ${command} ended with ${end.exitCode}\n${end.output}`;
      }
    }
  }
  return undefined;
}
