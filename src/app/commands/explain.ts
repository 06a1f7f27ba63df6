import { documentedRuleOf, isRuleOf, ruleIdsOf, ruleOf, type Contract } from '../../contract/contract.ts';
import type { RuleId } from '../../contract/rule.ts';
import { showExample } from '../../conformance/scenario/example-of-word.ts';
import { findWords, nearestWords } from '../../conformance/scenario/find-words.ts';
import { wordsOfRule, type PlacedWord } from '../../conformance/scenario/language.ts';
import { languagePage } from '../../conformance/scenario/language-page.ts';
import { choiceMeanings, type Choices } from '../../sandbox/policy/choices.ts';
import type { Provider } from '../providers.ts';
import type { Settings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';
import { showChoice } from './choices.ts';

/** Prints what a word of the scenario language, a rule, a reply or a choice means; without any the whole reference page. */
export function explainCommand(
  asked: readonly string[],
  provider: Provider,
  { terminal }: Pick<Settings, 'terminal'>,
): number {
  const what = asked.join(' ').trim();
  terminal.write(what === '' ? languagePage(provider.contract) : explain(what, provider));
  return 0;
}

/**
 * What the word means, in lines.
 * @throws {UsageError} where there is no such word, with those that are near
 */
export function explain(what: string, provider: Provider): string {
  const plain = what.trim();
  const { contract } = provider;
  const ruleIds = ruleIdsOf(contract);
  const answers = [
    ...(isRuleOf(contract, plain) ? [explainRule(plain, provider)] : []),
    ...rulesOfReply(plain, contract).map((id) => explainRule(id, provider)),
    ...(isChoice(plain, provider.sandbox) ? [explainChoice(plain, provider)] : []),
  ];
  const found =
    answers.length > 0 ? answers : findWords(plain, contract).map((word) => explainWord(word, contract));
  if (found.length > 0) return found.join('\n');
  // the beginning of rules is asked about as their list: error, billing
  const begun = ruleIds.filter((id) => id.startsWith(`${plain}.`));
  if (begun.length > 0) return begun.map((id) => `${id}\n  ${ruleOf(contract, id).statement}\n`).join('');
  const replies = ruleIds.flatMap((id) => repliesOf(id, contract));
  const others = [...ruleIds, ...Object.keys(provider.sandbox.choiceRules), ...new Set(replies)].map(
    (id) => ({ id, names: [id] }),
  );
  throw new UsageError(
    `Nothing here is called "${plain}". Nearest: ${nearestWords(plain, contract, others, 5).join('; ')}. gauntlet explain without a word prints the whole language, gauntlet coverage lists the rules, gauntlet choices the choices.`,
  );
}

function explainWord({ word, section, rule }: PlacedWord, contract: Contract): string {
  const lines = [
    word.id,
    `  ${word.meaning}`,
    '',
    ...showExample({ word, section })
      .split('\n')
      .map((line) => `    ${line}`),
    '',
    ...(rule === undefined ? [] : [showRule(rule, contract)]),
    `  in: ${section.title}`,
  ];
  return `${lines.join('\n')}\n`;
}

function showRule(id: RuleId, contract: Contract): string {
  const { basis, statement } = ruleOf(contract, id);
  return `  rule: ${id} (${basis}): ${statement}`;
}

function explainRule(id: RuleId, { contract, sandbox }: Provider): string {
  const entry = ruleOf(contract, id);
  const page = contract.documentedReplies[id];
  const level = 'level' in entry && entry.level !== undefined ? `, ${entry.level}` : '';
  const further = ruleIdsOf(contract).filter((other) => other.startsWith(`${id}.`));
  const words = wordsOfRule(contract, id).map((word) => word.id);
  const lines = [
    `${id} (${BASES[entry.basis]}${level})`,
    `  ${entry.statement}`,
    ...repliesOf(id, contract).map((reply) => `  reply: ${reply}`),
    `  from: ${entry.source}`,
    ...(page === undefined
      ? []
      : [
          ...(page.cause === entry.source ? [] : [`  cause: ${page.cause}`]),
          ...page.cure.map((cure) => `  cure: ${cure}`),
        ]),
    ...(further.length === 0 ? [] : [`  more: ${further.join(', ')}`]),
    ...(words.length === 0 ? [] : [`  words: ${words.join('; ')}`]),
    ...choicesOf(id, sandbox).map((name) => `  choice: ${name} = ${showChoice(sandbox.choices[name])}`),
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
function rulesOfReply(text: string, contract: Contract): readonly RuleId[] {
  const reply = text.replace(/^S[:?] /, '');
  const documented = documentedRuleOf(contract, reply);
  if (documented !== undefined) return [documented];
  const code = /^[2-5]\d\d(?= ?\*?$)/.exec(reply)?.[0];
  return ruleIdsOf(contract).filter((id) => {
    const own = repliesOf(id, contract);
    return own.some((one) => one === reply || (code !== undefined && one.startsWith(code)));
  });
}

function repliesOf(id: RuleId, contract: Contract): readonly string[] {
  const { replies = [] } = ruleOf(contract, id);
  return [...new Set([...replies, contract.documentedReplies[id]?.reply ?? ''])].filter(
    (reply) => reply !== '',
  );
}

// Object.keys forgets the type of the keys; the table is closed, so they are these
const choiceNames = Object.keys(choiceMeanings) as readonly (keyof Choices)[];

function isChoice(text: string, { choiceRules }: Provider['sandbox']): text is keyof Choices {
  return Object.hasOwn(choiceRules, text);
}

function choicesOf(rule: RuleId, { choiceRules }: Provider['sandbox']): readonly (keyof Choices)[] {
  return choiceNames.filter((name) => choiceRules[name] === rule);
}

function explainChoice(name: keyof Choices, { contract, sandbox }: Provider): string {
  const rule = sandbox.choiceRules[name];
  const lines = [
    `${name} (choice)`,
    `  ${choiceMeanings[name]}`,
    `  declared: ${showChoice(sandbox.choices[name])}`,
    ...(rule === undefined ? [] : [showRule(rule, contract)]),
    `  otherwise: gauntlet run --choice ${name}=… , or under choices in gauntlet.config.yaml`,
  ];
  return `${lines.join('\n')}\n`;
}
