import { flatten } from './automatic-mutant.ts';
import { scoreOf, showScore, type Judged } from './score.ts';
import { showShare } from './share.ts';
import { isOnTopic } from './topics.ts';
import { isCaught, type Judgement } from './verdict.ts';

/** What a report tells beside the verdicts. */
export interface ReportFacts {
  readonly seed: string;
  /** The word of the sources; verdicts hold for these. */
  readonly key: string;
  /** Mutants in all, and how many of them were drawn. */
  readonly all: number;
  readonly drawn: number;
  /** What the harness could say nothing of. */
  readonly failed: readonly string[];
}

/** The report for people. */
export function writeAutomaticMarkdown(judged: readonly Judged[], facts: ReportFacts): string {
  const survivors = judged.filter(({ verdict }) => !isCaught(verdict));
  return [
    '# Automatic mutants, judged over the wire',
    '',
    `${facts.drawn} of ${facts.all} mutants drawn by the seed \`${facts.seed}\`; ${judged.length} judged. Sources: \`${facts.key}\`.`,
    '',
    showScore(scoreOf(judged)),
    '',
    '## By room',
    '',
    '| room | judged | caught (95 % interval) | by the scripted suite alone | equivalent | invisible | holes | not looked at |',
    '|---|---|---|---|---|---|---|---|',
    ...groups(judged, ({ mutant }) => mutant.room).map(([room, own]) => {
      const score = scoreOf(own);
      return row([
        room,
        score.judged,
        showShare(score.together),
        showShare(score.scripted),
        score.equivalent,
        score.invisible,
        score.holes,
        score.unseen,
      ]);
    }),
    '',
    '## By rule',
    '',
    'The rule that the first finding names. A survivor has none: it stands under its file.',
    '',
    '| rule | mutants | by the scripted suite | by generated sessions |',
    '|---|---|---|---|',
    ...groups(judged, ruleOf).map(([rule, own]) =>
      row([
        rule,
        own.length,
        own.filter(({ verdict }) => verdict.scripted.kind === 'caught').length,
        own.filter(({ verdict }) => verdict.generated?.kind === 'caught').length,
      ]),
    ),
    '',
    '## Findings to be read',
    '',
    'Those that name a rule which is not of the topic of the file that was changed.',
    '',
    ...judged.flatMap(({ mutant, verdict }) => {
      const found = [verdict.scripted, verdict.generated].find((each) => each?.kind === 'caught');
      if (found?.kind !== 'caught' || found.rule === undefined || isOnTopic(mutant.file, found.rule))
        return [];
      const change = `\`${shorten(mutant.original)}\` → \`${shorten(mutant.replacement)}\``;
      return [
        `- ${found.rule} by ${found.by} for src/${mutant.file}:${mutant.line}: ${change}: ${found.what}`,
      ];
    }),
    '',
    `## Survivors: ${survivors.length}`,
    '',
    ...survivors
      .toSorted((one, other) => place(one).localeCompare(place(other)))
      .flatMap(({ mutant, lookedAt }) => [
        `### \`${mutant.id}\` src/${mutant.file}:${mutant.line} (${mutant.mutator})`,
        '',
        lookedAt === undefined
          ? 'Not looked at.'
          : `${lookedAt.kind}: ${lookedAt.why}${lookedAt.kind === 'invisible' ? ` Seen by ${lookedAt.seenBy}.` : ''}`,
        '',
        '```diff',
        `- ${shorten(mutant.original)}`,
        `+ ${shorten(mutant.replacement)}`,
        '```',
        '',
      ]),
    ...(facts.failed.length === 0
      ? []
      : ['## The harness failed on these', '', ...facts.failed.map((each) => `- ${each}`), '']),
  ].join('\n');
}

function ruleOf({ mutant, verdict }: Judged): string {
  const found = [verdict.scripted, verdict.generated].find((each) => each?.kind === 'caught');
  return found === undefined ? `(none) ${mutant.file}` : nameOf(found);
}

function nameOf(judgement: Judgement): string {
  if (judgement.kind === 'survived') return '(none)';
  return judgement.rule ?? `(${judgement.how})`;
}

function place({ mutant }: Judged): string {
  return `${mutant.file} ${String(mutant.line).padStart(4, '0')} ${mutant.id}`;
}

function groups(
  judged: readonly Judged[],
  by: (one: Judged) => string,
): readonly (readonly [string, readonly Judged[]])[] {
  return [...Map.groupBy(judged, by)].toSorted(([one], [other]) => one.localeCompare(other));
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Longer code says no more. */
function shorten(code: string): string {
  const line = flatten(code);
  return line.length > 300 ? `${line.slice(0, 297)}...` : line;
}
