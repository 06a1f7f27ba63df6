import type { SuiteCheck } from '../../contract/checks.ts';
import {
  prescribedReplies,
  ruleOfCheck,
  type Contract,
  type PrescribedReplies,
} from '../../contract/contract.ts';
import { ownReplies } from '../../contract/rfc/own-replies.ts';
import type { RuleId } from '../../contract/rule.ts';
import { enhancedStatusCode, replyFrom, showReply, type Reply } from '../../smtp/reply.ts';
import type { DialogueLine } from '../scenario/dialogue.ts';
import type { ThenExpectation } from '../scenario/scenario.ts';
import type { SeenReply, SessionEnd } from './case-session.ts';
import { offersKeyword } from './compare-reply.ts';

/** What the invariants look at in one session. */
export interface SessionTrace {
  readonly replies: readonly SeenReply[];
  readonly malformed: readonly { readonly text: string; readonly why: string; readonly line: DialogueLine }[];
  /** Octets that came and that nobody read, those thrown away at a handshake included. */
  readonly unasked: string;
  readonly end: SessionEnd;
  readonly closeIsExpected: boolean;
  /** The line that was played last. */
  readonly line: DialogueLine;
}

/** A check that a session did not pass, before its rule is known. */
type FailedCheck = Omit<BrokenInvariant, 'rule'> & { readonly check: SuiteCheck };

/** An invariant that was broken, and the line that was being played. */
export interface BrokenInvariant {
  readonly rule: RuleId;
  /** The key of `then` that shows the same, where one does, and whether this rule explains it. */
  readonly concerns?: { readonly key: ThenExpectation['kind']; readonly isExplained: boolean };
  readonly line: DialogueLine;
  readonly expected: string;
  readonly received: string;
  readonly message: string;
}

/** Replies that a trigger forces, whatever the contract says of them. */
export type ForcedReplies = readonly string[];

/** Checks what must hold in every session, whatever the case is about; `judged` replies are left alone. */
export function checkTrace(
  contract: Contract,
  trace: SessionTrace,
  forced: ForcedReplies,
  judged: ReadonlySet<SeenReply>,
): readonly BrokenInvariant[] {
  const known = {
    prescribed: prescribedReplies(contract),
    codes: new Set(Object.values(contract.documentedReplies).map(({ reply }) => replyFrom(reply).code)),
  };
  const fresh = trace.replies.filter((seen) => !judged.has(seen));
  const failed = onceEach([
    ...fresh.flatMap((seen) => checkKnown(known, seen, forced)),
    ...fresh.flatMap(checkForm),
    ...trace.malformed.map(({ text, why, line }) => formOf(line, 'a reply of SMTP', text, why)),
    ...checkUnasked(trace),
    ...checkClose(trace),
    ...fresh.flatMap(checkStartTls),
  ]);
  return failed.flatMap(({ check, ...each }) => {
    const rule = ruleOfCheck(contract, check);
    return rule === undefined ? [] : [{ ...each, rule }];
  });
}

/** A macro that is played five times breaks an invariant once. */
function onceEach(failed: readonly FailedCheck[]): readonly FailedCheck[] {
  const seen = new Set<string>();
  return failed.filter(({ check, line, message }) => {
    const key = `${check} ${line.position.line} ${message}`;
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}

const OWN = new Set(Object.values(ownReplies).map((text) => codesOf(replyFrom(text))));

/** The replies that the contract prescribes, and the codes that its page uses. */
interface KnownReplies {
  readonly prescribed: PrescribedReplies;
  readonly codes: ReadonlySet<number>;
}

/** A code that the page uses means what the page says; beside it only what protocol itself may answer. */
function checkKnown(
  { prescribed, codes }: KnownReplies,
  { reply, line, answers }: SeenReply,
  forced: ForcedReplies,
): readonly FailedCheck[] {
  const text = showReply(reply);
  const known =
    reply.code < 400 ||
    !codes.has(reply.code) ||
    prescribed.has(text) ||
    forced.includes(text) ||
    OWN.has(codesOf(reply));
  if (known) return [];
  const message = `an error reply to ${answers ?? 'nothing'} that neither the contract nor the protocol knows`;
  return [{ check: 'known errors', line, expected: 'a documented reply', received: text, message }];
}

function codesOf(reply: Reply): string {
  return `${reply.code} ${enhancedStatusCode(reply) ?? ''}`;
}

function checkForm({ reply, faults, line, answers }: SeenReply): readonly FailedCheck[] {
  const form = faults.map((fault) => formOf(line, 'a reply in the form of SMTP', showReply(reply), fault));
  // a gateway that shuts down says so unasked (RFC 5321 §3.8)
  if (answers !== undefined || reply.code === 421) return form;
  return [
    ...form,
    formOf(line, 'one reply a command', showReply(reply), 'a reply came that nobody asked for'),
  ];
}

function checkUnasked({ unasked, line, end }: SessionTrace): readonly FailedCheck[] {
  // whoever is left in mid-transfer may say that this was a temporary error (RFC 5321 §4.1.1.10)
  if (end === 'by-client' && /^4\d\d[ -]/.test(unasked)) return [];
  if (unasked === '' || /^421[ -]/.test(unasked) || !/^\d{3}[ -]/m.test(unasked)) return [];
  return [formOf(line, 'one reply a command', unasked.trimEnd(), 'a reply came that nobody asked for')];
}

function checkClose({ replies, end, closeIsExpected, line }: SessionTrace): readonly FailedCheck[] {
  const last = replies.at(-1);
  if (end !== 'by-gateway' || closeIsExpected || last?.reply.code === 221 || last?.reply.code === 421)
    return [];
  const received = last === undefined ? 'closed without a reply' : `closed after ${showReply(last.reply)}`;
  const message = 'the gateway closed the session without 221 or 421';
  return [
    {
      check: 'close',
      line: last?.line ?? line,
      expected: 'the session stays open',
      received,
      message,
    },
  ];
}

function checkStartTls({ reply, answers, tls, line }: SeenReply): readonly FailedCheck[] {
  if (!tls || answers !== 'EHLO' || !offersKeyword(reply, 'STARTTLS')) return [];
  const message = 'STARTTLS is offered inside TLS';
  return [
    { check: 'STARTTLS inside TLS', line, expected: 'no STARTTLS', received: showReply(reply), message },
  ];
}

function formOf(line: DialogueLine, expected: string, received: string, message: string): FailedCheck {
  return { check: 'form of replies', line, expected, received, message };
}
