import { documentedRuleOf, prescribedReplies, type Contract } from '../../contract/contract.ts';
import { isReplyOf } from '../../contract/reply-parts.ts';
import { momentOfVerb } from '../../contract/moments.ts';
import { isOwnRequirement, type Requirement } from '../../contract/requirement.ts';
import type { RuleId } from '../../contract/rule.ts';
import { rulesSpeakingOf, speaksOf } from '../../contract/speaks-of.ts';
import { replyClass, showReply, type Reply } from '../../smtp/reply.ts';
import type { ServerExpectation } from '../scenario/server-expectation.ts';
import type { CaseSession } from './case-session.ts';
import { isRefusedRightly, type CaseSoFar } from './right-refusal.ts';

// Which expected replies are their author's own: what no rule says, or where the record shows that the gateway kept its rules.

/** The reply codes that the RFCs know for each verb (RFC 5321 §4.3.2, RFC 4954 §4, RFC 3207 §4); that of a success first. */
const CODES: ReadonlyMap<string, readonly number[]> = new Map([
  ['connect', [220, 421, 554]],
  ['STARTTLS', [220, 421, 454, 500, 501, 502, 503, 530]],
  ['DATA', [354, 421, 450, 451, 452, 500, 501, 503, 530, 550, 554]],
  ['end of data', [250, 421, 450, 451, 452, 500, 550, 552, 554]],
  ['MAIL', [250, 421, 450, 451, 452, 455, 500, 501, 503, 504, 530, 550, 552, 553, 555]],
  ['RCPT', [250, 251, 252, 421, 450, 451, 452, 455, 500, 501, 503, 530, 550, 551, 552, 553, 554, 555]],
  ['QUIT', [221, 421, 500, 501]],
  ['RSET', [250, 421, 500, 501]],
  ['NOOP', [250, 421, 500, 501]],
]);

/** A reply that did not meet its line, what it answered, and the rule that the line holds. */
export interface UnmetReplyRecord {
  readonly rule: Requirement;
  readonly expectation:
    | Pick<Extract<ServerExpectation, { kind: 'code' }>, 'code'>
    | Pick<Extract<ServerExpectation, { kind: 'class' }>, 'class'>
    | { readonly text: string }
    | undefined;
  readonly received: Reply;
  readonly answers: string | undefined;
}

/**
 * The rules that speak of the moment of a reply, where the rule that its line holds says nothing of it; `undefined` where
 * it does, or where a documented reply came that its own rule is about.
 */
export function hintsOfUnspoken(
  contract: Contract,
  { rule, received, answers }: UnmetReplyRecord,
): readonly RuleId[] | undefined {
  const isDocumented = documentedRuleOf(contract, showReply(received)) !== undefined;
  if (answers === undefined || isOwnRequirement(rule) || isDocumented) return undefined;
  const moment = momentOfVerb(answers);
  return speaksOf(contract, rule, moment) ? undefined : rulesSpeakingOf(contract, moment);
}

/** Whether no rule says what the line expects, or the reply is the one that the rules ask for at this moment. */
export function isOwnReply(unmet: UnmetReplyRecord, session: CaseSession, soFar: CaseSoFar): boolean {
  const { contract } = soFar;
  const { rule, expectation, received, answers } = unmet;
  if (isRefusedRightly(showReply(received), session, soFar)) return true;
  if (expectation === undefined) return false;
  const known = CODES.get(answers ?? '');
  if ('class' in expectation)
    return isOtherThanRuleSays(contract, rule, expectation.class, undefined, received);
  const code = 'code' in expectation ? expectation.code : Number(expectation.text.slice(0, 3));
  const text = 'text' in expectation ? expectation.text : undefined;
  if (known !== undefined && !known.includes(code) && !isPrescribedAt(contract, rule, text, answers))
    return true;
  // of several codes for a success, each gateway chooses
  if (known !== undefined && code < 400 && code !== received.code && received.code === known[0]) return true;
  if (isOtherThanRuleSays(contract, rule, Math.floor(code / 100), text, received)) return true;
  // the RFCs leave the words of a success to each gateway, and the documentation names none
  return text !== undefined && code === received.code && code < 400 && !prescribedReplies(contract).has(text);
}

/** Whether a rule prescribes just this reply at the moment, whatever codes the RFCs list for it. */
function isPrescribedAt(
  { rules }: Contract,
  rule: Requirement,
  text: string | undefined,
  answers: string | undefined,
): boolean {
  if (text === undefined || answers === undefined || isOwnRequirement(rule)) return false;
  const { replies = [], moments = [] } = rules[rule] ?? {};
  return moments.includes(momentOfVerb(answers)) && replies.some((written) => isReplyOf(written, text));
}

/** Whether the rule prescribes just the refusal that came, and not the other one that was expected. */
function isOtherThanRuleSays(
  contract: Contract,
  rule: Requirement,
  expectedClass: number,
  expected: string | undefined,
  received: Reply,
): boolean {
  const prescribed = isOwnRequirement(rule) ? [] : (contract.rules[rule]?.replies ?? []);
  const isRefusal = expectedClass >= 4 && replyClass(received) >= 4;
  return (
    isRefusal &&
    prescribed.some((written) => isReplyOf(written, showReply(received))) &&
    (expected === undefined ? true : !prescribedReplies(contract).has(expected))
  );
}
