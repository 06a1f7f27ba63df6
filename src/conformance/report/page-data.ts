/**
 * What the HTML page is given: the run as its client code reads it, in few characters, since thousands of cases stand in
 * one file. Types alone, shared by the two sides.
 */
import type { Outcome } from '../result/result.ts';
import type { Handshake } from '../result/handshake.ts';

/** All that the page shows. */
export interface PageData {
  readonly run: PageRun;
  readonly modes: readonly string[];
  readonly marks: Readonly<Record<Outcome, string>>;
  readonly rules: readonly PageRule[];
  /** The documented page, which the rules quote. */
  readonly documentation: string;
  /** The requirements of the authors' own that the run touched; no rules of the contract. */
  readonly requirements: readonly PageRule[];
  /** How many expectations of the authors' own do not hold, in words; absent where all hold. */
  readonly own?: string | undefined;
  /** The cases' dialogues, each once for all modes. */
  readonly groups: readonly PageGroup[];
  readonly cases: readonly PageCase[];
  readonly comparison?: PageComparison | undefined;
  readonly hasMutants: boolean;
}

/** The run as a whole; texts are ready to be shown. */
export interface PageRun {
  readonly target: string;
  readonly suite: string;
  readonly seed: string;
  readonly node: string;
  /** ISO 8601, UTC. */
  readonly clock: string;
  readonly ms?: number | undefined;
  readonly how: string;
  readonly why?: string | undefined;
}

/** A rule, and what the run says of it. */
export interface PageRule {
  readonly id: string;
  readonly basis: string;
  readonly level?: string | undefined;
  readonly statement: string;
  /** The documentation's sentence, or the section of an RFC. */
  readonly source: string;
  /** Absent where no case of the run touched it; `unheld` says why. */
  readonly outcome?: Outcome | undefined;
  readonly unheld?: string | undefined;
  /** By mode, in the order of the page's modes. */
  readonly byMode: readonly (Outcome | null)[];
  /** Whether it stands better or worse than in the run compared with, by mode. */
  readonly changes?: readonly ('better' | 'worse' | null)[] | undefined;
  /** Indices of the cases that say something of it. */
  readonly cases: readonly number[];
  readonly mutants?: readonly PageMutant[] | undefined;
}

/** A gateway that is wrong in one way. */
export interface PageMutant {
  readonly id: string;
  readonly wrong: string;
  readonly caught: boolean;
  readonly by: readonly string[];
}

/** A case without its mode. */
export interface PageGroup {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly file: string;
  readonly line: number;
  readonly dialogue: readonly PageLine[];
  readonly ending: readonly PageLine[];
}

/** A line of the scenario file: its number and its text. */
export type PageLine = readonly [number, string];

/** A case in one mode. */
export interface PageCase {
  readonly id: string;
  /** Indices of its group and of its mode. */
  readonly group: number;
  readonly mode: number;
  readonly repeat?: number | undefined;
  readonly outcome: Outcome;
  readonly known?: boolean | undefined;
  readonly why?: string | undefined;
  /** The command that plays it again. */
  readonly again?: string | undefined;
  readonly ms?: number | undefined;
  readonly sends?: number | undefined;
  readonly findings?: readonly PageFinding[] | undefined;
  readonly trace: readonly PageTrace[];
}

/** An expectation that was not met. */
export interface PageFinding {
  readonly rule: string;
  readonly outcome: 'failed' | 'differs';
  readonly line: number;
  readonly column: number;
  readonly source: string;
  readonly expected: string;
  readonly received: string;
  readonly message: string;
  readonly known?: boolean | undefined;
  /** No rule says it: it is the author's own expectation. */
  readonly own?: true | undefined;
  /** The rules that speak of this moment. */
  readonly hints?: readonly string[] | undefined;
}

/**
 * What happened in a session, in order. `C` and `S`: octets on the wire, milliseconds since the session began, and 1
 * where they went through TLS. `h`: one whole reply was read. `x`: so many octets more that the record leaves out. `t`: a handshake. The last number is the line that was
 * being played; 0 is none.
 */
export type PageTrace =
  | readonly [kind: 'C' | 'S', session: number, line: number, t: number, tls: 0 | 1, octets: string]
  | readonly [kind: 'h', session: number, line: number]
  | readonly [kind: 'x', session: number, line: number, octets: number]
  | readonly [kind: 't', session: number, line: number, servername: string, facts: Handshake];

/** What has changed since an earlier run. */
export interface PageComparison {
  readonly before: PageRun;
  readonly appeared: readonly PagePlace[];
  readonly gone: readonly PagePlace[];
  readonly stayed: number;
  readonly changed: readonly {
    readonly id: string;
    readonly before?: Outcome | undefined;
    readonly now?: Outcome | undefined;
  }[];
}

/** A finding's place. */
export interface PagePlace {
  readonly id: string;
  readonly rule: string;
  readonly source: string;
  readonly expected: string;
  readonly received: string;
}
