import type { Contract } from './contract.ts';
import { sandboxRules } from './sandbox-rules.ts';
import { rfcRules } from './rfc/rules.ts';
import type { RuleEntry } from './rule.ts';
import { relayStatuses } from './words.ts';

/** Lower-case words with digits and hyphens, parted by dots, two at least; no requirement of an author's own has this form. */
const RULE_ID = /^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+$/;
/** The form of a contract's id, which is the name of a folder too. */
const CONTRACT_ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** One line of a reply: code, blank or hyphen, printable text (RFC 5321 §4.2). */
const REPLY_LINE = /^[2-5]\d\d[ -][\t -~]*$/;
/** Octets of a reply line without its end (RFC 5321 §4.5.3.1.5). */
const LONGEST_REPLY = 510;

/** What is wrong in a contract, each mistake in a sentence; empty where it agrees with itself. */
export function mistakesOf(contract: Contract): readonly string[] {
  return [
    ...mistakesOfNames(contract),
    ...Object.entries(contract.rules).flatMap(([id, rule]) => mistakesOfRule(contract, id, rule)),
    ...mistakesOfSharedRules(contract),
    ...mistakesOfModes(contract),
    ...mistakesOfDocumentedReplies(contract),
    ...mistakesOfWords(contract),
    ...Object.entries(contract.rulesOfThen)
      .filter(([, rule]) => !Object.hasOwn(contract.rules, rule))
      .map(([key, rule]) => `then ${key} names the rule "${rule}", which does not exist`),
    ...mistakesOfSuite(contract),
  ];
}

function mistakesOfNames({ id, version, gatewayName }: Contract): readonly string[] {
  return [
    ...(CONTRACT_ID.test(id)
      ? []
      : [`the id "${id}" is no name of a folder: lower case, words joined by hyphens`]),
    ...(version === '' ? ['it has no version'] : []),
    ...(/^[a-z0-9.-]+\.[a-z]+$/.test(gatewayName)
      ? []
      : [`the gateway name "${gatewayName}" is no host name`]),
  ];
}

function mistakesOfRule(contract: Contract, id: string, rule: RuleEntry): readonly string[] {
  const { statement, source, moments, replies = [] } = rule;
  return [
    ...(RULE_ID.test(id) ? [] : [`"${id}" is no rule id: lower-case words parted by dots`]),
    ...(statement === '' ? [`${id} has no statement`] : []),
    ...(source === '' ? [`${id} has no source`] : []),
    ...(rule.basis === 'documented' && !flat(contract.documentedPage).includes(flat(source))
      ? [`${id} quotes "${source}", which does not stand on the documented page`]
      : []),
    ...(moments.length === 0 ? [`${id} speaks of no moment`] : []),
    ...(new Set(moments).size === moments.length ? [] : [`${id} names a moment twice`]),
    ...replies
      .filter((reply) => !isReply(reply))
      .map((reply) => `${id} has "${reply}", which is no reply line`),
  ];
}

/** Rules of the standards and of the sandbox are shared: under their ids stands what all contracts mean by them. */
function mistakesOfSharedRules({ rules }: Contract): readonly string[] {
  const shared: Readonly<Record<string, RuleEntry>> = { ...rfcRules, ...sandboxRules };
  return Object.entries(rules).flatMap(([id, rule]) => {
    if (rule === shared[id]) return [];
    if (shared[id] !== undefined) return [`${id} is a shared rule and stands here in other words`];
    return rule.basis === 'sandbox'
      ? [`${id} has the basis "sandbox" and is none of the sandbox's rules`]
      : [];
  });
}

function mistakesOfModes({ modes, rules }: Contract): readonly string[] {
  const names = modes.map(({ mode }) => mode);
  return [
    ...(modes.length === 0 ? ['it has no mode'] : []),
    ...names
      .filter((name, at) => names.indexOf(name) !== at)
      .map((name) => `the mode "${name}" stands twice`),
    ...modes
      .filter(({ port }) => !Number.isInteger(port) || port < 1 || port > 65_535)
      .map(({ mode, port }) => `the mode "${mode}" has the port ${port}`),
    ...modes
      .filter(({ rule }) => !Object.hasOwn(rules, rule))
      .map(({ mode, rule }) => `the mode "${mode}" names the rule "${rule}", which does not exist`),
  ];
}

function mistakesOfSuite({ rulesOfSuite, rulesOfWords, rules }: Contract): readonly string[] {
  const { checks, refusals, copies } = rulesOfSuite;
  return [
    ...Object.entries(checks).map(([name, rule]) => [`the check "${name}"`, rule] as const),
    ...Object.entries(refusals).map(([name, rule]) => [`the refusal "${name}"`, rule] as const),
    ...Object.entries(rulesOfWords).map(([name, rule]) => [`the word "${name}"`, rule] as const),
    ...copies.map((rule) => ['the list of rules about copies', rule] as const),
  ]
    .filter(([, rule]) => !Object.hasOwn(rules, rule))
    .map(([what, rule]) => `${what} names the rule "${rule}", which does not exist`);
}

function mistakesOfDocumentedReplies(contract: Contract): readonly string[] {
  const { documentedReplies, documentedPage, notReplies, rules } = contract;
  const entries = Object.entries(documentedReplies);
  const onPage = repliesOnPage(documentedPage);
  const known = new Set([
    ...entries.map(([, { reply, onPage: printed = reply }]) => printed),
    ...Object.values(notReplies),
  ]);
  return [
    ...entries.flatMap(([id, { reply, onPage: printed = reply, cause, cure }]) => [
      ...(rules[id]?.replies?.includes(reply) === true
        ? []
        : [`${id} does not prescribe "${reply}" in its rule`]),
      ...(onPage.includes(printed) ? [] : [`"${printed}" of ${id} is no line of the documented page`]),
      ...[cause, ...cure]
        .filter((words) => !flat(documentedPage).includes(flat(words)))
        .map((words) => `"${words}" of ${id} does not stand on the documented page`),
    ]),
    ...onPage.filter((line) => !known.has(line)).map((line) => `the page's "${line}" belongs to no rule`),
    ...Object.keys(notReplies)
      .filter((id) => !Object.hasOwn(rules, id))
      .map((id) => `"${id}" explains a line of the page and is no rule`),
  ];
}

/** The reply lines of a page: lines that begin with a code, and those that open a row of a table as code. */
function repliesOnPage(page: string): readonly string[] {
  return page.split('\n').flatMap((line) => /^(?:\| `)?([245]\d\d [^`]*?)\s*(?:`.*)?$/.exec(line)?.[1] ?? []);
}

function mistakesOfWords({ words }: Contract): readonly string[] {
  const statuses = new Set(words.emailStatuses.map(({ name }) => name));
  const lists = Object.entries({
    roles: words.roles,
    emailStatuses: words.emailStatuses,
    accesses: words.accesses,
  });
  return [
    ...relayStatuses
      .filter((status) => !statuses.has(status))
      .map((status) => `it has no word for the status "${status}", which the relay gives`),
    ...lists.flatMap(([list, entries]) =>
      entries
        .map(({ name }) => name)
        .filter((name, at, all) => all.indexOf(name) !== at)
        .map((name) => `"${name}" stands twice in ${list}`),
    ),
  ];
}

/** A text with each run of blanks as one, since a page breaks its lines anywhere. */
function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

function isReply(reply: string): boolean {
  return REPLY_LINE.test(reply) && reply.length <= LONGEST_REPLY;
}
