/** The report card of one client: data, from which each report is made. */
import { z } from 'zod';
import { profiles } from '../facts.ts';
import { gradedCaseSchema, type GradedCase } from '../graded-case.ts';
import { axes, grades, worstGrade, type Axis, type Grade } from '../grade.ts';

/** The version of the form in which cards are written down; a change that old readers cannot read raises it. */
const cardSchemaVersion = 1;

export const cardSchema = z.object({
  kind: z.literal('client-card'),
  schema: z.literal(cardSchemaVersion),
  /** What was checked, as the user calls it. */
  client: z.string(),
  gauntlet: z.string(),
  /** An instant in UTC. */
  startedAt: z.string(),
  mode: z.string(),
  profile: z.enum(profiles),
  /** Seconds that each mail was watched. */
  patience: z.number(),
  /** What `--nuisance` was seeded with, where it was asked for. */
  seed: z.string().optional(),
  badge: z.string(),
  cases: z.array(gradedCaseSchema),
});

/** The report card of one client. */
export type Card = z.output<typeof cardSchema>;

/** Puts a card together. */
export function makeCard(
  head: Omit<Card, 'kind' | 'schema' | 'badge' | 'cases'>,
  cases: readonly GradedCase[],
): Card {
  return {
    kind: 'client-card',
    schema: cardSchemaVersion,
    ...head,
    badge: badgeOf(cases),
    cases: [...cases],
  };
}

/** How many cases have a grade as their worst. */
export function countGrades(cases: readonly Pick<GradedCase, Axis>[]): Readonly<Record<Grade, number>> {
  const counts: Record<Grade, number> = {
    dangerous: 0,
    wrong: 0,
    acceptable: 0,
    'not observed': 0,
    right: 0,
  };
  const judged = judgedAxes(cases);
  for (const one of cases) counts[caseGrade(one, judged)] += 1;
  return counts;
}

/** The worst of a case's grades. */
export function caseGrade(one: Pick<GradedCase, Axis>, judged: readonly Axis[] = axes): Grade {
  return worstGrade(judged.map((axis) => one[axis].grade));
}

/**
 * The axes that the card speaks of. An application that sends by itself tells nobody anything: where nothing was told in
 * any case, a case is what it is on the wire, and not unknown for want of a word.
 */
export function judgedAxes(cases: readonly Pick<GradedCase, Axis>[]): readonly Axis[] {
  return cases.some(({ told }) => told.grade !== 'not observed') ? axes : ['wire'];
}

/** The badge: no letter, only what is bad. */
export function badgeOf(cases: readonly Pick<GradedCase, Axis>[]): string {
  const counts = countGrades(cases);
  return `dangerous ${counts.dangerous} · wrong ${counts.wrong}`;
}

/** The cases whose grade asks for something, the worst first. */
export function findingsOf<Case extends Pick<GradedCase, Axis>>(cases: readonly Case[]): readonly Case[] {
  const rank = (one: Case) => grades.indexOf(caseGrade(one));
  const open = cases.filter((one) => ['dangerous', 'wrong', 'acceptable'].includes(caseGrade(one)));
  return open.toSorted((left, right) => rank(left) - rank(right));
}

/** The findings by what they want changed, so that each change is told once: the worst first. */
export function groupFindings(cases: readonly GradedCase[]): readonly (readonly GradedCase[])[] {
  const wanted = (one: GradedCase) =>
    axes
      .filter((axis) => ['dangerous', 'wrong', 'acceptable'].includes(one[axis].grade))
      .map((axis) => `${axis} ${one[axis].grade} ${one[axis].advice ?? one.id}`)
      .join('; ');
  return [...Map.groupBy(findingsOf(cases), wanted).values()];
}

/** An axis as people read it. */
export const axisNames: Readonly<Record<Axis, string>> = {
  wire: 'on the wire',
  told: 'told to its caller',
};

/** The JSON Schema of a card, for readers of `--json`. */
export function cardJsonSchema(): object {
  return z.toJSONSchema(cardSchema);
}

/** A time of a transcript: seconds and milliseconds since the case began. */
export function showTime(ms: number): string {
  return `${(ms / 1_000).toFixed(3)} s`;
}

/** What every report says of a case whose transcript is cut. */
export const CUT =
  'The transcript is cut: the client said more than is kept. Nothing is concluded from what it lacks.';

/** How many cases there are, in words. */
export function showCases({ length }: readonly unknown[]): string {
  return length === 1 ? '1 case' : `${length} cases`;
}
