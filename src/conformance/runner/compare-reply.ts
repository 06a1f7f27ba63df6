import type { Contract } from '../../contract/contract.ts';
import type { Requirement } from '../../contract/requirement.ts';
import type { RuleId } from '../../contract/rule.ts';
import { replyClass, showReply, type Reply } from '../../smtp/reply.ts';
import { holdsClassOnly } from '../result/grade.ts';
import { ruleOfUnmetReply } from '../scenario/rule-of-expectation.ts';
import type { ServerExpectation } from '../scenario/server-expectation.ts';
import { escapePattern, fillTemplate, utf8AsOctets, type TemplateValues } from '../scenario/template.ts';

/** The expectations that one reply meets or does not. */
export type ReplyExpectation = Extract<ServerExpectation, { kind: 'literal' | 'code' | 'class' | 'pattern' }>;

/** What a reply is compared under. */
export interface ReplyContext {
  readonly contract: Contract;
  readonly about: Requirement;
  readonly tag: RuleId | undefined;
  readonly values: TemplateValues;
  readonly declaresChoices: boolean;
  /** The verb that the reply answers, where it is known. */
  readonly answers?: string | undefined;
}

/** Met, with what the pattern captured; or not, with the rule that was held. */
export type ComparedReply =
  | { readonly kind: 'met'; readonly captures: ReadonlyMap<string, string> }
  | { readonly kind: 'unmet'; readonly rule: Requirement };

/** Compares one reply with what a line expects. */
export function compareReply(
  expectation: ReplyExpectation,
  reply: Reply,
  context: ReplyContext,
): ComparedReply {
  const { contract, about, tag, values, declaresChoices, answers } = context;
  const received = showReply(reply);
  const met = match(expectation, reply, received, values);
  if (met !== undefined) return { kind: 'met', captures: met };
  const expected = expectation.kind === 'literal' ? fillTemplate(expectation.reply, values) : undefined;
  const rule = ruleOfUnmetReply({ contract, about, tag, expected, received, answers });
  const wanted = classOf(expectation);
  // an RFC prescribes the class of the code to a gateway that promised nothing else, never the wording
  return holdsClassOnly(contract, rule, declaresChoices) && wanted === replyClass(reply)
    ? { kind: 'met', captures: new Map() }
    : { kind: 'unmet', rule };
}

function match(
  expectation: ReplyExpectation,
  reply: Reply,
  received: string,
  values: TemplateValues,
): ReadonlyMap<string, string> | undefined {
  const none: ReadonlyMap<string, string> = new Map();
  switch (expectation.kind) {
    case 'literal':
      return utf8AsOctets(fillTemplate(expectation.reply, values)) === received ? none : undefined;
    case 'code':
      return reply.code === expectation.code ? none : undefined;
    case 'class':
      return replyClass(reply) === expectation.class ? none : undefined;
    case 'pattern': {
      const found = new RegExp(fillTemplate(expectation.pattern, values, escapePattern), 's').exec(received);
      return found === null ? undefined : new Map(Object.entries(found.groups ?? {}));
    }
  }
}

function classOf(expectation: ReplyExpectation): number | undefined {
  switch (expectation.kind) {
    case 'literal':
      return Number(expectation.reply.text.charAt(0));
    case 'code':
      return replyClass(expectation);
    case 'class':
      return expectation.class;
    case 'pattern':
      return undefined;
  }
}

/** Whether an EHLO reply offers a keyword, with all the words behind it (`AUTH PLAIN`); case does not matter. */
export function offersKeyword(ehlo: Reply | undefined, keyword: string): boolean {
  const [name = '', ...words] = keyword.toUpperCase().split(/\s+/);
  return (ehlo?.lines.slice(1) ?? []).some((line) => {
    const [offered, ...behind] = line.toUpperCase().split(/\s+/);
    return offered === name && words.every((word) => behind.includes(word));
  });
}
