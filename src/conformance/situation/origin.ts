/** Where a generated scenario comes from, and how to find it again; it stands in the file as its `found`. */
export interface Origin {
  readonly property: string;
  readonly seed: string;
  /** Which of the seed's plans it was, and how it was shrunk. */
  readonly path: string;
  /** A day, `2026-01-15`. */
  readonly date: string;
}
