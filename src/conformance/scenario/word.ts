/** One word of the scenario language: what `gauntlet explain`, editors and the reference page tell of it. */
export interface Word {
  /** Its name, under which it is explained: `given.balance`, `W: buy prepaid N`. */
  readonly id: string;
  /** Every way to write it that a suggestion may show, without label and brackets: `buy prepaid 5`. */
  readonly forms?: readonly string[];
  /** What it does, in a sentence or two. */
  readonly meaning: string;
  /** Lines as they stand in their place; a test reads each. */
  readonly example: string;
}

/** Where in a file an example stands: on the left margin, or indented below a key. */
export type ExamplePlace = 'file' | 'given' | 'dialogue' | 'then';

/** The words of one kind. */
export interface WordSection {
  readonly title: string;
  /** What all of them have in common. */
  readonly intro: string;
  readonly place: ExamplePlace;
  readonly words: readonly Word[];
}
