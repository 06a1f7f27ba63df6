import { documentedReplies } from '../../contract/emailmassivo/documented-replies.ts';
import { documentedRuleOf, isRuleId, ruleIds, ruleNamed } from '../../contract/emailmassivo/transition.ts';
import type { RuleId } from '../../contract/rule.ts';
import { showExample } from '../../conformance/scenario/example-of-word.ts';
import { findWords, nearestWords } from '../../conformance/scenario/find-words.ts';
import { wordsOfRule, type PlacedWord } from '../../conformance/scenario/language.ts';
import { languagePage } from '../../conformance/scenario/language-page.ts';
import { choiceMeanings, choiceRules, defaultChoices, type Choices } from '../../sandbox/policy/choices.ts';
import type { Settings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';
import { showChoice } from './choices.ts';

/** Prints what a word of the scenario language, a rule, a reply or a choice means; without any the whole reference page. */
export function explainCommand(asked: readonly string[], { terminal }: Settings): number {
  const what = asked.join(' ').trim();
  terminal.write(what === '' ? languagePage() : explain(what));
  return 0;
}

/**
 * What the word means, in lines.
 * @throws {UsageError} where there is no such word, with those that are near
 */
export function explain(what: string): string {
  const plain = what.trim();
  const answers = [
    ...(isRuleId(plain) ? [explainRule(plain)] : []),
    ...rulesOfReply(plain).map(explainRule),
    ...(isChoice(plain) ? [explainChoice(plain)] : []),
  ];
  const found = answers.length > 0 ? answers : findWords(plain).map(explainWord);
  if (found.length > 0) return found.join('\n');
  // the beginning of rules is asked about as their list: error, billing
  const begun = ruleIds.filter((id) => id.startsWith(`${plain}.`));
  if (begun.length > 0) return begun.map((id) => `${id}\n  ${ruleNamed(id).statement}\n`).join('');
  const others = [...ruleIds, ...choiceNames, ...replyTexts].map((id) => ({ id, names: [id] }));
  throw new UsageError(
    `Nothing here is called "${plain}". Nearest: ${nearestWords(plain, others, 5).join('; ')}. gauntlet explain without a word prints the whole language, gauntlet coverage lists the rules, gauntlet choices the choices.`,
  );
}

function explainWord({ word, section }: PlacedWord): string {
  const lines = [
    word.id,
    `  ${word.meaning}`,
    '',
    ...showExample({ word, section })
      .split('\n')
      .map((line) => `    ${line}`),
    '',
    ...(word.rule === undefined
      ? []
      : [`  rule: ${word.rule} (${ruleNamed(word.rule).basis}): ${ruleNamed(word.rule).statement}`]),
    `  in: ${section.title}`,
  ];
  return `${lines.join('\n')}\n`;
}

function explainRule(id: RuleId): string {
  const entry = ruleNamed(id);
  const page = pages.get(id);
  const level = 'level' in entry && entry.level !== undefined ? `, ${entry.level}` : '';
  const further = ruleIds.filter((other) => other.startsWith(`${id}.`));
  const words = wordsOfRule(id).map((word) => word.id);
  const lines = [
    `${id} (${BASES[entry.basis]}${level})`,
    `  ${entry.statement}`,
    ...repliesOf(id).map((reply) => `  reply: ${reply}`),
    `  from: ${entry.source}`,
    ...(page === undefined
      ? []
      : [
          ...(page.cause === entry.source ? [] : [`  cause: ${page.cause}`]),
          ...page.cure.map((cure) => `  cure: ${cure}`),
        ]),
    ...(further.length === 0 ? [] : [`  more: ${further.join(', ')}`]),
    ...(words.length === 0 ? [] : [`  words: ${words.join('; ')}`]),
    ...choicesOf(id).map((name) => `  choice: ${name} = ${showChoice(defaultChoices[name])}`),
    `  in a scenario: about: ${id}, or [${id}] behind an expectation`,
  ];
  return `${lines.join('\n')}\n`;
}

const BASES = {
  documented: 'documented',
  observed: 'observed: public reports say it of the real gateway',
  standard: 'standard of an RFC',
  inferred: 'chosen, since the documentation is silent',
  sandbox: 'of the sandbox',
} as const;

/** The rules of a reply, whole or by its code; none where no rule prescribes it. */
function rulesOfReply(text: string): readonly RuleId[] {
  const reply = text.replace(/^S[:?] /, '');
  const documented = documentedRuleOf(reply);
  if (documented !== undefined) return [documented];
  const code = /^[2-5]\d\d(?= ?\*?$)/.exec(reply)?.[0];
  return ruleIds.filter((id) => {
    const own = repliesOf(id);
    return own.some((one) => one === reply || (code !== undefined && one.startsWith(code)));
  });
}

/** What the page says of a reply; most rules have none there. */
const pages: ReadonlyMap<
  string,
  { readonly reply: string; readonly cause: string; readonly cure: readonly string[] }
> = new Map(Object.entries(documentedReplies));

function repliesOf(id: RuleId): readonly string[] {
  return [...new Set([...(ruleNamed(id).replies ?? []), pages.get(id)?.reply ?? ''])].filter(
    (reply) => reply !== '',
  );
}

const replyTexts = [...new Set(ruleIds.flatMap(repliesOf))];

// Object.keys forgets the type of the keys; the table is closed, so they are these
const choiceNames = Object.keys(choiceRules) as readonly (keyof Choices)[];

function isChoice(text: string): text is keyof Choices {
  return Object.hasOwn(choiceRules, text);
}

function choicesOf(rule: RuleId): readonly (keyof Choices)[] {
  return choiceNames.filter((name) => choiceRules[name] === rule);
}

function explainChoice(name: keyof Choices): string {
  const rule = choiceRules[name];
  const lines = [
    `${name} (choice)`,
    `  ${choiceMeanings[name]}`,
    `  declared: ${showChoice(defaultChoices[name])}`,
    `  rule: ${rule} (${ruleNamed(rule).basis}): ${ruleNamed(rule).statement}`,
    `  otherwise: gauntlet run --choice ${name}=… , or under choices in gauntlet.config.yaml`,
  ];
  return `${lines.join('\n')}\n`;
}
