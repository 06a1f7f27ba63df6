/**
 * What a gateway promises, as data: every rule with its id, basis and sentence, the documented replies, the modes, the
 * page that all of it is taken from. Names in code, scenarios and reports come from here. It decides nothing and imports
 * nothing that could.
 */
import type { DeclaredLimits, RefusalReason, RulesOfSuite, SuiteCheck } from './checks.ts';
import type { Dimension } from './dimensions.ts';
import type { EndMoment } from './moments.ts';
import type { Mode, ModeEntry } from './modes.ts';
import { isReplyOf } from './reply-parts.ts';
import type { RuleEntry, RuleId } from './rule.ts';
import type { ProviderWords } from './words.ts';

/** A documented error, with the page's words for the cause and the cure. */
export interface DocumentedReply {
  /** To the byte, without the line's end; what varies stands between `${` and `}` (`reply-parts.ts`). */
  readonly reply: string;
  /** The line as the page prints it, where that names its parts in another way. */
  readonly onPage?: string;
  readonly cause: string;
  readonly cure: readonly string[];
}

/** The promise of one provider. */
export interface Contract {
  /** The name of its folder, by which commands choose it. */
  readonly id: string;
  /** The edition of the promise; records carry it, so that an old report can be told from a new one. */
  readonly version: string;
  /** The host name that customers type, and that certificates carry. */
  readonly gatewayName: string;
  /** All rules under their ids, in the order of the documentation. */
  readonly rules: Readonly<Record<RuleId, RuleEntry>>;
  /** The errors of the documentation, each under the rule that promises it. */
  readonly documentedReplies: Readonly<Record<RuleId, DocumentedReply>>;
  /** The ways to reach the gateway, in the order in which they are played. */
  readonly modes: readonly ModeEntry[];
  /** The rule that each key of `then` shows where its scenario names none. */
  readonly rulesOfThen: Readonly<Record<EndMoment, RuleId>>;
  /** The rules that the suite's own checks show, and the reasons to refuse. */
  readonly rulesOfSuite: RulesOfSuite;
  /** The rule that each word of the scenario language arranges or shows; many show none. */
  readonly rulesOfWords: Readonly<Record<string, RuleId>>;
  /** In which dimensions its scenarios must try which rules. */
  readonly dimensions: readonly Dimension[];
  /** Numbers that the page leaves open. */
  readonly declaredLimits: DeclaredLimits;
  /** The documented page, to the byte: what rules with basis `documented` quote. */
  readonly documentedPage: string;
  /** Lines of the page that look like a reply and are none, each under the rule that says so. */
  readonly notReplies: Readonly<Record<RuleId, string>>;
  /** What pages show, the store keeps and the control API takes, in this provider's words. */
  readonly words: ProviderWords;
}

/** The ids of all rules, in the order of the documentation. */
export function ruleIdsOf({ rules }: Pick<Contract, 'rules'>): readonly RuleId[] {
  return Object.keys(rules);
}

/** Whether a text is the id of a rule. */
export function isRuleOf({ rules }: Pick<Contract, 'rules'>, text: string): boolean {
  return Object.hasOwn(rules, text);
}

/** The rule whose documented reply this text is, whole and to the byte but for what varies in it; `undefined` where it is none. */
export function documentedRuleOf(
  { documentedReplies }: Pick<Contract, 'documentedReplies'>,
  reply: string,
): RuleId | undefined {
  return Object.entries(documentedReplies).find(([, entry]) => isReplyOf(entry.reply, reply))?.[0];
}

/** The rule of an id. Throws where the contract has none. */
export function ruleOf({ id, rules }: Pick<Contract, 'id' | 'rules'>, rule: RuleId): RuleEntry {
  const entry = rules[rule];
  if (entry === undefined) throw new Error(`The contract "${id}" has no rule "${rule}".`);
  return entry;
}

/** The rule that a check of the suite shows; `undefined` where the contract promises nothing of the kind. */
export function ruleOfCheck(
  { rulesOfSuite }: Pick<Contract, 'rulesOfSuite'>,
  check: SuiteCheck,
): RuleId | undefined {
  return rulesOfSuite.checks[check];
}

/** Whether a rule is the one under which the contract refuses for a reason. */
export function isRefusalFor(
  { rulesOfSuite }: Pick<Contract, 'rulesOfSuite'>,
  rule: RuleId | undefined,
  reason: RefusalReason,
): boolean {
  return rule !== undefined && rulesOfSuite.refusals[reason] === rule;
}

/** The documented reply with which the contract refuses for a reason, to the byte; `undefined` where it has none. */
export function replyFor(
  { rulesOfSuite, documentedReplies }: Pick<Contract, 'rulesOfSuite' | 'documentedReplies'>,
  reason: RefusalReason,
): string | undefined {
  const rule = rulesOfSuite.refusals[reason];
  return rule === undefined ? undefined : documentedReplies[rule]?.reply;
}

/** What a mode means. Throws where the contract has none of this name. */
export function modeOf({ id, modes }: Pick<Contract, 'id' | 'modes'>, name: Mode): ModeEntry {
  const entry = modes.find(({ mode }) => mode === name);
  if (entry === undefined) throw new Error(`The contract "${id}" has no mode "${name}".`);
  return entry;
}

/** Replies, some of them with parts that vary. */
export interface PrescribedReplies {
  /** Whether a reply is one of them, whole and to the byte but for what varies. */
  has(reply: string): boolean;
}

const prescribed = new WeakMap<Contract['rules'], PrescribedReplies>();

/** All replies that rules of the contract prescribe; gathered once, since every session is held to them. */
export function prescribedReplies({ rules }: Pick<Contract, 'rules'>): PrescribedReplies {
  const gathered =
    prescribed.get(rules) ?? gather(Object.values(rules).flatMap(({ replies = [] }) => replies));
  prescribed.set(rules, gathered);
  return gathered;
}

function gather(replies: readonly string[]): PrescribedReplies {
  const whole = new Set(replies);
  const withParts = [...whole].filter((reply) => reply.includes('${'));
  return { has: (reply) => whole.has(reply) || withParts.some((written) => isReplyOf(written, reply)) };
}
