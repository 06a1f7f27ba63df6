/**
 * What a client's way with an error is worth. There is no overall letter: a client that loses no mail and shows its
 * password is not half good.
 */

/** All grades, worst first. */
export const grades = ['dangerous', 'wrong', 'acceptable', 'not observed', 'right'] as const;

/**
 * *Dangerous*: credentials in clear, duplicates, silent loss. *Wrong*: against the source. *Acceptable*: not what the
 * source asks, and no harm. *Not observed*: it did not happen while we looked, or could not.
 */
export type Grade = (typeof grades)[number];

/** The two axes of a case: what went over the wire, and what the client told whoever called it. */
export const axes = ['wire', 'told'] as const;
export type Axis = (typeof axes)[number];

/** One line of the transcript, or one word of the client. */
export interface EvidenceLine {
  /** Milliseconds since the case began. */
  readonly at: number;
  readonly line: string;
}

/** What earned a grade: the client's line or word, and the reply of the gateway that decided, where one did. */
export interface Evidence extends EvidenceLine {
  readonly reply?: EvidenceLine | undefined;
}

/** The lines of evidence, the client's first. */
export function linesOf({ reply, ...line }: Evidence): readonly EvidenceLine[] {
  return reply === undefined ? [line] : [line, reply];
}

/** A grade on one axis, and all that a person needs to believe it. */
export interface Judgement {
  readonly grade: Grade;
  /** What happened, in plain words. */
  readonly what: string;
  /** What it does to the user: emails lost, sent twice, sends charged for nothing, passwords shown. */
  readonly harm?: string;
  /** What to change. */
  readonly advice?: string;
  readonly evidence?: Evidence;
  /** Whether it rests on what the client did not do, which a transcript that is cut cannot show. */
  readonly restsOnAbsence?: boolean;
}

/** The worst of several grades; `right` where there is none. */
export function worstGrade(several: readonly Grade[]): Grade {
  return grades.find((grade) => several.includes(grade)) ?? 'right';
}

/** The worst of several judgements, the first of equals. */
export function worstJudgement(several: readonly [Judgement, ...Judgement[]]): Judgement {
  const grade = worstGrade(several.map((one) => one.grade));
  return several.find((one) => one.grade === grade) ?? several[0];
}

/** Whether a grade makes the check fail. */
export function isBad(grade: Grade): boolean {
  return grade === 'wrong' || grade === 'dangerous';
}
