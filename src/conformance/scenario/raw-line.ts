import type { Position } from './dialogue.ts';

/** One line of the block as it stands in the file; `text` begins at `position`. */
export interface RawLine {
  readonly text: string;
  readonly position: Position;
  /** The line as written, where a loop or a group has made another text of it. */
  readonly written?: string;
}
